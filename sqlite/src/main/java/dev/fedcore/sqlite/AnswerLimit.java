package dev.fedcore.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends the wait for answers that do not come.
///
/// A virtual thread that waits for a limited time wakes the thread with its pool's timers twice,
/// for the limit and for taking it back; at thousands of waits a second that is a considerable part
/// of all work. These limits are of one length, so a later one is never due before the one that the
/// thread sleeps for, and wakes nobody.
final class AnswerLimit {

  /// The thread ends when it has had nothing to watch for so long; it needs no closing.
  private static final long IDLE_SECONDS = 5;

  private final long seconds;
  private final ScheduledThreadPoolExecutor thread;

  /// @param what is waited for, to name the thread by
  /// @param seconds how long an answer may take
  AnswerLimit(String what, long seconds) {
    this.seconds = seconds;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name(what + "-limits").daemon().factory());
    thread.setRemoveOnCancelPolicy(true);
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  /// Fails `answer` with a [TimeoutException] unless it comes in time.
  ///
  /// @return to be cancelled by whoever has the answer
  Future<?> on(CompletableFuture<?> answer) {
    return thread.schedule(
        () -> answer.completeExceptionally(new TimeoutException()), seconds, TimeUnit.SECONDS);
  }
}
