package dev.fedcore.engine;

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
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// One process's line to a ledger that outlives it. Can be cut, as by the process's end, and can
/// fail in the ways a ledger does, by a script.
final class LedgerLine implements Ledger {

  private final Ledger ledger;
  private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> runScript = new ConcurrentLinkedQueue<>();
  private final List<Append> kept = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> beforeStream = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> afterRun = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> afterRecord = new AtomicReference<>(() -> {});
  private volatile boolean down;

  LedgerLine(Ledger ledger) {
    this.ledger = ledger;
  }

  /// What becomes of one append.
  enum Fault {
    NONE,
    /// It is lost, and the caller hears that nobody answered.
    LOST,
    /// It is kept, and the caller hears that nobody answered.
    ANSWER_LOST
  }

  /// The next appends go like this, one after the other; those after them go well.
  void script(Fault... faults) {
    script.addAll(List.of(faults));
  }

  /// Like [#script], but only appends to runs count.
  void scriptRuns(Fault... faults) {
    runScript.addAll(List.of(faults));
  }

  /// From now on nobody answers.
  void cut() {
    down = true;
  }

  /// Answers again.
  void mend() {
    down = false;
  }

  /// Runs `interruption` once, right after the next read of a run's row.
  void afterNextRunRead(Runnable interruption) {
    afterRun.set(interruption);
  }

  /// Runs `interruption` once, right after the next read of a record kept by name.
  void afterNextRecordRead(Runnable interruption) {
    afterRecord.set(interruption);
  }

  /// From now on whoever is not the calling thread reads a stream when `released` has come.
  void holdOthersUntil(CountDownLatch released) {
    Thread caller = Thread.currentThread();
    beforeStream.set(() -> {
      if (!Thread.currentThread().equals(caller)) {
        await(released);
      }
    });
  }

  private static void await(CountDownLatch released) {
    try {
      if (!released.await(ScriptedAdapter.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody released the readers");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable("read a stream");
    }
  }

  /// The appends that were kept over this line, oldest first.
  List<Append> kept() {
    return kept;
  }

  @Override
  public AppendResult append(Append append) {
    Optional<Fault> forRuns =
        append.run().isPresent() ? Optional.ofNullable(runScript.poll()) : Optional.empty();
    Fault fault = forRuns.or(() -> Optional.ofNullable(script.poll())).orElse(Fault.NONE);
    if (fault == Fault.LOST) {
      throw new LedgerUnavailable("append");
    }
    AppendResult result = ask(() -> ledger.append(append));
    if (result instanceof AppendResult.Appended) {
      kept.add(append);
    }
    if (fault == Fault.ANSWER_LOST) {
      throw new LedgerUnavailable("append");
    }
    return result;
  }

  @Override
  public Optional<RunRow> run(RunId run) {
    Optional<RunRow> row = ask(() -> ledger.run(run));
    afterRun.getAndSet(() -> {}).run();
    return row;
  }

  @Override
  public List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit) {
    beforeStream.get().run();
    return ask(() -> ledger.stream(stream, fromSeq, limit));
  }

  @Override
  public List<LoggedEntry> page(StreamId stream, long fromSeq, int limit) {
    return ask(() -> ledger.page(stream, fromSeq, limit));
  }

  @Override
  public Optional<LoggedEntry> last(StreamId stream) {
    return ask(() -> ledger.last(stream));
  }

  @Override
  public List<LoggedEntry> log(long fromIndex, int limit) {
    return ask(() -> ledger.log(fromIndex, limit));
  }

  @Override
  public List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit) {
    return ask(() -> ledger.log(tenant, fromIndex, limit));
  }

  @Override
  public List<byte[]> hashes(long fromIndex, int limit) {
    return ask(() -> ledger.hashes(fromIndex, limit));
  }

  @Override
  public long size() {
    return ask(ledger::size);
  }

  @Override
  public Optional<TenantId> tenantOf(RunId run) {
    return ask(() -> ledger.tenantOf(run));
  }

  @Override
  public List<RunRow> runs(RunQuery query, int offset) {
    return ask(() -> ledger.runs(query, offset));
  }

  @Override
  public int count(RunQuery query, int atMost) {
    return ask(() -> ledger.count(query, atMost));
  }

  @Override
  public List<RunId> atWork(Optional<RunId> after, int limit) {
    return ask(() -> ledger.atWork(after, limit));
  }

  @Override
  public Optional<GateRow> gate(GateId gate) {
    return ask(() -> ledger.gate(gate));
  }

  @Override
  public List<GateRow> gates(RunId run) {
    return ask(() -> ledger.gates(run));
  }

  @Override
  public List<GateRow> gates(TenantId tenant, GateStatus status, int limit) {
    return ask(() -> ledger.gates(tenant, status, limit));
  }

  @Override
  public List<Document> receipts(RunId run) {
    return ask(() -> ledger.receipts(run));
  }

  @Override
  public Optional<Document> receipt(RunId run, String hash) {
    return ask(() -> ledger.receipt(run, hash));
  }

  @Override
  public List<Timer> timersDue(Instant now, int limit) {
    return ask(() -> ledger.timersDue(now, limit));
  }

  @Override
  public Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    Optional<NamedRecord> record = ask(() -> ledger.record(tenant, kind, key));
    afterRecord.getAndSet(() -> {}).run();
    return record;
  }

  @Override
  public List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix) {
    return ask(() -> ledger.records(tenant, kind, keyPrefix));
  }

  @Override
  public List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit) {
    return ask(() -> ledger.recordsAfter(tenant, kind, afterKey, limit));
  }

  @Override
  public List<String> keys(TenantId tenant, String kind, String keyPrefix) {
    return ask(() -> ledger.keys(tenant, kind, keyPrefix));
  }

  @Override
  public Optional<KeptAnswer> answer(TenantId tenant, String key) {
    return ask(() -> ledger.answer(tenant, key));
  }

  @Override
  public Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return ask(() -> ledger.subject(tenant, subject));
  }

  @Override
  public Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    return ask(() -> ledger.disclosed(tenant, commitments));
  }

  @Override
  public List<Disclosure> disclosures(StreamId stream) {
    return ask(() -> ledger.disclosures(stream));
  }

  @Override
  public List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit) {
    return ask(() -> ledger.disclosuresAfter(stream, after, limit));
  }

  @Override
  public void compact() {
    ledger.compact();
  }

  @Override
  public List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit) {
    return ask(() -> ledger.outbox(destination, passedOver, limit));
  }

  @Override
  public int undelivered(String destination, int atMost) {
    return ask(() -> ledger.undelivered(destination, atMost));
  }

  @Override
  public void delivered(List<String> ids) {
    ask(() -> {
      ledger.delivered(ids);
      return true;
    });
  }

  @Override
  public void close() {
    cut();
  }

  private <T> T ask(Supplier<T> question) {
    if (down) {
      throw new LedgerUnavailable("reach the ledger");
    }
    return question.get();
  }
}
