package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One connection for reading, with its statements kept prepared. Opened when it is first needed.
///
/// Used by one thread at a time, as [Readers] sees to.
final class Reader {

  private final Connections connections;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private Optional<Connection> connection = Optional.empty();
  private boolean live;

  Reader(Connections connections) {
    this.connections = connections;
  }

  /// Runs `sql`. The result must be closed: until then it keeps the write-ahead log from shrinking.
  ResultSet query(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeQuery();
  }

  /// Gives the connection up; the next query opens another.
  void close() {
    statements.clear();
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (SQLException _) {
      // It held nothing but a view of the file.
    } finally {
      connection = Optional.empty();
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    if (live != connections.isLive()) {
      close();
    }
    PreparedStatement kept = statements.get(sql);
    if (kept != null) {
      return kept;
    }
    PreparedStatement prepared = connection().prepareStatement(sql);
    statements.put(sql, prepared);
    return prepared;
  }

  private Connection connection() throws SQLException {
    if (connection.isEmpty()) {
      live = connections.isLive();
      connection = Optional.of(connections.open());
    }
    return connection.get();
  }
}
