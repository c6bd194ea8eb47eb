package dev.fedcore.server.agents;

import dev.fedcore.engine.registry.AgentRegistry;
import dev.fedcore.engine.registry.DiscoverQuery;
import dev.fedcore.engine.registry.FoundAgents;
import dev.fedcore.engine.registry.KnownAgent;
import dev.fedcore.engine.registry.Presence;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.server.api.Accesses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Which agents there are: those that can do something, the most suitable first, and all of them
/// with whether they are there.
public final class DirectoryRoutes {

  /// As many as a person reads, when nobody says how many are wanted.
  private static final int RESULTS_DEFAULT = 10;

  private final AgentRegistry registry;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /// Shows what `registry` holds.
  ///
  /// @param nanoTime a clock that only runs forward
  public DirectoryRoutes(AgentRegistry registry, InstantSource clock, LongSupplier nanoTime) {
    this.registry = registry;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/agents/discover", Accesses.READ, this::discover),
        new Route("GET", "/servers/status", Accesses.READ, this::status));
  }

  private Response discover(Request request) {
    long began = nanoTime.getAsLong();
    Query query = request.query();
    boolean includePerformance = query.flag("include_performance");
    var wanted =
        new DiscoverQuery(
            query.text("capability"),
            query.text("exclude_agents").map(DirectoryRoutes::names).orElse(Set.of()),
            query.integer("max_results", RESULTS_DEFAULT, 1, DiscoverQuery.RESULTS_MAX));
    FoundAgents found = registry.discover(request.principal().tenant(), wanted);
    List<JsonValue> agents =
        found.agents().stream().<JsonValue>map(agent -> agent.json(includePerformance)).toList();
    long nanos = nanoTime.getAsLong() - began;
    return Response.json(
        200,
        JsonObject.builder()
            .put("agents", new JsonArray(agents))
            .put("query_time_ms", TimeUnit.NANOSECONDS.toMillis(nanos))
            .put("total", found.total())
            .build());
  }

  private Response status(Request request) {
    Instant now = clock.instant();
    List<KnownAgent> all = registry.all(request.principal().tenant());
    long stale = all.stream().filter(agent -> agent.presence(now) == Presence.STALE).count();
    return Response.json(
        200,
        JsonObject.builder()
            .put("active_servers", all.size() - stale)
            .put(
                "servers",
                new JsonArray(all.stream().<JsonValue>map(agent -> agent.json(now)).toList()))
            .put("stale_servers", stale)
            .put("timestamp", Timestamp.of(now))
            .put("total_servers", all.size())
            .build());
  }

  private static Set<String> names(String list) {
    return Set.copyOf(List.of(list.split(",", -1)));
  }
}
