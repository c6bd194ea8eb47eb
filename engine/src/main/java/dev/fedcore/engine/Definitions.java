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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The registered workflow definitions: those that come with the program, for every tenant, and
/// each tenant's own. Immutable once registered; the same document may be registered again.
public final class Definitions {

  private static final String KIND = "definition";

  /// What stands between the id and the version in a record's key. Neither can hold one.
  private static final String VERSION = "@";

  /// The most ids that [#ids] gives: whoever mistyped one looks no further.
  public static final int IDS_MAX = 100;

  /// How many bytes of registered documents are remembered, read; read they take several times as
  /// much.
  private static final int REMEMBERED_BYTES_MAX = 8 << 20;

  private final Ledger ledger;
  private final TenantJournal journal;
  private final boolean allowUnregistered;
  private final List<WorkflowDefinition> builtIn = BuiltInDefinitions.all();
  private final ReentrantLock registering = new ReentrantLock();
  private final Recent recent = new Recent();

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
        version.or(() -> newest(tenant, id)).flatMap(named -> exactly(tenant, id, named));
    return registered.isPresent() || !allowUnregistered
        ? registered
        : Optional.of(unregistered(id, version.orElse("1.0.0")));
  }

  /// A page of the definitions that a tenant can use, by `id@version`.
  ///
  /// @param next where the next page begins; empty after the last one
  public record Page(List<WorkflowDefinition> definitions, Optional<String> next) {}

  /// Reads a page. It ends early like those of [Ledger].
  ///
  /// @param after where the page before ended; empty for the first one
  public Page page(TenantId tenant, String after) {
    List<NamedRecord> records = ledger.recordsAfter(tenant, KIND, after, Ledger.ROWS_MAX);
    Optional<String> end =
        Ledger.isFull(records, Ledger.ROWS_MAX, record -> record.body().utf8().length)
            ? Optional.of(records.getLast().key())
            : Optional.empty();
    var page = new ArrayList<WorkflowDefinition>();
    builtIn.stream()
        .filter(ours -> key(ours).compareTo(after) > 0)
        .filter(ours -> end.isEmpty() || key(ours).compareTo(end.get()) <= 0)
        .forEach(page::add);
    records.forEach(record -> page.add(read(record)));
    page.sort(Comparator.comparing(Definitions::key));
    return new Page(page, end);
  }

  /// The ids of the definitions that a tenant can use: the first so many of them.
  public List<String> ids(TenantId tenant) {
    return Stream.concat(
            builtIn.stream().map(ours -> ours.ref().id()),
            ledger.keys(tenant, KIND, "").stream()
                .map(key -> key.substring(0, key.indexOf(VERSION))))
        .sorted()
        .distinct()
        .limit(IDS_MAX)
        .toList();
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
    String name = tenant + "/" + key(id, version);
    return recent
        .get(name)
        .or(() ->
            ledger
                .record(tenant, KIND, key(id, version))
                .map(record -> recent.remember(name, read(record), record.body().utf8().length)));
  }

  private static WorkflowDefinition read(NamedRecord record) {
    return DefinitionReader.read(
        JsonReader.readObject(record.body().utf8(), JsonLimits.DEFAULT), false);
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
  private Optional<String> newest(TenantId tenant, String id) {
    String prefix = id + VERSION;
    return Stream.concat(
            builtIn.stream().filter(d -> d.ref().id().equals(id)).map(d -> d.ref().version()),
            ledger.keys(tenant, KIND, prefix).stream().map(key -> key.substring(prefix.length())))
        .max(Comparator.comparing(Versions::parse));
  }

  private static String key(WorkflowDefinition definition) {
    return key(definition.ref().id(), definition.ref().version());
  }

  private static String key(String id, String version) {
    return id + VERSION + version;
  }

  /// The definitions that were asked for last, as many as there is room for.
  private static final class Recent {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Held(WorkflowDefinition definition, int bytes) {}

    Optional<WorkflowDefinition> get(String name) {
      lock.lock();
      try {
        return Optional.ofNullable(held.get(name)).map(Held::definition);
      } finally {
        lock.unlock();
      }
    }

    WorkflowDefinition remember(String name, WorkflowDefinition definition, int length) {
      lock.lock();
      try {
        Held before = held.put(name, new Held(definition, length));
        bytes += length - (before == null ? 0 : before.bytes());
        Iterator<Held> oldest = held.values().iterator();
        while (bytes > REMEMBERED_BYTES_MAX) {
          bytes -= oldest.next().bytes();
          oldest.remove();
        }
        return definition;
      } finally {
        lock.unlock();
      }
    }
  }
}
