package dev.fedcore.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A property over random sequences, from seeds that can be named again.
///
/// A failure is cut down to a shortest failing sequence by leaving elements out, and is thrown as
/// an [AssertionError] that names the seed and that sequence. Set `-Dseed=N` to try one seed alone.
///
/// @param <T> what the sequences hold
public final class ForAll<T> {

  private final Function<RandomGenerator, T> element;
  private final int lengthMax;

  private ForAll(Function<RandomGenerator, T> element, int lengthMax) {
    this.element = element;
    this.lengthMax = lengthMax;
  }

  /// Sequences of 0 to `lengthMax` elements, each drawn by `element`.
  public static <T> ForAll<T> listsOf(Function<RandomGenerator, T> element, int lengthMax) {
    return new ForAll<>(element, lengthMax);
  }

  /// Single values: a property of one element is tried once a seed.
  public static <T> void values(
      int seeds, Function<RandomGenerator, T> element, Consumer<T> property) {
    new ForAll<>(element, 1).seeds(seeds, sequence -> sequence.forEach(property));
  }

  /// One of `choices`, each as likely as the others.
  @SafeVarargs
  public static <T> T oneOf(RandomGenerator random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// Tries the property for the seeds 0 to `count - 1`.
  ///
  /// @throws AssertionError for the first seed that breaks it, with the shortest sequence found
  public void seeds(int count, Consumer<List<T>> property) {
    Long only = Long.getLong("seed");
    long first = only == null ? 0 : only;
    long last = only == null ? count - 1L : only;
    for (long seed = first; seed <= last; seed++) {
      List<T> sequence = sequence(seed);
      Throwable failure = tryOut(property, sequence);
      if (failure != null) {
        List<T> shortest = shrink(property, sequence);
        throw new AssertionError("seed %d, cut down to %s".formatted(seed, shortest), failure);
      }
    }
  }

  private List<T> sequence(long seed) {
    var random = new SplittableRandom(seed);
    int length = lengthMax == 1 ? 1 : random.nextInt(lengthMax + 1);
    var sequence = new ArrayList<T>(length);
    for (int i = 0; i < length; i++) {
      sequence.add(element.apply(random));
    }
    return List.copyOf(sequence);
  }

  private static <T> List<T> shrink(Consumer<List<T>> property, List<T> failing) {
    List<T> shortest = failing;
    int i = 0;
    while (i < shortest.size()) {
      var candidate = new ArrayList<>(shortest);
      candidate.remove(i);
      if (tryOut(property, List.copyOf(candidate)) == null) {
        i++;
      } else {
        shortest = List.copyOf(candidate);
        i = 0;
      }
    }
    return shortest;
  }

  private static <T> @Nullable Throwable tryOut(Consumer<List<T>> property, List<T> sequence) {
    try {
      property.accept(sequence);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
