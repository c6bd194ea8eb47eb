package dev.fedcore.engine.registry;

import dev.fedcore.engine.TenantEvent;
import dev.fedcore.engine.TenantJournal;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The agents of all tenants. It begins empty, and holds only who has registered.
///
/// Registrations survive a restart; heartbeats do not, so an agent is [Presence#STALE] after a
/// restart until it is heard of again, unless it has registered just before. Safe for use by many
/// threads at once.
public final class AgentRegistry {

  /// How long after its last heartbeat an agent counts as gone: three heartbeats of 30 seconds.
  public static final Duration STALE_AFTER = Duration.ofSeconds(90);

  /// The most agents of one tenant. Discovery looks at all of them.
  public static final int AGENTS_MAX = 1_000;

  /// With so many tenants remembered, about 2 MB, that one has no agents is not remembered any
  /// more, so that names made up cost little memory.
  private static final int TENANTS_WITHOUT_MAX = 10_000;

  private static final String KIND = "agent";

  private final Function<TenantId, List<NamedRecord>> records;
  private final Journal journal;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<TenantId, Map<String, KnownAgent>> tenants = new ConcurrentHashMap<>();

  /// Reads agents from `ledger` as their tenants are asked for.
  public AgentRegistry(Ledger ledger, TenantJournal journal, InstantSource clock) {
    this(tenant -> ledger.records(tenant, KIND, ""), journal::record, clock);
  }

  AgentRegistry(
      Function<TenantId, List<NamedRecord>> records, Journal journal, InstantSource clock) {
    this.records = records;
    this.journal = journal;
    this.clock = clock;
  }

  /// How a registration went.
  public enum Registration {
    REGISTERED,
    /// The agent was there and says something else of itself now.
    CHANGED,
    /// The agent was there, and is as it was. Counts as a heartbeat; nothing is written.
    SAME,
    /// The tenant has as many agents as it may.
    FULL
  }

  /// Registers `agent` for the principal's tenant.
  ///
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if it could not be kept; nothing changed
  public Registration register(Principal by, Agent agent) {
    writing.lock();
    try {
      Map<String, KnownAgent> agents = agents(by.tenant());
      KnownAgent before = agents.get(agent.id());
      if (before == null && agents.size() >= AGENTS_MAX) {
        return Registration.FULL;
      }
      boolean isSame = before != null && before.agent().equals(agent);
      if (!isSame) {
        journal.record(
            by,
            event("FC-AGENT-001", "agent.registered.v1", agent.id(), "registered", agent.json()),
            List.of(record(by.tenant(), agent.id(), kept(agent))));
      }
      agents.put(agent.id(), new KnownAgent(agent, Heartbeat.first(), clock.instant()));
      tenants.put(by.tenant(), agents);
      if (before == null) {
        return Registration.REGISTERED;
      }
      return isSame ? Registration.SAME : Registration.CHANGED;
    } finally {
      writing.unlock();
    }
  }

  /// Takes a heartbeat.
  ///
  /// @return whether there is such an agent
  public boolean heartbeat(TenantId tenant, String agent, Heartbeat heartbeat) {
    Instant now = clock.instant();
    return agents(tenant)
            .computeIfPresent(agent, (_, known) -> new KnownAgent(known.agent(), heartbeat, now))
        != null;
  }

  /// Removes an agent from the principal's tenant.
  ///
  /// @return whether there was such an agent
  public boolean remove(Principal by, String agent) {
    writing.lock();
    try {
      Map<String, KnownAgent> agents = agents(by.tenant());
      if (!agents.containsKey(agent)) {
        return false;
      }
      JsonObject removed = JsonObject.builder().put("removed", true).build();
      journal.record(
          by,
          event("FC-AGENT-002", "agent.removed.v1", agent, "removed", JsonObject.EMPTY),
          List.of(record(by.tenant(), agent, removed)));
      agents.remove(agent);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /// The agents that are there and can do what is asked for, the most suitable first.
  public FoundAgents discover(TenantId tenant, DiscoverQuery query) {
    Instant now = clock.instant();
    List<FoundAgent> all =
        agents(tenant).values().stream()
            .filter(known -> !query.exclude().contains(known.agent().id()))
            .flatMap(known -> FoundAgent.of(known, query.capability(), now).stream())
            .sorted(FoundAgent.BEST_FIRST)
            .toList();
    return new FoundAgents(all.stream().limit(query.maxResults()).toList(), all.size());
  }

  /// All agents of a tenant, by id, whether they are there or not.
  public List<KnownAgent> all(TenantId tenant) {
    return agents(tenant).values().stream()
        .sorted(Comparator.comparing(known -> known.agent().id()))
        .toList();
  }

  /// Who changes the map holds the lock, or changes only what is in it.
  private Map<String, KnownAgent> agents(TenantId tenant) {
    Map<String, KnownAgent> known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    writing.lock();
    try {
      Map<String, KnownAgent> again = tenants.get(tenant);
      if (again != null) {
        return again;
      }
      Map<String, KnownAgent> read = read(tenant);
      if (!read.isEmpty() || tenants.size() < TENANTS_WITHOUT_MAX) {
        tenants.put(tenant, read);
      }
      return read;
    } finally {
      writing.unlock();
    }
  }

  private Map<String, KnownAgent> read(TenantId tenant) {
    var agents = new ConcurrentHashMap<String, KnownAgent>();
    for (NamedRecord record : records.apply(tenant)) {
      JsonObject body = JsonReader.readObject(record.body().utf8(), JsonLimits.DEFAULT);
      var fields = JsonFields.of(body, "");
      if (!fields.bool("removed", false)) {
        Agent agent = Agent.read(fields.object("agent"));
        Instant registered = Instant.parse(fields.string("registered_at"));
        agents.put(agent.id(), new KnownAgent(agent, Heartbeat.first(), registered));
      }
    }
    return agents;
  }

  private JsonObject kept(Agent agent) {
    return JsonObject.builder()
        .put("agent", agent.json())
        .put("registered_at", clock.instant().toString())
        .build();
  }

  private static NamedRecord record(TenantId tenant, String id, JsonObject body) {
    return new NamedRecord(tenant, KIND, id, new Payload(body.canonicalBytes()));
  }

  private static TenantEvent event(
      String code, String type, String id, String what, JsonObject registration) {
    JsonObject details =
        JsonObject.builder().put("agent_id", id).put("registration", registration).build();
    return new TenantEvent(code, type, "Agent %s %s".formatted(id, what), details);
  }

  /// Where registrations are written: all of it, durably, or a
  /// [dev.fedcore.engine.ledger.LedgerUnavailable].
  @FunctionalInterface
  interface Journal {
    void record(Principal by, TenantEvent event, List<NamedRecord> records);
  }
}
