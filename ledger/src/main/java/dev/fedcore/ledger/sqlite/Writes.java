package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.sqlite.Change;
import dev.fedcore.sqlite.GroupCommit;
import dev.fedcore.sqlite.SqliteFile;
import java.sql.SQLException;

/// The way in to a ledger's file.
interface Writes extends AutoCloseable {

  /// Makes a change and returns once it is durable.
  ///
  /// @param attempted what it is for, in words, for the caller of the ledger
  /// @param rows about how many rows it writes
  <T> T commit(String attempted, int rows, Change<LedgerWriter, T> change);

  /// Writes the file anew, so that what was removed is not in it any more.
  void compact();

  /// How many transactions have been committed since the ledger was opened.
  long commits();

  @Override
  void close();

  /// The way in that shares each flush of the disk.
  record Shared(GroupCommit<LedgerWriter> together, SqliteFile file) implements Writes {

    @Override
    public <T> T commit(String attempted, int rows, Change<LedgerWriter, T> change) {
      return Asked.of(() -> together.commit(attempted, rows, change));
    }

    @Override
    public void compact() {
      try {
        together.compact(file);
      } catch (SQLException e) {
        throw new LedgerUnavailable("write the ledger anew", e);
      }
    }

    @Override
    public long commits() {
      return together.commits();
    }

    @Override
    public void close() {
      together.close();
    }
  }

  /// The way in that is closed, of a ledger opened for reading.
  record Refused() implements Writes {

    @Override
    public <T> T commit(String attempted, int rows, Change<LedgerWriter, T> change) {
      throw new LedgerUnavailable(attempted + ": the ledger is open for reading only");
    }

    @Override
    public void compact() {
      throw new LedgerUnavailable("write the ledger anew: it is open for reading only");
    }

    @Override
    public long commits() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
