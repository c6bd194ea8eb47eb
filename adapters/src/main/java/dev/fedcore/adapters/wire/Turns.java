package dev.fedcore.adapters.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The turns of those who want to send: so many at once, in the order in which they came.
///
/// Thousands may wait, and each holds what it is about to send, so who waits is bounded by bytes
/// and not by number. Safe for use by many threads at once.
public final class Turns {

  /// How long anybody waits for a turn.
  public static final Duration WAIT = Duration.ofSeconds(10);

  /// The most that all who send or wait may hold together, in bytes: 32 MiB, a hundred of the
  /// longest questions to a model or some ten thousand common messages.
  public static final int BYTES_MAX = 32 << 20;

  private final Semaphore turns;
  private final AtomicLong held = new AtomicLong();

  /// @param atOnce how many may send at once
  public Turns(int atOnce) {
    this.turns = new Semaphore(atOnce, true);
  }

  /// Waits for a turn. Who gets one gives it back.
  ///
  /// @param bytes about as many as the caller holds meanwhile
  /// @return false if too much is waiting already, or the turn did not come in time
  public boolean take(int bytes) throws InterruptedException {
    boolean isTaken = false;
    try {
      isTaken =
          held.addAndGet(bytes) <= BYTES_MAX
              && turns.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return isTaken;
    } finally {
      if (!isTaken) {
        held.addAndGet(-bytes);
      }
    }
  }

  /// Gives a turn back.
  ///
  /// @param bytes as many as it was taken with
  public void giveBack(int bytes) {
    turns.release();
    held.addAndGet(-bytes);
  }
}
