package dev.fedcore.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what another thread or process is about to do.
public final class Eventually {

  private static final long POLL_NANOS = 200_000;

  private Eventually() {}

  /// Returns as soon as `condition` holds.
  ///
  /// @throws AssertionError if it does not within `patience`
  public static void holds(Duration patience, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("still not so after " + patience);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
