package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.sqlite.OpenFailure;
import dev.fedcore.sqlite.Readers;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.sqlite.StoreRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A data directory opened for reading: to verify, beside a running server or long after it.
///
/// Takes no lock of its own and may be opened any number of times. A directory that cannot be
/// written to, such as a mounted backup, is read as it lies there; nobody may change it meanwhile.
public final class SqliteArchive {

  private SqliteArchive() {}

  /// Opens the ledger in `dataDirectory`. Its appends throw [LedgerUnavailable]. Makes and changes
  /// no file, but for SQLite's index of a write-ahead log that a killed server left.
  ///
  /// @throws StoreRefused if there is no ledger, or one of another schema version
  /// @throws LedgerUnavailable if the disk does not answer
  public static Ledger open(Path dataDirectory) {
    SqliteFile file = LedgerFile.in(dataDirectory);
    if (!isIn(dataDirectory)) {
      throw new StoreRefused(
          "%s holds no ledger: name the data directory of a server".formatted(dataDirectory));
    }
    try {
      var connections = new ArchiveConnections(file, Files.isWritable(dataDirectory));
      try (Connection connection = connections.open()) {
        LedgerFile.SCHEMA.requireCurrent(connection, file.path());
      }
      return SqliteLedger.readOnly(new Readers(LedgerFile.SCHEMA.what(), connections));
    } catch (SQLException e) {
      throw new LedgerUnavailable(
          "open the ledger in %s: %s".formatted(dataDirectory, OpenFailure.why(e)), e);
    }
  }

  /// Whether there is something by the name of a ledger.
  static boolean isIn(Path dataDirectory) {
    return Files.isRegularFile(LedgerFile.in(dataDirectory).path());
  }
}
