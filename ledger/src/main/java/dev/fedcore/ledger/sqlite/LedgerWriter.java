package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.AppendResult.KeyTaken;
import dev.fedcore.engine.ledger.AppendResult.VersionConflict;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes appends through one connection, in transactions that the caller begins and commits.
///
/// Used by one thread. What it remembers of the file, the next index and the versions of streams,
/// holds as long as no transaction fails; after a failure it is never used again.
///
/// The write lock is held from `BEGIN IMMEDIATE` on, so nobody can append between the check of a
/// version and the rows that follow it. `UNIQUE (stream, seq)` says the same again, in the schema.
final class LedgerWriter {

  private static final String NEXT_INDEX =
      """
      SELECT coalesce(max(entry_index) + 1, 0)
        FROM entry
      """;

  private static final String VERSION =
      """
      SELECT coalesce(max(seq) + 1, 0)
        FROM entry
       WHERE stream = ?
      """;

  private static final String ENTRY =
      "INSERT INTO entry (entry_index, stream, seq, tenant, entry_hash, body)";

  private static final String RECEIPT = "INSERT INTO receipt (run_id, receipt_hash, body)";

  private static final String DELIVERED =
      """
      DELETE FROM outbox
       WHERE id = ?
      """;

  /// The version of a stream that takes no entry more: no append expects it. Whoever has a copy of
  /// an erased run in memory is refused by it.
  private static final long CLOSED = -1;

  private final PreparedStatement version;
  private final PreparedStatement delivered;
  private final DocumentRows entries;
  private final DocumentRows receipts;
  private final ViewWriter views;
  private final PeopleWriter people;
  private final Eraser eraser;
  private final StreamVersions versions = new StreamVersions();
  private long nextIndex;

  LedgerWriter(Connection connection) throws SQLException {
    version = connection.prepareStatement(VERSION);
    delivered = connection.prepareStatement(DELIVERED);
    entries = new DocumentRows(connection, ENTRY, 4, "?1 + %1$d, ?2, ?3 + %1$d, ?4"::formatted);
    receipts = new DocumentRows(connection, RECEIPT, 1, _ -> "?1");
    views = new ViewWriter(connection);
    people = new PeopleWriter(connection);
    eraser = new Eraser(connection);
    nextIndex = SqliteFile.number(connection, NEXT_INDEX);
  }

  /// Writes all of `append`, or finds before the first row that it must not be written. A taken key
  /// is found before a conflict: whoever repeats a request wants its answer.
  ///
  /// @param hashes of the entries, then of the receipts, 32 bytes each
  AppendResult append(Append append, List<byte[]> hashes) throws SQLException {
    Optional<KeptAnswer> earlier = earlierAnswer(append);
    if (earlier.isPresent()) {
      return new KeyTaken(earlier.get());
    }
    long actual = version(append.stream());
    if (actual != append.expectedVersion() || !people.accepts(append) || !eraser.accepts(append)) {
      return new VersionConflict(append.expectedVersion(), actual);
    }
    int entries = append.entries().size();
    writeEntries(append, hashes.subList(0, entries));
    writeReceipts(append, hashes.subList(entries, hashes.size()));
    views.write(append);
    people.write(append);
    if (append.personal().erasing().isPresent()) {
      erase(append, append.personal().erasing().get());
    }
    long next = actual + entries;
    versions.put(append.stream().value(), next);
    return new Appended(next, nextIndex - 1);
  }

  private void erase(Append append, Erasure erasure) throws SQLException {
    views.write(erasure);
    eraser.erase(append, erasure);
    erasure.runs().forEach(run -> versions.put(StreamId.of(run.run()).value(), CLOSED));
    people.erased(erasure.payloads());
    if (erasure.isLast()) {
      people.erased(erasure.pseudonym());
    }
  }

  /// Removes messages from the outbox. One that is not there is no error.
  ///
  /// @return how many were there
  int forget(List<String> messageIds) throws SQLException {
    int removed = 0;
    for (String id : messageIds) {
      delivered.setString(1, id);
      removed += delivered.executeUpdate();
    }
    return removed;
  }

  private Optional<KeptAnswer> earlierAnswer(Append append) throws SQLException {
    return append.answer().isPresent() ? views.answer(append.answer().get()) : Optional.empty();
  }

  private long version(StreamId stream) throws SQLException {
    Optional<Long> known = versions.get(stream.value());
    if (known.isPresent()) {
      return known.get();
    }
    version.setString(1, stream.value());
    try (var rows = version.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void writeEntries(Append append, List<byte[]> hashes) throws SQLException {
    long next = nextIndex;
    entries.insert(
        append.entries(),
        hashes,
        (statement, first) -> {
          statement.setLong(1, next + first);
          statement.setString(2, append.stream().value());
          statement.setLong(3, append.expectedVersion() + first);
          statement.setString(4, append.tenant().value());
        });
    nextIndex += append.entries().size();
  }

  private void writeReceipts(Append append, List<byte[]> hashes) throws SQLException {
    receipts.insert(
        append.receipts(),
        hashes,
        (statement, _) -> statement.setString(1, append.stream().value()));
  }

  /// The hashes that [#append] wants: worked out by the caller, to spare the writing thread.
  ///
  /// @throws IllegalArgumentException if one is not a SHA-256, or a tenant's stream has receipts
  static List<byte[]> hashes(Append append) {
    if (!append.receipts().isEmpty() && !append.stream().isRun()) {
      throw new IllegalArgumentException("receipts belong to a run, not to " + append.stream());
    }
    var hashes = new ArrayList<byte[]>();
    append.entries().forEach(document -> hashes.add(Sha256.parseHex(document.hash())));
    append.receipts().forEach(document -> hashes.add(Sha256.parseHex(document.hash())));
    return hashes;
  }
}
