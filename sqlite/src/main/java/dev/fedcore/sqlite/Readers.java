package dev.fedcore.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A few connections for reading, lent to one caller each, for one statement.
///
/// Each statement sees everything that was committed before it began. Waiting for a connection
/// parks a virtual thread without its carrier; the statement itself runs in native code and does
/// hold the carrier, so there are no more connections than cores need. Safe for use by many
/// threads.
public final class Readers implements AutoCloseable {

  /// The most connections. More do not read faster: a read is work for a core, not a wait.
  private static final int CONNECTIONS_MAX = 4;

  /// Even on one core a long page must not hold up every other read.
  private static final int CONNECTIONS_MIN = 2;

  /// How long a caller waits for a connection, in seconds. Reads take milliseconds, so one that
  /// waits longer waits for a machine that is stuck.
  private static final int WAIT_SECONDS = 10;

  private final String what;
  private final BlockingQueue<Reader> idle;
  private final int count;
  private volatile boolean closed;

  /// Opens nothing yet.
  ///
  /// @param what is read, as in "the ledger is busy"
  public Readers(String what, Connections connections) {
    this.what = what;
    int cores = Runtime.getRuntime().availableProcessors();
    count = Math.clamp(cores, CONNECTIONS_MIN, CONNECTIONS_MAX);
    idle = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      idle.add(new Reader(connections));
    }
  }

  /// All rows that `sql` gives.
  ///
  /// @param attempted what it is for, in words, for whoever reads the failure
  /// @throws StoreUnavailable if the file does not answer
  public <T> List<T> list(String attempted, String sql, Row<T> row, Object... values) {
    Reader reader = borrow(attempted);
    try {
      var found = new ArrayList<T>();
      try (var rows = reader.query(sql, values)) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      reader.close();
      throw new StoreUnavailable(attempted, e);
    } finally {
      idle.add(reader);
    }
  }

  /// The first row that `sql` gives, if there is one.
  public <T> Optional<T> first(String attempted, String sql, Row<T> row, Object... values) {
    return list(attempted, sql, row, values).stream().findFirst();
  }

  private Reader borrow(String attempted) {
    Reader reader = waitForOne(attempted);
    if (closed) {
      idle.add(reader);
      throw new StoreUnavailable(attempted + ": the %s is closed".formatted(what));
    }
    return reader;
  }

  private Reader waitForOne(String attempted) {
    try {
      Reader reader = idle.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        throw new StoreUnavailable(attempted + ": the %s is busy".formatted(what));
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable(attempted + ": interrupted", e);
    }
  }

  /// Waits for the reads under way, each at most as long as a reader would, and closes every
  /// connection. Whoever waits for one meanwhile is told so.
  @Override
  public void close() {
    closed = true;
    boolean interrupted = Thread.interrupted();
    var taken = new ArrayList<Reader>(count);
    for (int i = 0; i < count; i++) {
      try {
        taken.add(waitForOne("close the " + what));
      } catch (StoreUnavailable _) {
        interrupted |= Thread.interrupted();
      }
    }
    taken.forEach(Reader::close);
    idle.addAll(taken);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
