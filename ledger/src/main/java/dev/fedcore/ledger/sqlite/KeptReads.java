package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what is kept by name, what was answered under a key, and what is still to be told.
///
/// @param reader asks the file
record KeptReads(LedgerReader reader) {

  /// The last character there is: a key that goes on after a prefix is below the prefix with it.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final String SUBJECT =
      """
      SELECT subject_key, pseudonym
        FROM subject
       WHERE tenant = ?
         AND subject = ?
      """;

  private static final String DISCLOSED =
      """
      SELECT subject
        FROM subject
       WHERE tenant = ?1
         AND pseudonym = ?2
       UNION ALL
      SELECT value
        FROM disclosure
       WHERE tenant = ?1
         AND commitment = ?2
      """;

  private static final String DISCLOSURES =
      """
      SELECT commitment, salt, value, author
        FROM disclosure
       WHERE stream = ?
       ORDER BY disclosure_row
       LIMIT ?
      """;

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

  Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return reader.first(
        "read a key",
        SUBJECT,
        row -> new SubjectKey(tenant, subject, Sha256.hexOf(row.getBytes(1)), row.getString(2)),
        tenant.value(),
        subject);
  }

  /// Asks for one commitment after the other; each is found by an index.
  Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    var values = new HashMap<String, String>();
    for (String commitment : commitments) {
      reader
          .first(
              "read what is disclosed",
              DISCLOSED,
              row -> row.getString(1),
              tenant.value(),
              commitment)
          .ifPresent(value -> values.put(commitment, value));
    }
    return values;
  }

  List<Disclosure> disclosures(StreamId stream) {
    return reader.list(
        "read the disclosures of " + stream,
        DISCLOSURES,
        row ->
            new Disclosure(
                stream,
                row.getString(1),
                Sha256.hexOf(row.getBytes(2)),
                row.getString(3),
                row.getString(4)),
        stream.value(),
        Limits.rows());
  }

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
