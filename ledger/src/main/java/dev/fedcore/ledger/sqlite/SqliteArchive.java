package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.ledger.LedgerRefused;
import java.io.IOException;
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

  /// Opens the ledger in `dataDirectory`. Its appends throw [LedgerUnavailable]. Makes no file
  /// where there is no ledger.
  ///
  /// @throws LedgerRefused if there is no ledger, or one of another schema version
  /// @throws LedgerUnavailable if the disk does not answer
  public static Ledger open(Path dataDirectory) {
    SqliteFile file = SqliteFile.in(dataDirectory);
    if (!Files.isRegularFile(file.path())) {
      throw new LedgerRefused(
          "%s holds no ledger: name the data directory of a server".formatted(dataDirectory));
    }
    try {
      Schema.requireLedger(file);
      boolean writable = Files.isWritable(dataDirectory);
      Readers.Connections connections = connections(file, writable);
      try (Connection connection = connections.open()) {
        Schema.CURRENT.requireCurrent(connection, file.path());
      }
      return SqliteLedger.readOnly(new Readers(connections));
    } catch (SQLException | IOException e) {
      throw new LedgerUnavailable("open the ledger in " + dataDirectory, e);
    }
  }

  /// SQLite reads a file in write-ahead mode only where it may put an index of the log beside it.
  static Readers.Connections connections(SqliteFile file, boolean writable) throws IOException {
    if (writable) {
      return file::openForReading;
    }
    Path writeAheadLog = file.path().resolveSibling(file.path().getFileName() + "-wal");
    if (Files.exists(writeAheadLog) && Files.size(writeAheadLog) > 0) {
      throw new LedgerRefused(
          "%s was not closed and its directory cannot be written to:".formatted(file.path())
              + " copy the directory to where you may write, and name the copy");
    }
    return file::openImmutable;
  }
}
