package dev.fedcore.engine.ledger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells how far the log has come, and wakes those who wait for more. Safe for use by many threads.
public final class Commits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private long latest = -1;

  /// Where a ledger stands that ends with the entry at `index`; -1 for an empty one.
  public static Commits upTo(long index) {
    var commits = new Commits();
    commits.reached(index);
    return commits;
  }

  /// Says that the entry at `index`, and all before it, can be read.
  public void reached(long index) {
    lock.lock();
    try {
      if (index > latest) {
        latest = index;
        grown.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The index of the newest entry heard of; -1 for none yet.
  public long latest() {
    lock.lock();
    try {
      return latest;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is an entry after `index`; says whether there is.
  ///
  /// @throws InterruptedException if the waiting thread is told to stop
  public boolean awaitBeyond(long index, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (latest <= index && left > 0) {
        left = grown.awaitNanos(left);
      }
      return latest > index;
    } finally {
      lock.unlock();
    }
  }
}
