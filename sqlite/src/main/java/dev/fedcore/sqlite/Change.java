package dev.fedcore.sqlite;

import java.sql.SQLException;

/// Something to be written in a transaction with others.
///
/// @param <S> what it is written with
/// @param <T> what its caller gets once it is durable
@FunctionalInterface
public interface Change<S, T> {

  /// Writes all of it, or finds before the first row that it must not be written. Called by one
  /// thread at a time, and a second time if the first was rolled back because of another change.
  T make(S session) throws SQLException;
}
