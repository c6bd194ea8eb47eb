package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// The one thread that writes. Whatever waits when it is ready becomes one durable transaction; it
/// never waits for more, so a lone change is not delayed and many share one flush of the disk.
///
/// After any failure the connection is thrown away with all that was remembered beside it, and the
/// next batch begins with a new one: what is believed about the file is always read from the file.
///
/// Safe for use by many threads; their callers wait for the disk, so they are best virtual ones.
///
/// @param <S> what changes are written with, made anew with each connection
public final class GroupCommit<S> implements AutoCloseable {

  /// SQLite's primary result code of a broken constraint.
  private static final int SQLITE_CONSTRAINT = 19;

  /// How long a caller waits for its answer, in seconds: longer than a lock of another process is
  /// waited for, and than a disk takes that will answer at all.
  private static final int ANSWER_SECONDS = 30;

  private final CommitQueue<S> queue = new CommitQueue<>();
  private final String what;
  private final Connections connections;
  private final SessionFactory<S> sessions;
  private final Thread thread;

  private final AnswerLimit limit;
  private final WalCheckpoints checkpoints;
  private final LongAdder commits = new LongAdder();

  /// Used by [#thread] alone, after it was started.
  private Optional<Writer<S>> writer;

  private GroupCommit(String what, Connections connections, SessionFactory<S> sessions)
      throws SQLException {
    this.what = what;
    this.connections = connections;
    this.sessions = sessions;
    this.limit = new AnswerLimit(what, ANSWER_SECONDS);
    this.writer = Optional.of(Writer.over(connections.open(), sessions));
    this.checkpoints = WalCheckpoints.start(what, connections);
    this.thread = Thread.ofPlatform().name(what + "-writer").daemon().unstarted(this::run);
  }

  /// Opens the first connection and starts the thread.
  ///
  /// @param what is written, as in "the ledger is busy"
  /// @param connections opens the connections to write through, one after the other
  public static <S> GroupCommit<S> start(
      String what, Connections connections, SessionFactory<S> sessions) throws SQLException {
    var commits = new GroupCommit<>(what, connections, sessions);
    commits.thread.start();
    return commits;
  }

  /// Makes a change and returns once it is durable.
  ///
  /// @param attempted what it is for, in words, for whoever reads the failure
  /// @param rows about how many rows it writes
  /// @throws StoreUnavailable if it was not made, or is not known to have been
  /// @throws ConstraintBroken if the schema does not allow it
  public <T> T commit(String attempted, int rows, Change<S, T> change) {
    var pending = new PendingChange<>(rows, change, new CompletableFuture<T>());
    switch (queue.offer(pending)) {
      case TAKEN -> {}
      case FULL -> throw new StoreUnavailable(attempted + ": the %s is busy".formatted(what));
      case CLOSED -> throw new StoreUnavailable(attempted + ": the %s is closed".formatted(what));
    }
    Future<?> limited = limit.on(pending.answer());
    try {
      return pending.answer().get();
    } catch (ExecutionException e) {
      throw failure(attempted, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable(attempted + ": interrupted before the answer", e, true);
    } finally {
      limited.cancel(false);
    }
  }

  private static RuntimeException failure(String attempted, ExecutionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    if (breaksConstraint(cause)) {
      return new ConstraintBroken(attempted, cause);
    }
    if (cause instanceof TimeoutException) {
      return new StoreUnavailable(attempted + ": the disk does not answer", cause, true);
    }
    boolean maybeDone = cause instanceof StoreUnavailable unsure && unsure.maybeDone();
    return new StoreUnavailable(attempted, cause, maybeDone);
  }

  /// How many transactions have been committed since the start; each is one flush, shared by all
  /// changes that waited for it.
  public long commits() {
    return commits.sum();
  }

  /// Writes the file that is written to anew; see [SqliteFile#compact].
  ///
  /// @throws SQLException if that did not work; the file then is as it was
  public void compact(SqliteFile file) throws SQLException {
    file.compact(checkpoints.moving());
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
    List<PendingChange<S, ?>> batch = queue.take();
    while (!batch.isEmpty()) {
      settle(batch);
      batch = queue.take();
    }
    checkpoints.close();
    discardWriter();
  }

  /// Answers everybody in the batch. A change that breaks a constraint fails alone. Errors are
  /// caught too, for otherwise callers would wait for ever.
  private void settle(List<PendingChange<S, ?>> batch) {
    try {
      List<Runnable> answers = write(batch);
      // To wake a caller takes a system call, and the next batch need not wait for these.
      Thread.startVirtualThread(() -> answers.forEach(Runnable::run));
    } catch (SQLException | RuntimeException | Error e) {
      discardWriter();
      if (batch.size() > 1 && breaksConstraint(e)) {
        batch.forEach(change -> settle(List.of(change)));
      } else {
        batch.forEach(change -> change.fail(e));
      }
    }
  }

  private List<Runnable> write(List<PendingChange<S, ?>> batch) throws SQLException {
    Writer<S> open = openWriter();
    var answers = new ArrayList<Runnable>(batch.size());
    checkpoints.finish(open.connection());
    open.begin().execute();
    for (PendingChange<S, ?> change : batch) {
      answers.add(change.make(open.session()));
    }
    commit(open);
    commits.increment();
    checkpoints.committed();
    return answers;
  }

  /// What a failed commit has left on the disk shows when the file is next opened; a broken
  /// constraint, though, is found before anything is written.
  private static void commit(Writer<?> open) throws SQLException {
    try {
      open.commit().execute();
    } catch (SQLException e) {
      if (breaksConstraint(e)) {
        throw e;
      }
      throw new StoreUnavailable("commit", e, true);
    }
  }

  private Writer<S> openWriter() throws SQLException {
    if (writer.isEmpty()) {
      writer = Optional.of(Writer.over(connections.open(), sessions));
    }
    return writer.get();
  }

  private void discardWriter() {
    writer.ifPresent(Writer::close);
    writer = Optional.empty();
  }

  private static boolean breaksConstraint(Throwable cause) {
    return cause instanceof SQLException e && SqliteFile.primaryCode(e) == SQLITE_CONSTRAINT;
  }

  /// A connection with all that is kept beside it.
  private record Writer<S>(
      Connection connection, PreparedStatement begin, PreparedStatement commit, S session) {

    /// Takes the connection over: closes it if it cannot be used.
    static <S> Writer<S> over(Connection connection, SessionFactory<S> sessions)
        throws SQLException {
      try {
        SqliteFile.execute(connection, "PRAGMA wal_autocheckpoint = 0");
        return new Writer<>(
            connection,
            connection.prepareStatement("BEGIN IMMEDIATE"),
            connection.prepareStatement("COMMIT"),
            sessions.over(connection));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }

    /// Rolls back what was not committed. A connection that cannot be closed is given up.
    void close() {
      try {
        connection.close();
      } catch (SQLException _) {
        // Nothing more can be done with it, and nothing was promised about what it held.
      }
    }
  }
}
