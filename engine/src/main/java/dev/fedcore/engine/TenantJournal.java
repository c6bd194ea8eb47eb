package dev.fedcore.engine;

import dev.fedcore.engine.disclosure.Sealing;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Genesis;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Writes the tenants' own streams: refused commands, and what administrators did.
///
/// Refusals are bounded by rate, so that a flood of them cannot bloat the log; how many were left
/// out is an entry too (DESIGN section 2, rule 3). Safe for use by many threads.
public final class TenantJournal {

  /// How many refusals of one tenant are written in a second; more are counted.
  static final int REFUSALS_PER_SECOND_MAX = 10;

  private static final Duration WINDOW = Duration.ofSeconds(1);

  /// How often an append is tried against a moving stream before giving up.
  private static final int TRIES_MAX = 3;

  private final Ledger ledger;
  private final Commits commits;
  private final InstantSource clock;
  private final SubjectKeys subjects;
  private final Map<TenantId, Stream> streams = new ConcurrentHashMap<>();

  /// @param subjects the keys under which names are sealed
  public TenantJournal(Ledger ledger, Commits commits, InstantSource clock, SubjectKeys subjects) {
    this.subjects = subjects;
    this.ledger = ledger;
    this.commits = commits;
    this.clock = clock;
  }

  /// Writes one event, and keeps `records` in the same transaction.
  ///
  /// @throws LedgerUnavailable if it could not be written; nothing is kept then
  public void record(Principal by, TenantEvent event, List<NamedRecord> records) {
    record(by, event, new Beside(records, Personal.NONE));
  }

  /// Writes one event, and keeps or erases in the same transaction what is known of people.
  ///
  /// @throws LedgerUnavailable if that could not be done, because a run has moved on since it was
  ///   read or for any other reason; nothing is erased then
  public void record(Principal by, TenantEvent event, Personal people) {
    record(by, event, new Beside(List.of(), people));
  }

  private void record(Principal by, TenantEvent event, Beside beside) {
    Stream stream = streams.computeIfAbsent(by.tenant(), Stream::new);
    stream.lock.lock();
    try {
      stream.append(by.actor(), List.of(event), beside);
    } finally {
      stream.lock.unlock();
    }
  }

  /// Writes that `command` was refused, unless there were too many in this second.
  ///
  /// @param refusal the kind of refusal, as in its problem's type
  public void refused(Principal by, String command, String refusal, JsonObject details) {
    Stream stream = streams.computeIfAbsent(by.tenant(), Stream::new);
    stream.lock.lock();
    try {
      if (!stream.mayWriteRefusal()) {
        stream.suppressed++;
        return;
      }
      var events = new ArrayList<TenantEvent>();
      long suppressed = stream.suppressed;
      stream.takeSuppressed().ifPresent(events::add);
      var members =
          JsonObject.builder()
              .put("command", command)
              .put("context", details)
              .put("refusal", refusal)
              .build();
      events.add(
          new TenantEvent(
              "FC-REFUSAL-001", "command.refused.v1", command + " refused: " + refusal, members));
      try {
        stream.append(by.actor(), events, Beside.NOTHING);
      } catch (LedgerUnavailable e) {
        stream.suppressed = suppressed + 1;
        throw e;
      }
    } finally {
      stream.lock.unlock();
    }
  }

  /// What is written in the transaction of the entries.
  private record Beside(List<NamedRecord> records, Personal people) {

    static final Beside NOTHING = new Beside(List.of(), Personal.NONE);
  }

  /// One tenant's stream, as far as this process knows it. Guarded by its lock.
  private final class Stream {

    private final ReentrantLock lock = new ReentrantLock();
    private final TenantId tenant;
    private final StreamId id;
    private boolean known;
    private long version;
    private String head;
    private Instant windowEnd = Instant.EPOCH;
    private int inWindow;
    private long suppressed;

    Stream(TenantId tenant) {
      this.tenant = tenant;
      this.id = StreamId.of(tenant);
      this.head = genesis();
    }

    boolean mayWriteRefusal() {
      Instant now = clock.instant();
      boolean isClockSetBack = now.isBefore(windowEnd.minus(WINDOW));
      if (isClockSetBack || !now.isBefore(windowEnd)) {
        windowEnd = now.plus(WINDOW);
        inWindow = 0;
      }
      return ++inWindow <= REFUSALS_PER_SECOND_MAX;
    }

    Optional<TenantEvent> takeSuppressed() {
      if (suppressed == 0) {
        return Optional.empty();
      }
      var event =
          new TenantEvent(
              "FC-REFUSAL-002",
              "refusals.suppressed.v1",
              suppressed + " refusals were not written one by one",
              JsonObject.builder().put("count", suppressed).build());
      suppressed = 0;
      return Optional.of(event);
    }

    void append(String actor, List<TenantEvent> events, Beside beside) {
      for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
        if (!known) {
          findEnd();
        }
        if (tryAppend(actor, events, beside)) {
          return;
        }
        known = false;
      }
      throw new LedgerUnavailable("write to the stream of tenant " + tenant);
    }

    private boolean tryAppend(String actor, List<TenantEvent> events, Beside beside) {
      Sealing sealing = subjects.sealing(tenant, id);
      String by = sealing.person(actor);
      var entries = new ArrayList<Document>();
      String last = head;
      for (TenantEvent event : events) {
        Document entry = entry(by, event, version + entries.size(), last);
        entries.add(entry);
        last = entry.hash();
      }
      known = false;
      AppendResult result =
          ledger.append(
              append(entries, beside.records()).with(sealing.taken().and(beside.people())));
      if (result instanceof AppendResult.Appended appended) {
        version = appended.version();
        head = last;
        known = true;
        commits.reached(appended.lastIndex(), false);
        return true;
      }
      subjects.forget(tenant, actor);
      return false;
    }

    private Append append(List<Document> entries, List<NamedRecord> records) {
      return new Append(
          id,
          tenant,
          version,
          entries,
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          records,
          List.of(),
          Optional.empty(),
          Personal.NONE);
    }

    private Document entry(String actor, TenantEvent event, long seq, String prev) {
      var entry =
          new AuditEntry(
              id.value(),
              tenant.value(),
              seq,
              event.code(),
              event.type(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              actor,
              Optional.empty(),
              Optional.empty(),
              event.message(),
              event.details(),
              Timestamp.of(clock.instant()),
              prev,
              AuditEntry.SEALED);
      byte[] bytes = entry.bytes();
      return new Document(bytes, Sha256.hex(bytes));
    }

    private void findEnd() {
      Optional<LoggedEntry> last = ledger.last(id);
      version = last.map(entry -> entry.seq() + 1).orElse(0L);
      head = last.map(entry -> entry.document().hash()).orElseGet(this::genesis);
      known = true;
    }

    private String genesis() {
      return Genesis.ofStream(id.value(), tenant.value()).hash();
    }
  }
}
