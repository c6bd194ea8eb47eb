package dev.fedcore.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waiting for something that only asking again shows, with a bound.
///
/// @param atMost how long to wait in all
public record Patience(InstantSource clock, Duration atMost) {

  /// Often enough that nobody notices, seldom enough not to load the server: 25 ms.
  private static final Duration BETWEEN = Duration.ofMillis(25);

  /// Asks until `done` holds. The last answer, whether it holds or not; the caller looks.
  public <T> T until(Supplier<T> ask, Predicate<T> done) {
    Instant end = clock.instant().plus(atMost);
    T last = ask.get();
    while (!done.test(last) && clock.instant().isBefore(end)) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      last = ask.get();
    }
    return last;
  }

  /// Asks until there is an answer, or time is up.
  public <T> Optional<T> present(Supplier<Optional<T>> ask) {
    return until(ask, Optional::isPresent);
  }
}
