package dev.fedcore.engine.batch;

import dev.fedcore.engine.batch.CommitFailed.Fate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Adaptive group commit: one writer thread hands whatever waits to one function, and each caller
/// gets the result of its own piece.
///
/// While a batch is being written the next one gathers by itself, so a single caller pays one
/// commit and a thousand callers share one. Work is handed over in the order in which it came. Safe
/// for use by many threads; callers are meant to be virtual ones, since they wait.
///
/// @param <T> a piece of work
/// @param <R> what its caller gets
public final class GroupCommit<T, R> implements AutoCloseable {

  private final Limits limits;
  private final Function<List<T>, List<R>> writeAll;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting<T, R>> queue = new ArrayDeque<>();
  private final Thread writer;
  private boolean closed;

  /// Starts the writer.
  ///
  /// @param name of the writer thread
  /// @param writeAll gets 1 to `limits.batchMax()` pieces and answers each, in the same order; what
  ///   it throws fails the whole batch. Called by one thread only
  public GroupCommit(String name, Limits limits, Function<List<T>, List<R>> writeAll) {
    this.limits = limits;
    this.writeAll = writeAll;
    this.writer = Thread.ofPlatform().name(name).daemon().start(this::writeUntilClosed);
  }

  /// Hands `work` in and waits for its result. An interruption is kept for later: whoever has
  /// handed work in must learn what became of it.
  ///
  /// @throws CommitFailed if the queue is full or closed, the batch failed, or time is up
  public R commit(T work) {
    var waiting = new Waiting<T, R>(work, new CompletableFuture<>());
    enqueue(waiting);
    return await(waiting);
  }

  /// Takes no more work, finishes what was taken, and returns when the writer has stopped. May be
  /// called again.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    joinWriter();
  }

  private void enqueue(Waiting<T, R> waiting) {
    lock.lock();
    try {
      if (closed) {
        throw new CommitFailed(Fate.NOT_TRIED, "the writer is closed", null);
      }
      if (queue.size() >= limits.queueMax()) {
        throw new CommitFailed(
            Fate.NOT_TRIED, "%,d pieces of work wait already".formatted(queue.size()), null);
      }
      queue.add(waiting);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private R await(Waiting<T, R> waiting) {
    long deadline = System.nanoTime() + limits.patience().toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return waiting.result().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new CommitFailed(Fate.FAILED, "the batch failed", e.getCause());
        } catch (TimeoutException e) {
          throw new CommitFailed(withdraw(waiting), "no answer in " + limits.patience(), e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Fate withdraw(Waiting<T, R> waiting) {
    lock.lock();
    try {
      return queue.remove(waiting) ? Fate.NOT_TRIED : Fate.UNANSWERED;
    } finally {
      lock.unlock();
    }
  }

  private void writeUntilClosed() {
    List<Waiting<T, R>> batch = nextBatch();
    while (!batch.isEmpty()) {
      write(batch);
      batch = nextBatch();
    }
  }

  /// What waits, up to the limit; empty when closed and drained.
  private List<Waiting<T, R>> nextBatch() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      var batch = new ArrayList<Waiting<T, R>>(Math.min(queue.size(), limits.batchMax()));
      while (!queue.isEmpty() && batch.size() < limits.batchMax()) {
        batch.add(queue.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /// Answers every caller of the batch, whatever happens: even an [Error] must not leave one
  /// waiting, nor end the thread that the others wait for.
  private void write(List<Waiting<T, R>> batch) {
    try {
      List<R> results = writeAll.apply(batch.stream().map(Waiting::work).toList());
      if (results.size() != batch.size()) {
        throw new IllegalStateException(
            "%d results for %d pieces of work".formatted(results.size(), batch.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(waiting -> waiting.result().completeExceptionally(e));
    }
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (true) {
      try {
        writer.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// How much waits, and for how long.
  ///
  /// @param queueMax pieces that may wait; one more is refused at once, which is the back-pressure
  /// @param batchMax pieces in one batch; bounds how long the last of them waits
  /// @param patience how long one caller waits at most
  public record Limits(int queueMax, int batchMax, Duration patience) {
    public Limits {
      if (queueMax < 1 || batchMax < 1 || !patience.isPositive()) {
        throw new IllegalArgumentException("a queue, a batch and a wait have a size");
      }
    }
  }

  /// Compared by identity: two callers may hand in equal work.
  private static final class Waiting<T, R> {

    private final T work;
    private final CompletableFuture<R> result;

    Waiting(T work, CompletableFuture<R> result) {
      this.work = work;
      this.result = result;
    }

    T work() {
      return work;
    }

    CompletableFuture<R> result() {
      return result;
    }
  }
}
