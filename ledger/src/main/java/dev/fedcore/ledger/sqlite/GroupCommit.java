package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.ledger.sqlite.PendingChange.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// The one thread that writes. Whatever waits when it is ready becomes one durable transaction; it
/// never waits for more, so a lone change is not delayed and many share one flush of the disk.
///
/// After any failure the connection is thrown away with all that was remembered beside it, and the
/// next batch begins with a new one: what is believed about the file is always read from the file.
final class GroupCommit implements Writes {

  /// SQLite's primary result code of a broken constraint.
  private static final int SQLITE_CONSTRAINT = 19;

  private static final int PRIMARY_CODE_MASK = 0xff;

  /// How long a caller waits for its answer, in seconds: longer than a lock of another process is
  /// waited for, and than a disk takes that will answer at all.
  private static final int ANSWER_SECONDS = 30;

  private final CommitQueue queue = new CommitQueue();
  private final Connections connections;
  private final Thread thread;

  private final LongAdder commits = new LongAdder();

  /// Used by [#thread] alone, after it was started.
  private Optional<LedgerWriter> writer;

  /// Opens the connection to write through, set up for durability.
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  private GroupCommit(Connections connections, LedgerWriter writer) {
    this.connections = connections;
    this.writer = Optional.of(writer);
    this.thread = Thread.ofPlatform().name("ledger-writer").daemon().unstarted(this::run);
  }

  static GroupCommit start(Connections connections) throws SQLException {
    var commits = new GroupCommit(connections, new LedgerWriter(connections.open()));
    commits.thread.start();
    return commits;
  }

  @Override
  public <T> T commit(String attempted, int rows, Change<T> change) {
    var pending = new PendingChange<>(rows, change, new CompletableFuture<T>());
    switch (queue.offer(pending)) {
      case TAKEN -> {}
      case FULL -> throw new LedgerUnavailable(attempted + ": the ledger is busy");
      case CLOSED -> throw new LedgerUnavailable(attempted + ": the ledger is closed");
    }
    try {
      return pending.answer().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(attempted, e);
    } catch (TimeoutException e) {
      throw new LedgerUnavailable(attempted + ": the disk does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable(attempted + ": interrupted before the answer", e);
    }
  }

  private static RuntimeException failure(String attempted, ExecutionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    return breaksConstraint(cause)
        ? new IllegalStateException(attempted + " breaks a rule of the schema", cause)
        : new LedgerUnavailable(attempted, cause);
  }

  @Override
  public long commits() {
    return commits.sum();
  }

  /// Waits for the changes under way. Later ones are refused.
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<PendingChange<?>> batch = queue.take();
    while (!batch.isEmpty()) {
      settle(batch);
      batch = queue.take();
    }
    discardWriter();
  }

  /// Answers everybody in the batch. A change that breaks a constraint fails alone. Errors are
  /// caught too, for otherwise callers would wait for ever.
  private void settle(List<PendingChange<?>> batch) {
    try {
      write(batch).forEach(Runnable::run);
    } catch (SQLException | RuntimeException | Error e) {
      discardWriter();
      if (batch.size() > 1 && breaksConstraint(e)) {
        batch.forEach(change -> settle(List.of(change)));
      } else {
        batch.forEach(change -> change.fail(e));
      }
    }
  }

  private List<Runnable> write(List<PendingChange<?>> batch) throws SQLException {
    LedgerWriter open = openWriter();
    var answers = new ArrayList<Runnable>(batch.size());
    open.begin();
    for (PendingChange<?> change : batch) {
      answers.add(change.make(open));
    }
    open.commit();
    commits.increment();
    return answers;
  }

  private LedgerWriter openWriter() throws SQLException {
    if (writer.isEmpty()) {
      writer = Optional.of(new LedgerWriter(connections.open()));
    }
    return writer.get();
  }

  /// Closing rolls back what was not committed.
  private void discardWriter() {
    writer.ifPresent(LedgerWriter::close);
    writer = Optional.empty();
  }

  private static boolean breaksConstraint(Throwable cause) {
    return cause instanceof SQLException e
        && (e.getErrorCode() & PRIMARY_CODE_MASK) == SQLITE_CONSTRAINT;
  }
}
