package dev.fedcore.adapters.task;

import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Where in a data directory the tasks are, and what schema they have.
final class TaskFile {

  /// `PRAGMA application_id` of a task table: the letters FCTK.
  private static final int APPLICATION_ID = 0x4643544b;

  /// The schema that this program reads and writes.
  static final Schema SCHEMA =
      new Schema(TaskFile.class, APPLICATION_ID, "task table", List.of("V001__task.sql"));

  private static final String TABLE =
      """
      SELECT count(*)
        FROM sqlite_schema
       WHERE name = 'task'
      """;

  private TaskFile() {}

  static Path in(Path directory) {
    return directory.resolve("tasks.db");
  }

  /// Marks a file as a task table that was made before files were marked. Such a file has the first
  /// schema, and says so with `PRAGMA user_version` alone.
  static void adopt(Path path) throws SQLException {
    var file = new SqliteFile(path);
    if (Files.exists(path) && isUnmarked(file)) {
      try (Connection connection = file.openForWriting()) {
        SCHEMA.adopt(connection, 1);
      }
    }
  }

  private static boolean isUnmarked(SqliteFile file) {
    try (Connection connection = file.openForReading()) {
      return SqliteFile.number(connection, "PRAGMA application_id") == 0
          && SqliteFile.number(connection, "PRAGMA user_version") == 1
          && SqliteFile.number(connection, TABLE) == 1;
    } catch (SQLException _) {
      // It is not readable, or no database: opening it says which.
      return false;
    }
  }
}
