package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.Integration;
import dev.fedcore.pillars.bucket.governance.IntegrationGate;
import dev.fedcore.pillars.bucket.governance.IntegrationGate.Decision;
import dev.fedcore.pillars.bucket.governance.IntegrationGate.Objection;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Filter;
import dev.fedcore.pillars.bucket.store.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Decides about integrations and remembers it: each decision is an audit entry, and the newest one
/// about an integration is the one that counts.
final class Integrations {

  /// The operation type of such entries.
  static final String DECIDED = "INTEGRATION_DECIDED";

  private static final JsonLimits ENTRY = new JsonLimits(4 << 20, 512, 100_000);

  private final BucketStore store;
  private final Appending appending;
  private final IntegrationGate gate;
  private final ReentrantLock lock = new ReentrantLock();

  /// Until something is decided or erased. Guarded by the lock.
  private Optional<List<String>> approved = Optional.empty();

  Integrations(Services services) {
    this.store = services.store();
    this.appending = new Appending(services.store());
    this.gate =
        new IntegrationGate(
            services.limits().artifactBytesMax(), services.limits().writesPerSecondMax());
  }

  /// Decides, durably.
  IntegrationGate.Result decide(Integration integration, Caller by) {
    IntegrationGate.Result result = gate.judge(integration);
    JsonObject decided =
        JsonObject.builder()
            .put("decision", result.decision().text())
            .put("integration_type", integration.type())
            .put("artifact_classes", JsonArray.ofStrings(integration.classes()))
            .put("product_name", integration.product())
            .put("data_schema", integration.schema())
            .put("reasons", reasons(result))
            .build();
    var entry =
        new AuditRecord(Product.OWN, by, DECIDED, artifact(integration.id()))
            .integration(integration.id())
            .status(result.decision() == Decision.APPROVED ? "success" : "blocked")
            .after(Optional.of(decided));
    appending.append(List.of(entry.draft()));
    forget();
    return result;
  }

  /// The classes that an integration may write; empty if it is not approved.
  Optional<Set<String>> approvedClasses(String integration) {
    List<Kept> newest =
        store.page(
            Chain.AUDIT,
            Product.OWN.id(),
            Filter.subject(artifact(integration)),
            Long.MAX_VALUE,
            1);
    return newest.stream()
        .map(kept -> JsonReader.readObject(kept.shown(), ENTRY))
        .filter(entry -> text(entry, "/data_after/decision").equals(Decision.APPROVED.text()))
        .map(Integrations::classes)
        .findFirst();
  }

  /// The integrations that are let in, among the newest decisions. The store is asked once, as
  /// everybody may ask how Bucket is.
  List<String> approved() {
    lock.lock();
    try {
      List<String> known = approved.orElseGet(this::readApproved);
      approved = Optional.of(known);
      return known;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what is remembered, as something was decided or erased.
  void forget() {
    lock.lock();
    try {
      approved = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private List<String> readApproved() {
    var newest = new LinkedHashMap<String, String>();
    store
        .page(
            Chain.AUDIT,
            Product.OWN.id(),
            Filter.kind(DECIDED),
            Long.MAX_VALUE,
            EntryPages.LIMIT_MAX)
        .forEach(kept -> {
          JsonObject entry = JsonReader.readObject(kept.shown(), ENTRY);
          newest.put(text(entry, "/integration_id"), text(entry, "/data_after/decision"));
        });
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue().equals(Decision.APPROVED.text()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  static JsonArray reasons(IntegrationGate.Result result) {
    return new JsonArray(result.objections().stream().map(Integrations::json).toList());
  }

  private static JsonValue json(Objection objection) {
    return JsonObject.builder()
        .put("check", objection.check())
        .put("leads_to", objection.leadsTo().text())
        .put("reason", objection.reason())
        .build();
  }

  private static String artifact(String integration) {
    return "integration:" + integration.toLowerCase(Locale.ROOT);
  }

  private static Set<String> classes(JsonObject entry) {
    return JsonPointers.find(entry, "/data_after/artifact_classes").stream()
        .filter(JsonArray.class::isInstance)
        .flatMap(array -> ((JsonArray) array).items().stream())
        .filter(JsonString.class::isInstance)
        .map(item -> ((JsonString) item).value())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String text(JsonObject entry, String pointer) {
    return JsonPointers.find(entry, pointer).orElse(null) instanceof JsonString(String text)
        ? text
        : "";
  }
}
