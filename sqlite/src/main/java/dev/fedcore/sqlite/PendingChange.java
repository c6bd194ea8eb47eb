package dev.fedcore.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/// A change that waits to be made, and the answer that its caller waits for.
///
/// @param rows about how many rows it writes
/// @param answer completed after the commit, never before
record PendingChange<S, T>(int rows, Change<S, T> change, CompletableFuture<T> answer) {

  /// Makes the change.
  ///
  /// @return tells the caller; to be run once the transaction has committed
  Runnable make(S session) throws SQLException {
    T outcome = change.make(session);
    return () -> answer.complete(outcome);
  }

  void fail(Throwable cause) {
    answer.completeExceptionally(cause);
  }
}
