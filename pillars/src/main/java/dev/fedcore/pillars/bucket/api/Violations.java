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
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The violations of the constitution: each is an audit entry, and how often there were some in the
/// last hour decides who is told.
final class Violations {

  /// The operation type of such entries.
  private static final String KIND = "CONSTITUTIONAL_VIOLATION";

  private static final JsonLimits ENTRY = new JsonLimits(4 << 20, 512, 100_000);
  private static final Duration LOOKED_BACK = Duration.ofHours(1);
  private static final int ID_HEX = 8;

  private final BucketStore store;
  private final Incidents incidents;
  private final InstantSource clock;

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
    boolean kept =
        incidents.write(
            new AuditRecord(Product.OWN, by, KIND, endpoint)
                .status(critical ? "critical" : "blocked")
                .error(violation.detail())
                .after(Optional.of(after)));
    String from = Timestamp.of(now.minus(LOOKED_BACK));
    var lastHour = new ArrayList<Escalation.Past>();
    recent(EntryPages.LIMIT_MAX).stream()
        .filter(recorded -> recorded.at().compareTo(from) >= 0)
        .forEach(
            recorded -> lastHour.add(new Escalation.Past(recorded.type(), recorded.endpoint())));
    return new Handled(id, violation, Escalation.of(violation.type(), endpoint, lastHour), kept);
  }

  /// The newest violations, newest first.
  List<Recorded> recent(int limit) {
    var recorded = new ArrayList<Recorded>();
    store
        .page(Chain.AUDIT, Product.OWN.id(), Filter.kind(KIND), Long.MAX_VALUE, limit)
        .forEach(
            kept -> recorded(JsonReader.readObject(kept.shown(), ENTRY)).ifPresent(recorded::add));
    return recorded.reversed();
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
