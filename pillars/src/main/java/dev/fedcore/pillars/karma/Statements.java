package dev.fedcore.pillars.karma;

import dev.fedcore.sqlite.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements of the one thread that writes, each compiled once.
final class Statements {

  private final Connection connection;

  /// By their text; closed with the connection.
  private final Map<String, PreparedStatement> compiled = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
    try (var rows = prepared(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  /// All rows; bound them with a `LIMIT`.
  <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
    var found = new ArrayList<T>();
    try (var rows = prepared(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }

  void execute(String sql, @Nullable Object... values) throws SQLException {
    prepared(sql, values).executeUpdate();
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = compiled.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      compiled.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
