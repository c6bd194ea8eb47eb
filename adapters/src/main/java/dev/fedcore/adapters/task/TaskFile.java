package dev.fedcore.adapters.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The file that the tasks stand in: its settings, and the shape it has.
///
/// @see <a href="https://www.sqlite.org/wal.html">SQLite, Write-Ahead Logging</a>
final class TaskFile {

  /// The name of the file in the data directory.
  static final String NAME = "tasks.db";

  /// How long a statement waits for another one's lock, in milliseconds. We are the only writer, so
  /// only a copy being taken of the file can hold one.
  private static final int BUSY_MILLIS = 5_000;

  /// `PRAGMA synchronous`: the commit returns when the disk has it.
  private static final int SYNCHRONOUS_FULL = 2;

  private static final List<String> MIGRATIONS = List.of("V001__task.sql");

  private final String url;

  TaskFile(Path directory) {
    this.url = "jdbc:sqlite:" + directory.resolve(NAME);
  }

  /// Opens the file for the one writer, and brings it to the present shape.
  ///
  /// @throws SQLException also if the file was made by a newer program
  Connection writer() throws SQLException {
    var config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    Connection connection = config.createConnection(url);
    try {
      require(connection, "PRAGMA journal_mode", "wal");
      require(connection, "PRAGMA synchronous", String.valueOf(SYNCHRONOUS_FULL));
      migrate(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Opens the file for reading only.
  Connection reader() throws SQLException {
    Connection connection = config().createConnection(url);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
      return connection;
    }
  }

  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    return config;
  }

  private static void require(Connection connection, String pragma, String expected)
      throws SQLException {
    String actual = first(connection, pragma);
    if (!actual.equals(expected)) {
      throw new SQLException("%s is %s, not %s".formatted(pragma, actual, expected));
    }
  }

  private static void migrate(Connection connection) throws SQLException {
    int version = Integer.parseInt(first(connection, "PRAGMA user_version"));
    if (version > MIGRATIONS.size()) {
      throw new SQLException(
          "the file has shape %d, made by a newer program; this one knows %d"
              .formatted(version, MIGRATIONS.size()));
    }
    for (int next = version + 1; next <= MIGRATIONS.size(); next++) {
      try (var statement = connection.createStatement()) {
        statement.executeUpdate(
            "BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT;"
                .formatted(script(MIGRATIONS.get(next - 1)), next));
      }
    }
  }

  private static String first(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String script(String name) {
    try (var stream = Objects.requireNonNull(TaskFile.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
