package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.kernel.identity.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what is known of people: their keys, and what commitments stand for.
///
/// @param reader asks the file
record PeopleReads(LedgerReader reader) {

  private static final String SUBJECT =
      """
      SELECT subject_key, pseudonym
        FROM subject
       WHERE tenant = ?
         AND subject = ?
      """;

  /// Each commitment is found by an index. Equal words of many streams have one in common.
  private static final String DISCLOSED =
      """
      SELECT json_each.value,
             coalesce(
                 (SELECT subject
                    FROM subject
                   WHERE tenant = ?1
                     AND pseudonym = json_each.value),
                 (SELECT disclosure.value
                    FROM disclosure
                   WHERE tenant = ?1
                     AND commitment = json_each.value
                   LIMIT 1)) AS said
        FROM json_each(?2)
       WHERE said IS NOT NULL
      """;

  private static final String DISCLOSURES =
      """
      SELECT commitment, salt, value, author
        FROM disclosure
       WHERE stream = ?
       ORDER BY disclosure_row
       LIMIT ?
      """;

  private static final String DISCLOSURES_AFTER =
      new PagedTable(
              "disclosure",
              "disclosure_row",
              "commitment",
              "octet_length(value)",
              "commitment, salt, value, author")
          .page(
              """
               FROM disclosure
              WHERE stream = ?
                AND commitment > ?
              ORDER BY commitment
              LIMIT ?
              """);

  Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return reader.first(
        "read a key",
        SUBJECT,
        row -> new SubjectKey(tenant, subject, Sha256.hexOf(row.getBytes(1)), row.getString(2)),
        tenant.value(),
        subject);
  }

  Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    var wanted = new CanonicalWriter().beginArray();
    commitments.forEach(wanted::string);
    var values = new HashMap<String, String>();
    reader
        .list(
            "read what is disclosed",
            DISCLOSED,
            row -> Map.entry(row.getString(1), row.getString(2)),
            tenant.value(),
            wanted.endArray().toString())
        .forEach(found -> values.put(found.getKey(), found.getValue()));
    return values;
  }

  List<Disclosure> disclosures(StreamId stream) {
    return reader.list(
        "read the disclosures of " + stream,
        DISCLOSURES,
        row -> disclosure(stream, row),
        stream.value(),
        Limits.rows());
  }

  List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit) {
    return reader.list(
        "read the disclosures of " + stream,
        DISCLOSURES_AFTER,
        row -> disclosure(stream, row),
        stream.value(),
        after,
        Limits.rows(limit));
  }

  private static Disclosure disclosure(StreamId stream, ResultSet row) throws SQLException {
    return new Disclosure(
        stream,
        row.getString(1),
        Sha256.hexOf(row.getBytes(2)),
        row.getString(3),
        row.getString(4));
  }
}
