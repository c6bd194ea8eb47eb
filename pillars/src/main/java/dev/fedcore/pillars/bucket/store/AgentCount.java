package dev.fedcore.pillars.bucket.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// How many agents have events, so that nobody who asks makes the store count them. The thread that
/// writes says how many there will be; whoever waits for the commit publishes it after that, in any
/// order. Safe for use by many threads.
final class AgentCount {

  private final AtomicLong changes = new AtomicLong();
  private final AtomicReference<As> published = new AtomicReference<>(new As(0, 0));

  /// So many agents as of one change.
  ///
  /// @param change from 1, later changes have higher numbers
  record As(long change, long agents) {}

  /// For the thread that writes: so many, once what it is doing is committed.
  As counted(long agents) {
    return new As(changes.incrementAndGet(), agents);
  }

  /// For whoever knows that it is committed; what a later change came to stays.
  void publish(As counted) {
    published.accumulateAndGet(counted, (a, b) -> a.change() > b.change() ? a : b);
  }

  long agents() {
    return published.get().agents();
  }
}
