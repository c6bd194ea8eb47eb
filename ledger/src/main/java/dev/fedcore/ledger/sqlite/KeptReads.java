package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;
import java.util.Optional;

/// Reads what is kept by name, what was answered under a key, and what is still to be told.
///
/// @param reader asks the file
record KeptReads(LedgerReader reader) {

  private static final String RECORD =
      """
      SELECT key, body
        FROM record
       WHERE tenant = ?
         AND kind = ?
         AND key = ?
      """;

  private static final String RECORDS =
      """
      SELECT key, body
        FROM record
       WHERE tenant = ?
         AND kind = ?
       ORDER BY key
       LIMIT ?
      """;

  private static final String ANSWER =
      """
      SELECT fingerprint, status, location, body
        FROM answer
       WHERE tenant = ?
         AND key = ?
      """;

  private static final String OUTBOX =
      """
      SELECT id, destination, stream, body
        FROM outbox
       WHERE destination = ?
       ORDER BY message_row
       LIMIT ?
      """;

  Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    return reader.first(
        "read %s %s".formatted(kind, key),
        RECORD,
        row -> new NamedRecord(tenant, kind, row.getString(1), Columns.payload(row, 2)),
        tenant.value(),
        kind,
        key);
  }

  List<NamedRecord> records(TenantId tenant, String kind) {
    return reader.list(
        "read every " + kind,
        RECORDS,
        row -> new NamedRecord(tenant, kind, row.getString(1), Columns.payload(row, 2)),
        tenant.value(),
        kind,
        Limits.rows());
  }

  Optional<KeptAnswer> answer(TenantId tenant, String key) {
    return reader.first(
        "read a kept answer",
        ANSWER,
        row ->
            new KeptAnswer(
                tenant,
                key,
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                Columns.payload(row, 4)),
        tenant.value(),
        key);
  }

  List<OutboxMessage> outbox(String destination, int limit) {
    return reader.list(
        "read the outbox to " + destination,
        OUTBOX,
        row ->
            new OutboxMessage(
                row.getString(1),
                row.getString(2),
                new StreamId(row.getString(3)),
                Columns.payload(row, 4)),
        destination,
        Limits.rows(limit));
  }
}
