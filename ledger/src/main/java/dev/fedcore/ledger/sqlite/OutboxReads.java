package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.CanonicalWriter;
import java.util.List;
import java.util.Set;

/// Reads what is still to be told, and to whom.
///
/// @param reader asks the file
record OutboxReads(LedgerReader reader) {

  private static final PagedTable MESSAGE =
      new PagedTable(
          "outbox", "message_row", "message_row", "length(body)", "id, destination, stream, body");

  private static final String WAITING =
      MESSAGE.page(
          """
           FROM outbox INDEXED BY outbox_by_destination
          WHERE destination = ?
          ORDER BY message_row
          LIMIT ?
          """);

  private static final String OF_OTHER_STREAMS =
      MESSAGE.page(
          """
           FROM outbox INDEXED BY outbox_by_destination
          WHERE destination = ?1
            AND stream NOT IN (SELECT value FROM json_each(?3))
          ORDER BY message_row
          LIMIT ?2
          """);

  private static final String UNDELIVERED =
      """
      SELECT count(*)
        FROM (SELECT 1
                FROM outbox INDEXED BY outbox_by_destination
               WHERE destination = ?
               LIMIT ?)
      """;

  List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit) {
    return passedOver.isEmpty()
        ? page(WAITING, destination, Limits.rows(limit))
        : page(OF_OTHER_STREAMS, destination, Limits.rows(limit), names(passedOver));
  }

  int undelivered(String destination, int atMost) {
    return reader
        .first(
            "count the outbox to " + destination,
            UNDELIVERED,
            row -> row.getInt(1),
            destination,
            Limits.rows(atMost))
        .orElseThrow();
  }

  private List<OutboxMessage> page(String sql, String destination, Object... more) {
    Object[] values = new Object[more.length + 1];
    values[0] = destination;
    System.arraycopy(more, 0, values, 1, more.length);
    return reader.list(
        "read the outbox to " + destination,
        sql,
        row ->
            new OutboxMessage(
                row.getString(1),
                row.getString(2),
                new StreamId(row.getString(3)),
                Columns.payload(row, 4)),
        values);
  }

  /// As a JSON array.
  private static String names(Set<StreamId> streams) {
    var json = new CanonicalWriter().beginArray();
    streams.forEach(stream -> json.string(stream.value()));
    return json.endArray().toString();
  }
}
