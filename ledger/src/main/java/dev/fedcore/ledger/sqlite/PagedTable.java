package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Ledger;

/// A table that is read in pages, which end early once their rows have [Ledger#PAGE_BYTES_MAX]
/// bytes. How long a row is stands in its head, so only rows that are on the page are read whole.
///
/// @param name the table's
/// @param key its integer primary key
/// @param order the column that pages are ordered by, and `DESC` if they begin with the greatest
/// @param bytes how many bytes a row has, as an expression
/// @param columns what is read of a row
record PagedTable(String name, String key, String order, String bytes, String columns) {

  private static final String DESCENDING = " DESC";

  /// The statement that reads a page.
  ///
  /// @param rows which rows it would have if there were no end of bytes: from `FROM` to `LIMIT`
  String page(String rows) {
    boolean descends = order.endsWith(DESCENDING);
    String column = descends ? order.substring(0, order.indexOf(DESCENDING)) : order;
    return """
    WITH page AS (
      SELECT %1$s AS row_key, %2$s AS place, %3$s AS bytes
      %4$s
    ), fit AS (
      SELECT row_key, place, sum(bytes) OVER (ORDER BY place %5$s) - bytes AS bytes_before
        FROM page
    )
    SELECT %6$s
      FROM fit CROSS JOIN %7$s ON %1$s = row_key
     WHERE bytes_before < %8$d
     ORDER BY place %5$s
    """
        .formatted(
            key,
            column,
            bytes,
            rows,
            descends ? DESCENDING : "",
            columns,
            name,
            Ledger.PAGE_BYTES_MAX);
  }
}
