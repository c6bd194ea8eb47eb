package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads entries and receipts: what is evidence, as it was written.
///
/// @param reader asks the file
record EntryReads(LedgerReader reader) {

  private static final String STREAM =
      """
      SELECT entry_index, stream, seq, entry_hash, body
        FROM entry
       WHERE stream = ?
         AND seq >= ?
       ORDER BY seq
       LIMIT ?
      """;

  private static final PagedTable ENTRY =
      new PagedTable(
          "entry",
          "entry_index",
          "entry_index",
          "length(body)",
          "entry_index, stream, seq, entry_hash, body");

  /// Within a stream, the order by `seq` is that by index.
  private static final String PAGE =
      ENTRY.page(
          """
           FROM entry
          WHERE stream = ?
            AND seq >= ?
          ORDER BY seq
          LIMIT ?
          """);

  private static final String LAST =
      """
      SELECT entry_index, stream, seq, entry_hash, body
        FROM entry
       WHERE stream = ?
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String LOG =
      """
      SELECT entry_index, stream, seq, entry_hash, body
        FROM entry
       WHERE entry_index >= ?
       ORDER BY entry_index
       LIMIT ?
      """;

  private static final String TENANT_LOG =
      ENTRY.page(
          """
           FROM entry INDEXED BY entry_by_tenant
          WHERE tenant = ?
            AND entry_index >= ?
          ORDER BY entry_index
          LIMIT ?
          """);

  private static final String HASHES =
      """
      SELECT entry_hash
        FROM entry
       WHERE entry_index >= ?
       ORDER BY entry_index
       LIMIT ?
      """;

  private static final String SIZE =
      """
      SELECT coalesce(max(entry_index) + 1, 0)
        FROM entry
      """;

  private static final String RECEIPTS =
      """
      SELECT receipt_hash, body
        FROM receipt
       WHERE run_id = ?
       ORDER BY receipt_index
       LIMIT ?
      """;

  private static final String RECEIPT =
      """
      SELECT receipt_hash, body
        FROM receipt
       WHERE run_id = ?
         AND receipt_hash = ?
       LIMIT 1
      """;

  List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit) {
    return reader.list(
        "read " + stream, STREAM, EntryReads::entry, stream.value(), fromSeq, Limits.rows(limit));
  }

  List<LoggedEntry> page(StreamId stream, long fromSeq, int limit) {
    return reader.list(
        "read " + stream, PAGE, EntryReads::entry, stream.value(), fromSeq, Limits.rows(limit));
  }

  Optional<LoggedEntry> last(StreamId stream) {
    return reader.first("read the end of " + stream, LAST, EntryReads::entry, stream.value());
  }

  List<LoggedEntry> log(long fromIndex, int limit) {
    return reader.list("read the log", LOG, EntryReads::entry, fromIndex, Limits.rows(limit));
  }

  List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit) {
    return reader.list(
        "read the log of " + tenant,
        TENANT_LOG,
        EntryReads::entry,
        tenant.value(),
        fromIndex,
        Limits.rows(limit));
  }

  List<byte[]> hashes(long fromIndex, int limit) {
    return reader.list(
        "read the log's hashes", HASHES, row -> row.getBytes(1), fromIndex, Limits.rows(limit));
  }

  long size() {
    return reader.first("read the log's size", SIZE, row -> row.getLong(1)).orElseThrow();
  }

  List<Document> receipts(RunId run) {
    return reader.list(
        "read the receipts of " + run,
        RECEIPTS,
        row -> Columns.document(row, 1),
        run.toString(),
        Limits.rows());
  }

  /// A hash that is not one belongs to no receipt.
  Optional<Document> receipt(RunId run, String hash) {
    if (!Sha256.isHex(hash)) {
      return Optional.empty();
    }
    return reader.first(
        "read a receipt of " + run,
        RECEIPT,
        row -> Columns.document(row, 1),
        run.toString(),
        Sha256.parseHex(hash));
  }

  private static LoggedEntry entry(ResultSet row) throws SQLException {
    return new LoggedEntry(
        row.getLong(1), new StreamId(row.getString(2)), row.getLong(3), Columns.document(row, 4));
  }
}
