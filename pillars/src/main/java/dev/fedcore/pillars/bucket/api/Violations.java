package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.pillars.bucket.constitution.Escalation;
import dev.fedcore.pillars.bucket.constitution.Violation;
import dev.fedcore.pillars.bucket.constitution.ViolationType;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The violations of the constitution: each is an audit entry, and how often there were some in the
/// last hour decides who is told.
final class Violations {

  /// The operation type of such entries.
  private static final String KIND = "CONSTITUTIONAL_VIOLATION";

  private static final JsonLimits ENTRY = new JsonLimits(4 << 20, 512, 100_000);
  private static final Duration LOOKED_BACK = Duration.ofHours(1);
  private static final int ID_HEX = 8;

  /// The most violations that decide about an escalation: the newest ones.
  private static final int REMEMBERED_MAX = EntryPages.LIMIT_MAX;

  private final BucketStore store;
  private final Incidents incidents;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// The newest violations by their `seq`, so that one that is both read and written counts once.
  /// Read from the store when they are first asked for, and after an erasure. Guarded by the lock.
  private final TreeMap<Long, Recorded> newest = new TreeMap<>();

  private boolean isRead;

  Violations(Services services) {
    this.store = services.store();
    this.incidents = services.incidents();
    this.clock = services.clock();
  }

  /// A violation that was dealt with.
  ///
  /// @param id such as `VIO_1767225600_1f2e3d4c`
  /// @param kept whether it was written down; with too many at once only some are
  record Handled(String id, Violation violation, Escalation escalation, boolean kept) {

    JsonObject json() {
      return JsonObject.builder()
          .put("violation_id", id)
          .put("type", violation.type().text())
          .put("severity", violation.severity().name().toLowerCase(Locale.ROOT))
          .put("detail", violation.detail())
          .put("response", violation.severity().response())
          .put("escalation_required", escalation.required())
          .put(
              "escalation",
              JsonObject.builder()
                  .put("to", escalation.to())
                  .put("within", escalation.within())
                  .put("reason", escalation.reason())
                  .build())
          .put("recorded", kept)
          .build();
    }
  }

  /// A violation that was written down.
  record Recorded(String at, String id, ViolationType type, String endpoint, String requester) {

    JsonObject json() {
      return JsonObject.builder()
          .put("timestamp", at)
          .put("violation_id", id)
          .put("type", type.text())
          .put("severity", type.severity().name().toLowerCase(Locale.ROOT))
          .put("endpoint", endpoint)
          .put("requester_id", requester)
          .build();
    }
  }

  /// Writes a violation down and says what follows from it.
  Handled handle(Violation violation, String endpoint, Caller by) {
    Instant now = clock.instant();
    String text = "%s %s %s %s".formatted(now, by.name(), endpoint, violation);
    String hash = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    String id = "VIO_%d_%s".formatted(now.getEpochSecond(), hash.substring(0, ID_HEX));
    JsonObject after = violation.json().with("violation_id", new JsonString(id));
    boolean critical = violation.severity() == Violation.Severity.CRITICAL;
    Optional<Place> kept =
        incidents.write(
            new AuditRecord(Product.OWN, by, KIND, endpoint)
                .status(critical ? "critical" : "blocked")
                .error(violation.detail())
                .after(Optional.of(after)));
    var recorded = new Recorded(Timestamp.of(now), id, violation.type(), endpoint, by.name());
    List<Escalation.Past> lastHour =
        lastHour(now, kept.map(place -> Map.entry(place.seq(), recorded)));
    return new Handled(
        id, violation, Escalation.of(violation.type(), endpoint, lastHour), kept.isPresent());
  }

  /// The newest violations, newest first.
  List<Recorded> recent(int limit) {
    return List.copyOf(read(limit).descendingMap().values());
  }

  /// Forgets what is remembered, as some of it may have been erased.
  void forget() {
    lock.lock();
    try {
      newest.clear();
      isRead = false;
    } finally {
      lock.unlock();
    }
  }

  private List<Escalation.Past> lastHour(Instant now, Optional<Map.Entry<Long, Recorded>> kept) {
    String from = Timestamp.of(now.minus(LOOKED_BACK));
    lock.lock();
    try {
      if (!isRead) {
        newest.putAll(read(REMEMBERED_MAX));
        isRead = true;
      }
      kept.ifPresent(entry -> newest.putIfAbsent(entry.getKey(), entry.getValue()));
      while (newest.size() > REMEMBERED_MAX) {
        newest.pollFirstEntry();
      }
      return newest.values().stream()
          .filter(recorded -> recorded.at().compareTo(from) >= 0)
          .map(recorded -> new Escalation.Past(recorded.type(), recorded.endpoint()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// The newest violations by their `seq`.
  private NavigableMap<Long, Recorded> read(int limit) {
    var found = new TreeMap<Long, Recorded>();
    store
        .page(Chain.AUDIT, Product.OWN.id(), Filter.kind(KIND), Long.MAX_VALUE, limit)
        .forEach(kept ->
            recorded(JsonReader.readObject(kept.shown(), ENTRY))
                .ifPresent(recorded -> found.put(kept.seq(), recorded)));
    return found;
  }

  private static Optional<Recorded> recorded(JsonObject entry) {
    return Arrays.stream(ViolationType.values())
        .filter(type -> type.text().equals(text(entry, "/data_after/type")))
        .findFirst()
        .map(type ->
            new Recorded(
                text(entry, "/timestamp"),
                text(entry, "/data_after/violation_id"),
                type,
                text(entry, "/artifact_id"),
                text(entry, "/requester_id")));
  }

  private static String text(JsonObject entry, String pointer) {
    return JsonPointers.find(entry, pointer).orElse(null) instanceof JsonString(String text)
        ? text
        : "";
  }
}
