package dev.fedcore.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where changes wait for the one thread that writes. Bounded; first come, first served.
///
/// One lock guards everything, so nothing can be offered after the last batch was taken.
final class CommitQueue<S> {

  /// The most changes that wait. One or two seconds of work: who would wait longer is told that the
  /// store is busy.
  static final int WAITING_MAX = 4_096;

  /// The most changes in one transaction. More would only lengthen the wait for its answers.
  static final int BATCH_MAX = 1_024;

  /// A transaction takes no more changes once it has so many rows; keeps it below about 20 MB.
  static final int BATCH_ROWS_MAX = 16_384;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<PendingChange<S, ?>> waiting = new ArrayDeque<>();
  private boolean closed;

  /// What became of an offer.
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  Offer offer(PendingChange<S, ?> change) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (waiting.size() >= WAITING_MAX) {
        return Offer.FULL;
      }
      waiting.add(change);
      changed.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the first change and takes what is there, without waiting for more. Empty when the
  /// queue is closed and nothing waits.
  List<PendingChange<S, ?>> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return takeWaiting();
    } finally {
      lock.unlock();
    }
  }

  /// Refuses further offers; what waits can still be taken.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private List<PendingChange<S, ?>> takeWaiting() {
    var batch = new ArrayList<PendingChange<S, ?>>(Math.min(waiting.size(), BATCH_MAX));
    int rows = 0;
    while (!waiting.isEmpty() && batch.size() < BATCH_MAX && rows < BATCH_ROWS_MAX) {
      PendingChange<S, ?> next = waiting.remove();
      rows += next.rows();
      batch.add(next);
    }
    return batch;
  }
}
