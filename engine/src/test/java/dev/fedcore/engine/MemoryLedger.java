package dev.fedcore.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A complete ledger in memory: as durable as the test that holds it. Outlives the services that
/// work on it, as a disk does.
final class MemoryLedger implements Ledger {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<LoggedEntry> log = new ArrayList<>();
  private final List<TenantId> tenants = new ArrayList<>();
  private final Map<StreamId, List<LoggedEntry>> streams = new HashMap<>();
  private final Map<String, RunRow> runs = new TreeMap<>();
  private final Map<RunId, List<Document>> receipts = new HashMap<>();
  private final Map<GateId, GateRow> gates = new LinkedHashMap<>();
  private final Map<GateId, Timer> timers = new LinkedHashMap<>();
  private final Map<String, NamedRecord> records = new TreeMap<>();
  private final Map<String, KeptAnswer> answers = new HashMap<>();
  private final Map<String, OutboxMessage> outbox = new LinkedHashMap<>();
  private final MemoryPeople people = new MemoryPeople();
  private final Set<StreamId> closedStreams = new HashSet<>();
  private final Set<StreamId> unreadable = new HashSet<>();
  private boolean closed;

  @Override
  public AppendResult append(Append append) {
    return locked(() -> {
      Optional<KeptAnswer> earlier =
          append.answer().flatMap(a -> Optional.ofNullable(answers.get(answerKey(a))));
      if (earlier.isPresent()) {
        return new AppendResult.KeyTaken(earlier.get());
      }
      long actual = streams.getOrDefault(append.stream(), List.of()).size();
      if (actual != append.expectedVersion()
          || closedStreams.contains(append.stream())
          || !people.accepts(append)
          || !stands(append)) {
        return new AppendResult.VersionConflict(append.expectedVersion(), actual);
      }
      requireSound(append, actual);
      keep(append);
      return new AppendResult.Appended(actual + append.entries().size(), log.size() - 1L);
    });
  }

