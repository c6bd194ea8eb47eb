package dev.fedcore.engine.registry;

import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;
import java.util.Optional;

/// Tells an OBSERVE step which agents are registered for a capability.
///
/// Its answer depends on registrations alone, not on heartbeats, so that the same step over the
/// same registry has the same output and the same hash.
public final class RegistryObserver implements Observer {

  /// The most agents in one answer; `total` says how many there are.
  private static final int AGENTS_MAX = 100;

  private final AgentRegistry registry;

  public RegistryObserver(AgentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String source() {
    return "registry";
  }

  @Override
  public JsonObject look(TenantId tenant, JsonObject parameters) {
    var fields = JsonFields.of(parameters, "/parameters");
    Optional<String> capability = fields.optionalString("capability");
    fields.end();
    List<Agent> able =
        registry.all(tenant).stream()
            .map(KnownAgent::agent)
            .filter(agent -> capability.isEmpty() || agent.isCapableOf(capability.get()))
            .toList();
    return JsonObject.builder()
        .put(
            "agents",
            new JsonArray(able.stream().limit(AGENTS_MAX).map(RegistryObserver::json).toList()))
        .put("total", able.size())
        .build();
  }

  private static JsonValue json(Agent agent) {
    return JsonObject.builder()
        .put("agent_id", agent.id())
        .put("capabilities", JsonArray.ofStrings(agent.capabilities()))
        .build();
  }
}
