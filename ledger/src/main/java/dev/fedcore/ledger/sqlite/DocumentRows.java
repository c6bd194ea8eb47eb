package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Document;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Inserts documents with their hashes, several with one statement: what they have in common is
/// given to SQLite once.
final class DocumentRows {

  /// The most rows of one statement. One turn of a run seldom gives more.
  private static final int ROWS_MAX = 16;

  private final int shared;

  /// The first is for one row, the second for two, and so on.
  private final List<PreparedStatement> statements = new ArrayList<>();

  /// @param insert the statement up to `VALUES`
  /// @param shared how many columns of each row are worked out from parameters common to all
  /// @param row gives the columns of the row at an index that are so worked out
  DocumentRows(Connection connection, String insert, int shared, IntFunction<String> row)
      throws SQLException {
    this.shared = shared;
    for (int rows = 1; rows <= ROWS_MAX; rows++) {
      String values =
          IntStream.range(0, rows)
              .mapToObj(i ->
                  "(%s, ?%d, ?%d)".formatted(row.apply(i), hashParameter(i), hashParameter(i) + 1))
              .collect(Collectors.joining(", "));
      statements.add(connection.prepareStatement(insert + " VALUES " + values));
    }
  }

  /// Gives one statement what its rows have in common.
  @FunctionalInterface
  interface SharedColumns {

    /// Binds the parameters that all rows share.
    ///
    /// @param first which of the documents is the first of the statement
    void bind(PreparedStatement statement, int first) throws SQLException;
  }

  /// Inserts all of `documents`.
  ///
  /// @param hashes of the documents, in their order
  void insert(List<Document> documents, List<byte[]> hashes, SharedColumns sharedColumns)
      throws SQLException {
    for (int first = 0; first < documents.size(); first += ROWS_MAX) {
      int rows = Math.min(ROWS_MAX, documents.size() - first);
      PreparedStatement statement = statements.get(rows - 1);
      sharedColumns.bind(statement, first);
      for (int i = 0; i < rows; i++) {
        statement.setBytes(hashParameter(i), hashes.get(first + i));
        statement.setBytes(hashParameter(i) + 1, documents.get(first + i).bytes());
      }
      statement.executeUpdate();
    }
  }

  private int hashParameter(int row) {
    return shared + 1 + 2 * row;
  }
}
