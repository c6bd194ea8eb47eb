package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;
import java.util.Optional;

/// Reads what is kept by name, and what was answered under a key.
///
/// @param reader asks the file
record KeptReads(LedgerReader reader) {

  /// The last character there is: a key that goes on after a prefix is below the prefix with it.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

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
         AND key >= ?
         AND key < ?
       ORDER BY key
       LIMIT ?
      """;

  private static final String RECORDS_AFTER =
      new PagedTable("record", "record_row", "key", "length(body)", "key, body")
          .page(
              """
               FROM record
              WHERE tenant = ?
                AND kind = ?
                AND key > ?
              ORDER BY key
              LIMIT ?
              """);

  private static final String KEYS =
      """
      SELECT key
        FROM record
       WHERE tenant = ?
         AND kind = ?
         AND key >= ?
         AND key < ?
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

  Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    return reader.first(
        "read %s %s".formatted(kind, key),
        RECORD,
        row -> new NamedRecord(tenant, kind, row.getString(1), Columns.payload(row, 2)),
        tenant.value(),
        kind,
        key);
  }

  List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix) {
    return reader.list(
        "read every " + kind,
        RECORDS,
        row -> new NamedRecord(tenant, kind, row.getString(1), Columns.payload(row, 2)),
        tenant.value(),
        kind,
        keyPrefix,
        keyPrefix + LAST,
        Limits.rows());
  }

  List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit) {
    return reader.list(
        "read a page of every " + kind,
        RECORDS_AFTER,
        row -> new NamedRecord(tenant, kind, row.getString(1), Columns.payload(row, 2)),
        tenant.value(),
        kind,
        afterKey,
        Limits.rows(limit));
  }

  List<String> keys(TenantId tenant, String kind, String keyPrefix) {
    return reader.list(
        "read the key of every " + kind,
        KEYS,
        row -> row.getString(1),
        tenant.value(),
        kind,
        keyPrefix,
        keyPrefix + LAST,
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
}
