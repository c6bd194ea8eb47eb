package dev.fedcore.engine.ledger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells how far the log has come, and wakes those who wait for more: for any entry, or for one
/// that somebody is to be told of through the outbox. Safe for use by many threads.
public final class Commits {

  private final Mark entries = new Mark();
  private final Mark messages = new Mark();

  /// Where a ledger stands that ends with the entry at `index`; -1 for an empty one.
  public static Commits upTo(long index) {
    var commits = new Commits();
    commits.entries.reached(index);
    return commits;
  }

  /// Says that the entry at `index`, and all before it, can be read.
  ///
  /// @param hasMessages whether the outbox has more messages now
  public void reached(long index, boolean hasMessages) {
    entries.reached(index);
    if (hasMessages) {
      messages.reached(index);
    }
  }

  /// The index of the newest entry heard of; -1 for none yet.
  public long latest() {
    return entries.latest();
  }

  /// Waits until there is an entry after `index`; says whether there is.
  ///
  /// @throws InterruptedException if the waiting thread is told to stop
  public boolean awaitBeyond(long index, Duration atMost) throws InterruptedException {
    return entries.awaitBeyond(index, atMost);
  }

  /// The index of the newest entry heard of that came with messages; -1 for none since the start.
  public long latestWithMessages() {
    return messages.latest();
  }

  /// Waits until there is an entry with messages after `index`; says whether there is.
  ///
  /// @throws InterruptedException if the waiting thread is told to stop
  public boolean awaitMessagesBeyond(long index, Duration atMost) throws InterruptedException {
    return messages.awaitBeyond(index, atMost);
  }

  /// An index that only grows.
  private static final class Mark {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long latest = -1;

    void reached(long index) {
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

    long latest() {
      lock.lock();
      try {
        return latest;
      } finally {
        lock.unlock();
      }
    }

    boolean awaitBeyond(long index, Duration atMost) throws InterruptedException {
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
}
