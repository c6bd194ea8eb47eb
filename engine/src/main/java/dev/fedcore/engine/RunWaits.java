package dev.fedcore.engine;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Who waits for runs to be paused or over. Safe for use by many threads.
///
/// One thread wakes those whose time is up. If each waited for a limited time by itself, the thread
/// with the timers of all virtual threads would be woken twice for every run.
final class RunWaits {

  /// How long a wait relies on one copy of a run in memory before it asks the ledger.
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

  /// So much later than its time a wait ends at most, when many wait for one run.
  private static final Duration QUIET_AFTER_ALARM = Duration.ofMillis(50);

  /// The thread ends when nobody has waited for so long; it needs no closing.
  private static final Duration IDLE_MAX = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final LiveRuns runs;
  private final ScheduledThreadPoolExecutor alarms;

  RunWaits(Ledger ledger, LiveRuns runs) {
    this.ledger = ledger;
    this.runs = runs;
    this.alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("run-waits").daemon().factory());
    alarms.setRemoveOnCancelPolicy(true);
    alarms.setKeepAliveTime(IDLE_MAX.toNanos(), TimeUnit.NANOSECONDS);
    alarms.allowCoreThreadTimeOut(true);
  }

  /// Waits until the run does not go on by itself, for a while at most, and says how it stands
  /// then. Empty for a run that does not exist.
  ///
  /// @throws InterruptedException if the waiting thread is told to stop
  Optional<RunRow> await(RunId id, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Optional<LiveRun> live = runs.inMemory(id);
    Optional<RunRow> row = live.isPresent() ? waited(live.get(), end) : ledger.run(id);
    while (row.isPresent() && isRunning(row.get().status()) && isAhead(end)) {
      row = waited(runs.get(id).orElseThrow(), end);
    }
    return row;
  }

  /// How `run` stands after a wait for this copy of it. Copies that will not change any more are
  /// left to be read again.
  private Optional<RunRow> waited(LiveRun run, long end) throws InterruptedException {
    run.lock().lockInterruptibly();
    try {
      if (isGoingOn(run)) {
        awaitChange(run, end);
      }
      if (!isGoingOn(run)) {
        runs.forget(run);
      }
      return run.isStale() || run.committed().isEmpty()
          ? ledger.run(run.header().run())
          : run.committed();
    } finally {
      run.lock().unlock();
    }
  }

  private void awaitChange(LiveRun run, long end) throws InterruptedException {
    long now = System.nanoTime();
    long left = Math.min(end - now, LOOK_AGAIN_AFTER.toNanos());
    long until = now + left;
    var alarm = new Alarm(run);
    alarm.in(left);
    try {
      while (isGoingOn(run) && isAhead(until)) {
        run.changed().await();
      }
    } finally {
      alarm.cancel();
    }
  }

  /// Wakes all who wait for a run, since nobody can be woken alone; so that many who wait do not
  /// wake each other for ever, not again at once after another has.
  private final class Alarm implements Runnable {

    private final LiveRun run;
    private Future<?> due = CompletableFuture.completedFuture(null);
    private boolean cancelled;

    Alarm(LiveRun run) {
      this.run = run;
    }

    synchronized void in(long nanos) {
      if (!cancelled) {
        due = alarms.schedule(this, nanos, TimeUnit.NANOSECONDS);
      }
    }

    synchronized void cancel() {
      cancelled = true;
      due.cancel(false);
    }

    @Override
    public void run() {
      if (run.wakes(QUIET_AFTER_ALARM)) {
        Thread.startVirtualThread(() -> wake(run));
      } else {
        in(QUIET_AFTER_ALARM.toNanos());
      }
    }
  }

  /// On a thread of its own, since a run's lock may be held for as long as a disk takes.
  private static void wake(LiveRun run) {
    run.lock().lock();
    try {
      run.changed().signalAll();
    } finally {
      run.lock().unlock();
    }
  }

  private static boolean isGoingOn(LiveRun run) {
    return !run.isStale() && isRunning(RunState.status(run.state()));
  }

  private static boolean isRunning(RunStatus status) {
    return status == RunStatus.RUNNING;
  }

  private static boolean isAhead(long time) {
    return time - System.nanoTime() > 0;
  }
}
