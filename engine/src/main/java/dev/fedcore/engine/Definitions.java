package dev.fedcore.engine;

import dev.fedcore.engine.definition.BuiltInDefinitions;
import dev.fedcore.engine.definition.DefinitionReader;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The registered workflow definitions: those that come with the program, for every tenant, and
/// each tenant's own. Immutable once registered; the same document may be registered again.
public final class Definitions {

  private static final String KIND = "definition";

  /// What stands between the id and the version in a record's key.
  private static final String VERSION = "@";

  private final Ledger ledger;
  private final TenantJournal journal;
  private final boolean allowUnregistered;
  private final List<WorkflowDefinition> builtIn = BuiltInDefinitions.all();
  private final ReentrantLock registering = new ReentrantLock();
  private final Map<String, WorkflowDefinition> known = new ConcurrentHashMap<>();

  /// Reads definitions from `ledger` as they are asked for.
  ///
  /// @param allowUnregistered whether an unknown workflow id gets a definition that only an
  ///   external worker can follow, instead of a refusal
  public Definitions(Ledger ledger, TenantJournal journal, boolean allowUnregistered) {
    this.ledger = ledger;
    this.journal = journal;
    this.allowUnregistered = allowUnregistered;
  }

  /// How a registration went.
  public sealed interface Registration {

    record Registered(WorkflowDefinition definition) implements Registration {}

    record AlreadyThere(WorkflowDefinition definition) implements Registration {}

    /// The same id and version name another document.
    record Conflict(WorkflowDefinition existing) implements Registration {}
  }

  /// Registers `document` for the principal's tenant.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput if it is no sound definition
  public Registration register(Principal by, JsonObject document) {
    WorkflowDefinition fresh = DefinitionReader.read(document, false);
    registering.lock();
    try {
      return register(by, fresh, document);
    } finally {
      registering.unlock();
    }
  }

  private Registration register(Principal by, WorkflowDefinition fresh, JsonObject document) {
    Optional<WorkflowDefinition> existing =
        exactly(by.tenant(), fresh.ref().id(), fresh.ref().version());
    if (existing.isPresent()) {
      return existing.get().ref().hash().equals(fresh.ref().hash())
          ? new Registration.AlreadyThere(existing.get())
          : new Registration.Conflict(existing.get());
    }
    var key = key(fresh.ref().id(), fresh.ref().version());
    var event =
        new TenantEvent(
            "FC-DEFINITION-001",
            "definition.registered.v1",
            "Definition %s %s registered".formatted(fresh.ref().id(), fresh.ref().version()),
            JsonObject.builder()
                .put("definition_hash", fresh.ref().hash().hex())
                .put("workflow_id", fresh.ref().id())
                .put("workflow_version", fresh.ref().version())
                .build());
    journal.record(
        by,
        event,
        List.of(new NamedRecord(by.tenant(), KIND, key, new Payload(document.canonicalBytes()))));
    return new Registration.Registered(fresh);
  }

  /// The definition of this id and version; the newest registered version when none is named.
  public Optional<WorkflowDefinition> find(TenantId tenant, String id, Optional<String> version) {
    Optional<WorkflowDefinition> registered =
        version.isPresent()
            ? exactly(tenant, id, version.get())
            : newest(all(tenant, id + VERSION).stream().filter(d -> d.ref().id().equals(id)));
    return registered.isPresent() || !allowUnregistered
        ? registered
        : Optional.of(unregistered(id, version.orElse("1.0.0")));
  }

  /// All definitions a tenant can use, by id, and by version within it.
  public List<WorkflowDefinition> all(TenantId tenant) {
    List<WorkflowDefinition> all = all(tenant, "");
    all.sort(
        Comparator.comparing((WorkflowDefinition d) -> d.ref().id())
            .thenComparing(d -> d.ref().version()));
    return all;
  }

  private List<WorkflowDefinition> all(TenantId tenant, String keyPrefix) {
    var all = new ArrayList<>(builtIn);
    ledger.records(tenant, KIND, keyPrefix).forEach(record -> all.add(remembered(tenant, record)));
    return all;
  }

  /// The definition that a run began with.
  ///
  /// @throws IllegalStateException if it is gone, which nothing in the program can bring about
  WorkflowDefinition pinned(TenantId tenant, String id, String version) {
    return exactly(tenant, id, version).orElseGet(() -> unregistered(id, version));
  }

  private Optional<WorkflowDefinition> exactly(TenantId tenant, String id, String version) {
    Optional<WorkflowDefinition> ours =
        builtIn.stream()
            .filter(d -> d.ref().id().equals(id) && d.ref().version().equals(version))
            .findFirst();
    if (ours.isPresent()) {
      return ours;
    }
    WorkflowDefinition remembered = known.get(tenant + "/" + key(id, version));
    return remembered != null
        ? Optional.of(remembered)
        : ledger.record(tenant, KIND, key(id, version)).map(r -> remembered(tenant, r));
  }

  private WorkflowDefinition remembered(TenantId tenant, NamedRecord record) {
    return known.computeIfAbsent(
        tenant + "/" + record.key(),
        _ ->
            DefinitionReader.read(
                JsonReader.readObject(record.body().utf8(), JsonLimits.DEFAULT), false));
  }

  /// A definition for a workflow that only its worker knows: one step, which nobody needs to
  /// report.
  private static WorkflowDefinition unregistered(String id, String version) {
    var step =
        JsonObject.builder()
            .put("id", "step_1")
            .put("transform", JsonObject.builder().put("collect", new JsonArray(List.of())).build())
            .put("type", "TRANSFORM")
            .build();
    return DefinitionReader.read(
        JsonObject.builder()
            .put("apiVersion", DefinitionReader.API_VERSION)
            .put("description", "not registered")
            .put("execution", "external")
            .put("id", id)
            .put("steps", new JsonArray(List.of(step)))
            .put("version", version)
            .build(),
        false);
  }

  /// Versions are compared number by number where they are numbers, so that 1.10.0 is after 1.9.0.
  private static Optional<WorkflowDefinition> newest(Stream<WorkflowDefinition> candidates) {
    return candidates.max(
        Comparator.comparing(d -> d.ref().version(), Comparator.comparing(Versions::parse)));
  }

  private static String key(String id, String version) {
    return id + VERSION + version;
  }
}
