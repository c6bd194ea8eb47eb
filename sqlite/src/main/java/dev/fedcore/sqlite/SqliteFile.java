package dev.fedcore.sqlite;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// A SQLite file, and how connections to it are set up.
///
/// Memory-mapped reading stays off: it widens the damage of a stray write.
public record SqliteFile(Path path) {

  /// How long a connection waits for a lock of another process, in milliseconds. Nobody else
  /// writes, but a person may have the file open in a shell.
  private static final int BUSY_TIMEOUT_MS = 10_000;

  /// The value of `PRAGMA synchronous` that means FULL: every commit reaches the disk.
  private static final int SYNCHRONOUS_FULL = 2;

  private static final int PRIMARY_CODE_MASK = 0xff;

  /// The first version without the fault in which two connections that write and check-point at the
  /// same moment damage the file.
  ///
  /// @see <a href="https://sqlite.org/wal.html#walresetbug">The WAL-reset bug</a>
  private static final int[] VERSION_MIN = {3, 51, 3};

  /// Opens the file for reading and writing; makes it if it is not there.
  ///
  /// @throws StoreRefused if it would not be durable
  public Connection openForWriting() throws SQLException {
    Connection connection = open("", new SQLiteConfig());
    try {
      requireSound(connection);
      execute(connection, "PRAGMA journal_mode = WAL");
      execute(connection, "PRAGMA synchronous = FULL");
      execute(connection, "PRAGMA foreign_keys = ON");
      requireDurable(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Opens the file for reading, also while it is being written.
  public Connection openForReading() throws SQLException {
    return open("", readOnly());
  }

  /// Opens the file for reading when nobody has it open. One that was not closed has a write-ahead
  /// log, without which it is no sound database: a checkpoint that was cut off has moved some pages
  /// into it and not others. Makes no file, but for SQLite's index of such a log.
  Connection openAsItLies() throws SQLException {
    return new File(path + "-wal").length() > 0 ? openForReading() : openImmutable();
  }

  /// Opens the file for reading as one that nobody changes and that was closed: takes no lock and
  /// makes no file.
  public Connection openImmutable() throws SQLException {
    return open("?immutable=1", readOnly());
  }

  private static SQLiteConfig readOnly() {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config;
  }

  /// A URI, because a plain path is cut at its first question mark.
  private Connection open(String query, SQLiteConfig config) throws SQLException {
    NativeLibrary.load();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setGetGeneratedKeys(false);
    Connection connection =
        config.createConnection("jdbc:sqlite:" + path.toAbsolutePath().toUri() + query);
    try {
      execute(connection, "PRAGMA trusted_schema = OFF");
      execute(connection, "PRAGMA mmap_size = 0");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Writes the file anew and empties its write-ahead log, so that nothing that was deleted or
  /// replaced can be found in either. Needs as much free space as the file has bytes, twice; who
  /// writes meanwhile waits.
  ///
  /// @param checkpoint held while the log is emptied, and by everybody else in this process who
  ///   moves it: SQLite refuses a checkpoint beside another
  /// @throws SQLException if readers or writers do not give way, or the disk is full; the file then
  ///   is as it was
  void compact(Lock checkpoint) throws SQLException {
    try (Connection connection = openForWriting()) {
      execute(connection, "VACUUM");
      checkpoint.lock();
      try {
        if (number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
          throw new SQLException("the write-ahead log is in use");
        }
      } finally {
        checkpoint.unlock();
      }
    }
  }

  private void requireDurable(Connection connection) throws SQLException {
    if (!text(connection, "PRAGMA journal_mode").equals("wal")
        || number(connection, "PRAGMA synchronous") != SYNCHRONOUS_FULL) {
      throw new StoreRefused(
          "%s cannot be opened durably (WAL with synchronous=FULL): ".formatted(path)
              + "put the data directory on a local disk");
    }
  }

  private static void requireSound(Connection connection) throws SQLException {
    String version = text(connection, "SELECT sqlite_version()");
    if (!isSound(version)) {
      throw new StoreRefused(
          "SQLite %s can damage its files: start with the driver that came with this program"
              .formatted(version));
    }
  }

  static boolean isSound(String version) {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < VERSION_MIN.length; i++) {
      int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
      if (part != VERSION_MIN[i]) {
        return part > VERSION_MIN[i];
      }
    }
    return true;
  }

  /// SQLite's primary result code of a failure: the lowest byte, whatever code extends it.
  ///
  /// @see <a href="https://sqlite.org/rescode.html">Result and error codes</a>
  static int primaryCode(SQLException failure) {
    return failure.getErrorCode() & PRIMARY_CODE_MASK;
  }

  /// Runs one statement that gives no rows, or whose rows do not matter.
  public static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row that `sql` gives.
  public static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// The first column of the first row that `sql` gives.
  public static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
