package dev.fedcore.server.status;

import dev.fedcore.engine.outbox.Lag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How far the outbox is behind, looked at once a second at most, however often it is told: anybody
/// may ask, and one answer may tell it many times. Safe for use by many threads.
public final class RecentLags implements Supplier<List<Lag>> {

  /// How long a look is good for.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<List<Lag>> look;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Lag> last = List.of();
  private long until;
  private boolean looked;

  /// @param look at the outbox itself
  /// @param nanoTime a clock that only runs forward
  public RecentLags(Supplier<List<Lag>> look, LongSupplier nanoTime) {
    this.look = look;
    this.nanoTime = nanoTime;
  }

  @Override
  public List<Lag> get() {
    lock.lock();
    try {
      if (!looked || nanoTime.getAsLong() - until >= 0) {
        last = look.get();
        until = nanoTime.getAsLong() + FRESH.toNanos();
        looked = true;
      }
      return last;
    } finally {
      lock.unlock();
    }
  }
}
