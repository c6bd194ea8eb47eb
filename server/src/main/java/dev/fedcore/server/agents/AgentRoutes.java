package dev.fedcore.server.agents;

import dev.fedcore.engine.registry.Agent;
import dev.fedcore.engine.registry.AgentRegistry;
import dev.fedcore.engine.registry.AgentRegistry.Registration;
import dev.fedcore.engine.registry.Heartbeat;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.server.api.Accesses;
import java.util.List;
import java.util.Locale;

/// What agents say of themselves: that they are here, that they are well, that they go.
///
/// Registering again with the same words is a heartbeat; with others, a change. Both answer 200.
public final class AgentRoutes {

  private static final String AGENT = "/agents/{agent_id}";

  private final AgentRegistry registry;

  public AgentRoutes(AgentRegistry registry) {
    this.registry = registry;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/agents", Accesses.REGISTER_AGENT, this::register),
        new Route("POST", AGENT + "/heartbeat", Accesses.REGISTER_AGENT, this::heartbeat),
        new Route("DELETE", AGENT, Accesses.REGISTER_AGENT, this::remove));
  }

  private Response register(Request request) {
    Agent agent = Agent.read(Bodies.object(request));
    Registration registration = registry.register(request.principal(), agent);
    return switch (registration) {
      case REGISTERED -> Response.json(201, json(agent, registration));
      case CHANGED, SAME -> Response.json(200, json(agent, registration));
      case FULL ->
          throw new ProblemFound(
              Problem.of(
                  ProblemKind.REGISTRY_FULL,
                  "the tenant has %d agents, the most there may be; remove one first"
                      .formatted(AgentRegistry.AGENTS_MAX)));
    };
  }

  private Response heartbeat(Request request) {
    Heartbeat heartbeat = Heartbeat.read(Bodies.object(request));
    String id = request.parameter("agent_id");
    if (!registry.heartbeat(request.principal().tenant(), id, heartbeat)) {
      throw unknown();
    }
    return Response.json(
        200,
        JsonObject.builder()
            .put("agent_id", id)
            .put("stale_after_seconds", AgentRegistry.STALE_AFTER.toSeconds())
            .put("status", word(heartbeat.condition()))
            .build());
  }

  private Response remove(Request request) {
    if (!registry.remove(request.principal(), request.parameter("agent_id"))) {
      throw unknown();
    }
    return Response.noContent();
  }

  private static JsonObject json(Agent agent, Registration registration) {
    return JsonObject.builder()
        .put("agent_id", agent.id())
        .put("capabilities", JsonArray.ofStrings(agent.capabilities()))
        .put("kind", agent.kind())
        .put("registration", word(registration))
        .put("stale_after_seconds", AgentRegistry.STALE_AFTER.toSeconds())
        .put("tags", JsonArray.ofStrings(agent.tags()))
        .build();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ProblemFound unknown() {
    return new ProblemFound(Problem.of(ProblemKind.UNKNOWN_AGENT, "there is no such agent"));
  }
}
