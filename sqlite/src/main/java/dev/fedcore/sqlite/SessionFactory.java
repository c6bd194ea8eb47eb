package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Makes what changes are written with: prepared statements, and what is remembered of the file
/// beside them.
@FunctionalInterface
public interface SessionFactory<S> {

  /// Makes one.
  ///
  /// @param connection fresh; begun, committed and closed by who calls, never by the session
  S over(Connection connection) throws SQLException;
}
