package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// A small table for tests. Remembers how many notes there are, as a session may.
final class Notes {

  static final Schema SCHEMA = schema("001_note.sql");

  private final Connection connection;
  private final PreparedStatement insert;
  private long count;

  Notes(Connection connection) throws SQLException {
    this.connection = connection;
    insert = connection.prepareStatement("INSERT INTO note (text) VALUES (?)");
    count = SqliteFile.number(connection, "SELECT count(*) FROM note");
  }

  static Schema schema(String... files) {
    return new Schema(Notes.class, 0x4e4f5445, "note table", List.of(files));
  }

  Connection connection() {
    return connection;
  }

  /// Writes one down and returns how many there are now.
  long add(String text) throws SQLException {
    insert.setString(1, text);
    insert.executeUpdate();
    return ++count;
  }
}
