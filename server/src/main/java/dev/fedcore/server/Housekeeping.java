package dev.fedcore.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what is to be done again and again, one thing after the other, on one thread. A task that
/// fails is tried again at its next turn.
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /// How often. Checkpoints are at most a second behind; gates expire within as much.
  private static final Duration EVERY = Duration.ofMillis(500);

  /// How long the task under way may take when all is to stop.
  private static final Duration END_MAX = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  private final List<Future<?>> turns = new ArrayList<>();

  /// One thing to do.
  ///
  /// @param name for the log
  record Task(String name, Runnable work) {}

  static Housekeeping start(List<Task> tasks) {
    var housekeeping = new Housekeeping();
    for (Task task : tasks) {
      housekeeping.turns.add(
          housekeeping.thread.scheduleWithFixedDelay(
              () -> carryOut(task), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }
    return housekeeping;
  }

  private static void carryOut(Task task) {
    try {
      task.work().run();
    } catch (RuntimeException | Error e) { // whatever gets out of here ends all later turns
      LOG.warn("event=housekeeping_failed task={} next=tried_again", task.name(), e);
    }
  }

  /// Waits for the task under way.
  @Override
  public void close() {
    turns.forEach(turn -> turn.cancel(false));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("event=housekeeping_does_not_stop next=going_on_without");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
