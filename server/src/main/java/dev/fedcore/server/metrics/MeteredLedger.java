package dev.fedcore.server.metrics;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A ledger whose appends are counted once they are durable. All else it passes on.
public final class MeteredLedger implements Ledger {

  private final Ledger ledger;
  private final ServerMetrics metrics;

  public MeteredLedger(Ledger ledger, ServerMetrics metrics) {
    this.ledger = ledger;
    this.metrics = metrics;
  }

  @Override
  public AppendResult append(Append append) {
    AppendResult result = ledger.append(append);
    if (result instanceof AppendResult.Appended) {
      metrics.written(append.stream(), append.entries());
    }
    return result;
  }

  @Override
  public List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit) {
    return ledger.stream(stream, fromSeq, limit);
  }

  @Override
  public List<LoggedEntry> page(StreamId stream, long fromSeq, int limit) {
    return ledger.page(stream, fromSeq, limit);
  }

  @Override
  public Optional<LoggedEntry> last(StreamId stream) {
    return ledger.last(stream);
  }

  @Override
  public List<LoggedEntry> log(long fromIndex, int limit) {
    return ledger.log(fromIndex, limit);
  }

  @Override
  public List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit) {
    return ledger.log(tenant, fromIndex, limit);
  }

  @Override
  public List<byte[]> hashes(long fromIndex, int limit) {
    return ledger.hashes(fromIndex, limit);
  }

  @Override
  public long size() {
    return ledger.size();
  }

  @Override
  public Optional<RunRow> run(RunId run) {
    return ledger.run(run);
  }

  @Override
  public Optional<TenantId> tenantOf(RunId run) {
    return ledger.tenantOf(run);
  }

  @Override
  public List<RunRow> runs(RunQuery query, int offset) {
    return ledger.runs(query, offset);
  }

  @Override
  public int count(RunQuery query, int atMost) {
    return ledger.count(query, atMost);
  }

  @Override
  public List<RunId> atWork(Optional<RunId> after, int limit) {
    return ledger.atWork(after, limit);
  }

  @Override
  public Optional<GateRow> gate(GateId gate) {
    return ledger.gate(gate);
  }

  @Override
  public List<GateRow> gates(RunId run) {
    return ledger.gates(run);
  }

  @Override
  public List<GateRow> gates(TenantId tenant, GateStatus status, int limit) {
    return ledger.gates(tenant, status, limit);
  }

  @Override
  public List<Document> receipts(RunId run) {
    return ledger.receipts(run);
  }

  @Override
  public Optional<Document> receipt(RunId run, String hash) {
    return ledger.receipt(run, hash);
  }

  @Override
  public List<Timer> timersDue(Instant now, int limit) {
    return ledger.timersDue(now, limit);
  }

  @Override
  public Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    return ledger.record(tenant, kind, key);
  }

  @Override
  public List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix) {
    return ledger.records(tenant, kind, keyPrefix);
  }

  @Override
  public List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit) {
    return ledger.recordsAfter(tenant, kind, afterKey, limit);
  }

  @Override
  public List<String> keys(TenantId tenant, String kind, String keyPrefix) {
    return ledger.keys(tenant, kind, keyPrefix);
  }

  @Override
  public Optional<KeptAnswer> answer(TenantId tenant, String key) {
    return ledger.answer(tenant, key);
  }

  @Override
  public List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit) {
    return ledger.outbox(destination, passedOver, limit);
  }

  @Override
  public int undelivered(String destination, int atMost) {
    return ledger.undelivered(destination, atMost);
  }

  @Override
  public void delivered(List<String> ids) {
    ledger.delivered(ids);
  }

  @Override
  public Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return ledger.subject(tenant, subject);
  }

  @Override
  public Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    return ledger.disclosed(tenant, commitments);
  }

  @Override
  public List<Disclosure> disclosures(StreamId stream) {
    return ledger.disclosures(stream);
  }

  @Override
  public List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit) {
    return ledger.disclosuresAfter(stream, after, limit);
  }

  @Override
  public void compact() {
    ledger.compact();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
