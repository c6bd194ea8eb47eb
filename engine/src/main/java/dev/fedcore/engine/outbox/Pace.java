package dev.fedcore.engine.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a relay waits after failures.
///
/// @param first the wait after the first failure; doubled after each further one
/// @param longest no wait is longer
/// @param failuresToOpen after so many failures in a row, whatever the streams, the whole
///   destination rests, and is tried again with one message
public record Pace(Duration first, Duration longest, int failuresToOpen) {

  /// A second at first, half a minute at most; five failures are no accident.
  public static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), 5);

  /// Doublings beyond which every wait is the longest, and a shift would overflow.
  private static final int DOUBLINGS_MAX = 20;

  public Pace {
    if (!first.isPositive() || longest.compareTo(first) < 0 || failuresToOpen < 1) {
      throw new IllegalArgumentException("waits are positive and grow, and failures are counted");
    }
  }

  /// The wait after `failures` in a row: half of it is fixed and half is drawn, so that relays that
  /// failed together do not come back together.
  Duration wait(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
    long nanos = Math.min(first.toNanos() << doublings, longest.toNanos());
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}
