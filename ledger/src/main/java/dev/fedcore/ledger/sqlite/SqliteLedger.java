package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.evidence.note.PrivateDirectory;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.sqlite.Connections;
import dev.fedcore.sqlite.DirectoryLock;
import dev.fedcore.sqlite.GroupCommit;
import dev.fedcore.sqlite.OpenFailure;
import dev.fedcore.sqlite.Readers;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A ledger in one SQLite file, `ledger.db`, in write-ahead mode, each commit flushed to the disk.
///
/// One thread writes for everybody and shares each flush among whatever waits; reads go on beside
/// it. One process at a time: the lock is the file `ledger.lock`, and the data directory must be on
/// a local disk.
public final class SqliteLedger implements Ledger {

  private final Writes writes;
  private final Readers readers;
  private final Optional<DirectoryLock> lock;
  private final EntryReads entries;
  private final RunReads runs;
  private final GateReads gates;
  private final KeptReads kept;
  private final OutboxReads outbox;
  private final PeopleReads people;
  private final RecentHashes recent = new RecentHashes();

  private SqliteLedger(Writes writes, Readers readers, Optional<DirectoryLock> lock) {
    this.writes = writes;
    this.readers = readers;
    this.lock = lock;
    var reader = new LedgerReader(readers);
    this.entries = new EntryReads(reader);
    this.runs = new RunReads(reader);
    this.gates = new GateReads(reader);
    this.kept = new KeptReads(reader);
    this.outbox = new OutboxReads(reader);
    this.people = new PeopleReads(reader);
  }

  /// Opens the ledger in `dataDirectory` for writing; makes directory and ledger if there are none,
  /// and brings an older ledger to the present schema.
  ///
  /// @throws StoreRefused if another process has it open, or this program must not open it
  /// @throws LedgerUnavailable if the disk does not answer
  public static SqliteLedger open(Path dataDirectory) {
    SqliteFile file = LedgerFile.in(dataDirectory);
    return open(dataDirectory, LedgerFile.SCHEMA, file::openForWriting);
  }

  /// @param connections opens the connections to write through, one after the other
  static SqliteLedger open(Path dataDirectory, Schema schema, Connections connections) {
    try {
      PrivateDirectory.make(dataDirectory);
      DirectoryLock lock = DirectoryLock.on(dataDirectory, LedgerFile.LOCK);
      try {
        SqliteFile file = LedgerFile.in(dataDirectory);
        schema.prepare(file);
        return new SqliteLedger(
            new Writes.Shared(
                GroupCommit.start(schema.what(), connections, LedgerWriter::new), file),
            new Readers(schema.what(), file::openForReading),
            Optional.of(lock));
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new LedgerUnavailable(
          "open the ledger in %s: %s".formatted(dataDirectory, OpenFailure.why(e)), e);
    }
  }

  /// A ledger that reads `file` through `readers` and refuses every append.
  static SqliteLedger readOnly(Readers readers) {
    return new SqliteLedger(new Writes.Refused(), readers, Optional.empty());
  }

  @Override
  public AppendResult append(Append append) {
    List<byte[]> hashes = LedgerWriter.hashes(append);
    AppendResult result =
        writes.commit(
            "append to " + append.stream(),
            hashes.size() + 1,
            writer -> writer.append(append, hashes));
    if (result instanceof AppendResult.Appended(_, long last)) {
      int entries = append.entries().size();
      recent.add(last - entries + 1, hashes.subList(0, entries));
    }
    return result;
  }

  /// How many transactions have been committed since the ledger was opened; each is one flush,
  /// shared by all appends that waited for it.
  public long commits() {
    return writes.commits();
  }

  @Override
  public void delivered(List<String> ids) {
    List<String> messageIds = List.copyOf(ids);
    if (!messageIds.isEmpty()) {
      writes.commit(
          "forget delivered messages", messageIds.size(), writer -> writer.forget(messageIds));
    }
  }

  @Override
  public List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit) {
    return entries.stream(stream, fromSeq, limit);
  }

  @Override
  public List<LoggedEntry> page(StreamId stream, long fromSeq, int limit) {
    return entries.page(stream, fromSeq, limit);
  }

  @Override
  public Optional<LoggedEntry> last(StreamId stream) {
    return entries.last(stream);
  }

  @Override
  public List<LoggedEntry> log(long fromIndex, int limit) {
    return entries.log(fromIndex, limit);
  }

  @Override
  public List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit) {
    return entries.log(tenant, fromIndex, limit);
  }

  @Override
  public List<byte[]> hashes(long fromIndex, int limit) {
    int rows = Limits.rows(limit);
    List<byte[]> hashes = recent.from(fromIndex, rows);
    hashes.addAll(entries.hashes(fromIndex + hashes.size(), rows - hashes.size()));
    return hashes;
  }

  @Override
  public long size() {
    return entries.size();
  }

  @Override
  public Optional<RunRow> run(RunId run) {
    return runs.run(run);
  }

  @Override
  public Optional<TenantId> tenantOf(RunId run) {
    return runs.tenantOf(run);
  }

  @Override
  public List<RunRow> runs(RunQuery query, int offset) {
    return runs.runs(query, offset);
  }

  @Override
  public int count(RunQuery query, int atMost) {
    return runs.count(query, atMost);
  }

  @Override
  public List<RunId> atWork(Optional<RunId> after, int limit) {
    return runs.atWork(after, limit);
  }

  @Override
  public Optional<GateRow> gate(GateId gate) {
    return gates.gate(gate);
  }

  @Override
  public List<GateRow> gates(RunId run) {
    return gates.gates(run);
  }

  @Override
  public List<GateRow> gates(TenantId tenant, GateStatus status, int limit) {
    return gates.gates(tenant, status, limit);
  }

  @Override
  public List<Document> receipts(RunId run) {
    return entries.receipts(run);
  }

  @Override
  public Optional<Document> receipt(RunId run, String hash) {
    return entries.receipt(run, hash);
  }

  @Override
  public List<Timer> timersDue(Instant now, int limit) {
    return gates.timersDue(now, limit);
  }

  @Override
  public Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    return kept.record(tenant, kind, key);
  }

  @Override
  public List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix) {
    return kept.records(tenant, kind, keyPrefix);
  }

  @Override
  public List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit) {
    return kept.recordsAfter(tenant, kind, afterKey, limit);
  }

  @Override
  public List<String> keys(TenantId tenant, String kind, String keyPrefix) {
    return kept.keys(tenant, kind, keyPrefix);
  }

  @Override
  public Optional<KeptAnswer> answer(TenantId tenant, String key) {
    return kept.answer(tenant, key);
  }

  @Override
  public List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit) {
    return outbox.outbox(destination, passedOver, limit);
  }

  @Override
  public int undelivered(String destination, int atMost) {
    return outbox.undelivered(destination, atMost);
  }

  @Override
  public Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return people.subject(tenant, subject);
  }

  @Override
  public Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    return people.disclosed(tenant, commitments);
  }

  @Override
  public List<Disclosure> disclosures(StreamId stream) {
    return people.disclosures(stream);
  }

  @Override
  public List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit) {
    return people.disclosuresAfter(stream, after, limit);
  }

  @Override
  public void compact() {
    writes.compact();
  }

  /// The connection that writes is closed last, for only it can move what is left of the
  /// write-ahead log into the file and leave one file behind.
  @Override
  public void close() {
    readers.close();
    writes.close();
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      throw new LedgerUnavailable("give the data directory back", e);
    }
  }
}
