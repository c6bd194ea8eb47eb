package dev.fedcore.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Turns the row that a result stands at into a value.
@FunctionalInterface
public interface Row<T> {

  T read(ResultSet row) throws SQLException;
}
