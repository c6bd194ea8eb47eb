package dev.fedcore.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens connections to one file, set up for what they are used for.
@FunctionalInterface
public interface Connections {

  Connection open() throws SQLException;

  /// Whether the file is open for writing somewhere. A connection for reading that was opened when
  /// this was otherwise is given up.
  default boolean isLive() {
    return true;
  }
}
