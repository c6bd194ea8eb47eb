package dev.fedcore.ledger.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/// A change that waits to be made, and the answer that its caller waits for.
///
/// @param rows about how many rows it writes
/// @param answer completed after the commit, never before
record PendingChange<T>(int rows, Change<T> change, CompletableFuture<T> answer) {

  /// Something to be written in a transaction with others.
  @FunctionalInterface
  interface Change<T> {

    /// Writes all of it, or finds before the first row that it must not be written.
    T make(LedgerWriter writer) throws SQLException;
  }

  /// Makes the change.
  ///
  /// @return tells the caller; to be run once the transaction has committed
  Runnable make(LedgerWriter writer) throws SQLException {
    T outcome = change.make(writer);
    return () -> answer.complete(outcome);
  }

  void fail(Throwable cause) {
    answer.completeExceptionally(cause);
  }
}
