package dev.fedcore.ledger.sqlite;

import dev.fedcore.sqlite.Connections;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// Connections to a ledger that somebody else may be writing.
///
/// Whoever has the ledger open has its write-ahead log beside it. Where there is none the file is
/// read as it lies, which makes no file; as soon as there is one, it is read with its log, like a
/// running server reads it.
///
/// @param file the ledger's
/// @param writable whether this program may make files beside it
record ArchiveConnections(SqliteFile file, boolean writable) implements Connections {

  @Override
  public Connection open() throws SQLException {
    if (!isLive()) {
      return file.openImmutable();
    }
    if (!writable && !Files.exists(beside("-shm"))) {
      throw new StoreRefused(
          "%s was not closed and its directory cannot be written to:".formatted(file.path())
              + " copy the directory to where you may write, and name the copy");
    }
    return file.openForReading();
  }

  /// Whether there is a write-ahead log that must be read. An empty one where nothing can be
  /// written was copied along.
  @Override
  public boolean isLive() {
    Path log = beside("-wal");
    try {
      return Files.exists(log) && (writable || Files.size(log) > 0);
    } catch (IOException _) {
      // Gone or out of reach between two looks: opening it will tell.
      return true;
    }
  }

  private Path beside(String suffix) {
    return file.path().resolveSibling(file.path().getFileName() + suffix);
  }
}
