package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Moves the write-ahead log into the file, on a thread of its own. SQLite would do it within a
/// commit, and everybody who waits for that commit, or for a later one, would wait for it as well.
///
/// A checkpoint beside a thread that always writes never reaches the end of the log, which then
/// never begins anew. So when the log has become long, and little of it is left to move, the thread
/// that writes is asked to move that between two of its transactions.
///
/// A checkpoint that fails loses nothing, since what was committed is durable in the log; the next
/// commit has it tried again.
///
/// @see <a href="https://sqlite.org/wal.html#avoiding_excessively_large_wal_files">SQLite on logs
///   that grow</a>
final class WalCheckpoints implements AutoCloseable {

  /// How long commits gather before they are moved: a page that several of them wrote is moved
  /// once.
  private static final long GATHER_MS = 100;

  /// From this length on the log is to begin anew; 16 MiB.
  private static final long LONG_PAGES = 4_096;

  /// About so much is left to the thread that writes; it takes a few milliseconds.
  private static final long LEFT_PAGES = 512;

  /// How often one turn tries to leave no more than that.
  private static final int PASSES_MAX = 4;

  private static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";

  /// The column of the checkpoint's one row that says how many pages the log has.
  private static final int LOG_PAGES = 2;

  private final String what;
  private final Connections connections;
  private final ExecutorService thread;
  private final AtomicBoolean isBehind = new AtomicBoolean();
  private final Semaphore commits = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Lock moving = new ReentrantLock();
  private volatile boolean isLong;

  /// Used by [#thread] alone.
  private boolean failed;

  private WalCheckpoints(String what, Connections connections) {
    this.what = what;
    this.connections = connections;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name(what + "-checkpoints").daemon().factory());
  }

  /// Starts the thread. It opens its connection when there is something to move.
  ///
  /// @param what is written, as in "the ledger"
  static WalCheckpoints start(String what, Connections connections) {
    var checkpoints = new WalCheckpoints(what, connections);
    checkpoints.thread.execute(checkpoints::run);
    return checkpoints;
  }

  /// Says that something was committed.
  void committed() {
    if (isBehind.compareAndSet(false, true)) {
      commits.release();
    }
  }

  /// Moves what is left of a long log, so that the next transaction begins it anew. For the thread
  /// that writes, between two transactions.
  void finish(Connection writing) {
    if (isLong && moving.tryLock()) {
      try {
        isLong = false;
        SqliteFile.execute(writing, CHECKPOINT);
      } catch (SQLException e) {
        log(e);
      } finally {
        moving.unlock();
      }
    }
  }

  /// Held while something is moved: SQLite refuses a second checkpoint beside the first.
  Lock moving() {
    return moving;
  }

  /// Waits for the checkpoint under way. What is left is moved by the last connection that closes.
  @Override
  public void close() {
    closing.countDown();
    commits.release();
    thread.close();
  }

  private void run() {
    while (isWanted()) {
      try (Connection connection = connections.open()) {
        do {
          isLong = move(connection) >= LONG_PAGES;
          failed = false;
        } while (isWanted());
      } catch (SQLException | RuntimeException e) {
        if (!failed) {
          log(e);
        }
        failed = true;
      }
    }
  }

  /// Waits for a commit, and a while for more of them. False when nothing more is to be moved.
  private boolean isWanted() {
    if (closing.getCount() == 0) {
      return false;
    }
    commits.acquireUninterruptibly();
    try {
      boolean isClosing = closing.await(GATHER_MS, TimeUnit.MILLISECONDS);
      isBehind.set(false);
      return !isClosing;
    } catch (InterruptedException _) {
      return false;
    }
  }

  /// Moves all that is there, and if the log is long also what has come meanwhile.
  ///
  /// @return how many pages the log has
  private long move(Connection connection) throws SQLException {
    moving.lock();
    try {
      long moved = 0;
      long pages = moveOnce(connection);
      for (int pass = 1;
          pass < PASSES_MAX && pages >= LONG_PAGES && pages - moved > LEFT_PAGES;
          pass++) {
        moved = pages;
        pages = moveOnce(connection);
      }
      return pages;
    } finally {
      moving.unlock();
    }
  }

  private static long moveOnce(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(CHECKPOINT)) {
      rows.next();
      return rows.getLong(LOG_PAGES);
    }
  }

  private void log(Exception cause) {
    System.getLogger(WalCheckpoints.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "event=wal_checkpoint_failed what=\"%s\" cause=\"%s\" next=after_the_next_commit"
                .formatted(what, cause.getMessage()));
  }
}
