package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.sqlite.Readers;
import dev.fedcore.sqlite.Row;
import java.util.List;
import java.util.Optional;

/// The way out of a ledger's file.
///
/// @param readers lends the connections
record LedgerReader(Readers readers) {

  /// All rows that `sql` gives.
  ///
  /// @param attempted what it is for, in words, for the caller of the ledger
  /// @throws LedgerUnavailable if the file does not answer
  <T> List<T> list(String attempted, String sql, Row<T> row, Object... values) {
    return Asked.of(() -> readers.list(attempted, sql, row, values));
  }

  /// The first row that `sql` gives, if there is one.
  ///
  /// @throws LedgerUnavailable if the file does not answer
  <T> Optional<T> first(String attempted, String sql, Row<T> row, Object... values) {
    return Asked.of(() -> readers.first(attempted, sql, row, values));
  }
}