  @Override
  public List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit) {
    return locked(() -> {
      if (unreadable.contains(stream)) {
        throw new MalformedInput("/details", "cannot be read");
      }
      return page(
          streams.getOrDefault(stream, List.of()).stream(), entry -> entry.seq() >= fromSeq, limit);
    });
  }

  /// From now on the entries of these runs cannot be read, as if they were damaged; those of all
  /// others can.
  void unreadable(Collection<RunId> damaged) {
    locked(() -> {
      unreadable.clear();
      return unreadable.addAll(damaged.stream().map(StreamId::of).toList());
    });
  }

  @Override
  public List<LoggedEntry> page(StreamId stream, long fromSeq, int limit) {
    return stream(stream, fromSeq, limit);
  }

  @Override
  public Optional<LoggedEntry> last(StreamId stream) {
    return locked(() -> streams.getOrDefault(stream, List.of()).stream().reduce((_, last) -> last));
  }

  @Override
  public List<LoggedEntry> log(long fromIndex, int limit) {
    return locked(() -> page(log.stream(), entry -> entry.index() >= fromIndex, limit));
  }

  @Override
  public List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit) {
    return locked(() ->
        page(
            log.stream(),
            entry ->
                entry.index() >= fromIndex
                    && tenants.get(Math.toIntExact(entry.index())).equals(tenant),
            limit));
  }

  @Override
  public List<byte[]> hashes(long fromIndex, int limit) {
    return log(fromIndex, limit).stream()
        .map(entry -> HexFormat.of().parseHex(entry.document().hash()))
        .toList();
  }

  @Override
  public long size() {
    return locked(() -> (long) log.size());
  }

  @Override
  public Optional<RunRow> run(RunId run) {
    return locked(() -> Optional.ofNullable(runs.get(run.toString())));
  }

  @Override
  public Optional<TenantId> tenantOf(RunId run) {
    return run(run).map(RunRow::tenant);
  }

  @Override
  public List<RunRow> runs(RunQuery query, int offset) {
    int limit = Math.min(query.limit(), RunQuery.LIMIT_MAX);
    return matching(query, offset + limit).stream().skip(offset).toList();
  }

  @Override
  public int count(RunQuery query, int atMost) {
    return matching(query, atMost).size();
  }

  private List<RunRow> matching(RunQuery query, int limit) {
    Predicate<RunRow> wanted =
        row ->
            row.tenant().equals(query.tenant())
                && query.status().map(s -> s == row.status()).orElse(true)
                && query.workflowId().map(row.workflowId()::equals).orElse(true)
                && query.actor().map(row.actor()::equals).orElse(true)
                && query
                    .before()
                    .map(b -> row.run().toString().compareTo(b.toString()) < 0)
                    .orElse(true);
    return locked(() -> page(List.copyOf(runs.values()).reversed().stream(), wanted, limit));
  }

  @Override
  public List<RunId> atWork(Optional<RunId> after, int limit) {
    return locked(() ->
        page(
                runs.values().stream(),
                row ->
                    row.atWork()
                        && after
                            .map(a -> row.run().toString().compareTo(a.toString()) > 0)
                            .orElse(true),
                limit)
            .stream()
            .map(RunRow::run)
            .toList());
  }

  @Override
  public Optional<GateRow> gate(GateId gate) {
    return locked(() -> Optional.ofNullable(gates.get(gate)));
  }

  @Override
  public List<GateRow> gates(RunId run) {
    return locked(() -> page(gates.values().stream(), row -> row.run().equals(run), ROWS_MAX));
  }

  @Override
  public List<GateRow> gates(TenantId tenant, GateStatus status, int limit) {
    return locked(() ->
        page(
            gates.values().stream().sorted(Comparator.comparing(GateRow::expiresAt)),
            row -> row.tenant().equals(tenant) && row.status() == status,
            limit));
  }

  @Override
  public List<Document> receipts(RunId run) {
    return locked(() -> List.copyOf(receipts.getOrDefault(run, List.of())));
  }

  @Override
  public Optional<Document> receipt(RunId run, String hash) {
    return receipts(run).stream().filter(receipt -> receipt.hash().equals(hash)).findFirst();
  }

  @Override
  public List<Timer> timersDue(Instant now, int limit) {
    return locked(() ->
        page(
            timers.values().stream().sorted(Comparator.comparing(Timer::dueAt)),
            timer -> !timer.dueAt().isAfter(now),
            limit));
  }

  @Override
  public Optional<NamedRecord> record(TenantId tenant, String kind, String key) {
    return locked(() -> Optional.ofNullable(records.get(recordKey(tenant, kind, key))));
  }

  @Override
  public List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix) {
    return locked(() ->
        page(
            records.values().stream(),
            row ->
                row.tenant().equals(tenant)
                    && row.kind().equals(kind)
                    && row.key().startsWith(keyPrefix),
            ROWS_MAX));
  }

  @Override
  public List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit) {
    return records(tenant, kind, "").stream()
        .filter(record -> record.key().compareTo(afterKey) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<String> keys(TenantId tenant, String kind, String keyPrefix) {
    return records(tenant, kind, keyPrefix).stream().map(NamedRecord::key).toList();
  }

  @Override
  public Optional<KeptAnswer> answer(TenantId tenant, String key) {
    return locked(() -> Optional.ofNullable(answers.get(tenant + "/" + key)));
  }

  @Override
  public List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit) {
    return locked(() ->
        page(
            outbox.values().stream(),
            m -> m.destination().equals(destination) && !passedOver.contains(m.stream()),
            limit));
  }

  @Override
  public int undelivered(String destination, int atMost) {
    return outbox(destination, atMost).size();
  }

  @Override
  public void delivered(List<String> ids) {
    locked(() -> outbox.keySet().removeAll(ids));
  }

  @Override
  public Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return locked(() -> people.subject(tenant, subject));
  }

  @Override
  public Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    return locked(() -> people.disclosed(tenant, commitments));
  }

  @Override
  public List<Disclosure> disclosures(StreamId stream) {
    return locked(() -> people.disclosures(stream));
  }

  @Override
  public List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit) {
    return disclosures(stream).stream()
        .filter(disclosure -> disclosure.commitment().compareTo(after) > 0)
        .sorted(Comparator.comparing(Disclosure::commitment))
        .limit(limit)
        .toList();
  }

  @Override
  public void compact() {}

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Append append) {
    List<LoggedEntry> stream = streams.computeIfAbsent(append.stream(), _ -> new ArrayList<>());
    for (Document entry : append.entries()) {
      var logged = new LoggedEntry(log.size(), append.stream(), stream.size(), entry);
      log.add(logged);
      tenants.add(append.tenant());
      stream.add(logged);
    }
    append
        .run()
        .ifPresent(row -> {
          runs.put(row.run().toString(), row);
          receipts.computeIfAbsent(row.run(), _ -> new ArrayList<>()).addAll(append.receipts());
        });
    append.gates().forEach(row -> gates.put(row.gate(), row));
    append.timersSet().forEach(timer -> timers.put(timer.gate(), timer));
    append.timersCleared().forEach(timers::remove);
    append.records().forEach(r -> records.put(recordKey(r.tenant(), r.kind(), r.key()), r));
    append.outbox().forEach(message -> outbox.putIfAbsent(message.id(), message));
    append.answer().ifPresent(answer -> answers.put(answerKey(answer), answer));
    people.keep(append);
    append.personal().erasing().ifPresent(erasure -> erase(append, erasure));
  }

  /// Whether an erasure was decided on what is still so.
  private boolean stands(Append append) {
    return append
        .personal()
        .erasing()
        .map(erasure ->
            erasure.runs().stream()
                    .allMatch(
                        row -> run(row.run()).filter(r -> r.version() == row.version()).isPresent())
                && runs.values().stream()
                    .filter(row -> row.tenant().equals(append.tenant()))
                    .filter(row -> row.actor().equals(erasure.subject()))
                    .allMatch(row -> row.status().isTerminal()))
        .orElse(true);
  }

  private void erase(Append append, Erasure erasure) {
    for (RunRow row : erasure.runs()) {
      runs.put(row.run().toString(), row);
      closedStreams.add(StreamId.of(row.run()));
      outbox
          .values()
          .removeIf(m ->
              m.stream().equals(StreamId.of(row.run()))
                  && m.body().toString().contains(erasure.subject()));
      answers.replaceAll((_, answer) -> forgotten(append, row, answer));
    }
    erasure.gates().forEach(row -> gates.put(row.gate(), row));
  }

  private static KeptAnswer forgotten(Append append, RunRow row, KeptAnswer answer) {
    boolean isOfRun =
        answer.tenant().equals(append.tenant()) && answer.location().contains(row.run().toString());
    return isOfRun
        ? new KeptAnswer(
            answer.tenant(),
            answer.key(),
            "erased",
            answer.status(),
            answer.location(),
            new Payload("{\"erased\":true}".getBytes(UTF_8)))
        : answer;
  }

  /// What the port promises its implementations about every append; a breach is the engine's bug.
  private static void requireSound(Append append, long actual) {
    append
        .run()
        .ifPresent(row -> {
          if (row.version() != actual + append.entries().size()) {
            throw new IllegalArgumentException(
                "the run's row is not of the version it is kept with");
          }
        });
    if (append.run().isEmpty() && !append.receipts().isEmpty()) {
      throw new IllegalArgumentException("receipts belong to a run");
    }
  }

  private static <T> List<T> page(Stream<T> rows, Predicate<T> wanted, int limit) {
    return rows.filter(wanted).limit(Math.min(limit, ROWS_MAX)).toList();
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      if (closed) {
        throw new LedgerUnavailable("use a ledger that is closed");
      }
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static String answerKey(KeptAnswer answer) {
    return answer.tenant() + "/" + answer.key();
  }

  private static String recordKey(TenantId tenant, String kind, String key) {
    return tenant + "/" + kind + "/" + key;
  }
}
