package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Handler;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.karma.rules.Action;
import dev.fedcore.pillars.karma.rules.KarmaRole;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.pillars.karma.rules.Standing;
import dev.fedcore.sqlite.StoreUnavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Karma tells: how a user stands and why, what was learned, and how the service is.
final class ReadRoutes {

  private static final Access OPEN = new Access.Open();

  private final KarmaStore store;
  private final KarmaSettings settings;
  private final Callers callers;
  private final InstantSource clock;
  private final byte[] openApi;

  ReadRoutes(
      KarmaStore store,
      KarmaSettings settings,
      Callers callers,
      InstantSource clock,
      byte[] openApi) {
    this.store = store;
    this.settings = settings;
    this.callers = callers;
    this.clock = clock;
    this.openApi = openApi;
  }

  List<Route> routes() {
    return List.of(
        read("/api/v1/karma/{user_id}", this::profile),
        read("/v1/stats/user/{user_id}", this::userStats),
        read("/v1/stats/system", this::systemStats),
        read("/policy/", this::policy),
        new Route("GET", "/health", OPEN, this::health),
        new Route("GET", "/openapi.json", OPEN, _ -> Response.of(200, MediaTypes.JSON, openApi)));
  }

  static String unknownUser(String userId) {
    return "nothing was told of the user %s yet".formatted(userId);
  }

  private Route read(String path, Handler handler) {
    return new Route(
        "GET",
        path,
        Callers.READ,
        request -> {
          callers.requireReader(request);
          return Storing.of(() -> handler.handle(request));
        });
  }

  private Response profile(Request request) {
    String userId = request.parameter("user_id");
    String tenant = tenant(request);
    Member member = member(tenant, userId);
    JsonObject profile =
        Standing.profile(userId, member.asOf(clock.instant()), member.updatedAt().toString());
    long before = Cursors.read(request, Cursors::count).orElse(Long.MAX_VALUE);
    int limit = Cursors.limit(request);
    List<KarmaStore.Explained> history = store.history(tenant, userId, before, limit);
    JsonValue next =
        history.size() == limit
            ? new JsonString(Cursors.write(Long.toString(history.getLast().seq())))
            : JsonNull.NULL;
    var changes = history.stream().map(ReadRoutes::explained).toList();
    return Response.json(
        200, profile.with("changes", new JsonArray(changes)).with("next_cursor", next));
  }

  private static JsonValue explained(KarmaStore.Explained explained) {
    EventRecord event = explained.event();
    return JsonObject.builder()
        .put("event_id", event.eventId())
        .put("event_type", event.type().text())
        .put("source", event.source())
        .put("timestamp", event.at().toString())
        .put("tracked", event.tracked())
        .put("data", event.data())
        .put("changes", explained.changes())
        .build();
  }

  private Response userStats(Request request) {
    String userId = request.parameter("user_id");
    Member member = member(tenant(request), userId);
    JsonObject stats = Standing.stats(userId, member.asOf(clock.instant()));
    return Response.json(
        200, stats.with("last_updated", new JsonString(member.updatedAt().toString())));
  }

  private Response systemStats(Request request) {
    String tenant = tenant(request);
    Map<String, Long> roles = store.membersByRole(tenant);
    Map<String, Long> events = store.eventsByType(tenant);
    return Response.json(
        200,
        JsonObject.builder()
            .put("total_users", roles.values().stream().mapToLong(count -> count).sum())
            .put("total_events", events.values().stream().mapToLong(count -> count).sum())
            .put("users_by_role", counts(roles))
            .put("events_by_type", counts(events))
            .put("tracking", settings.tracking())
            .put("last_updated", lastUpdated(store.learned(tenant)))
            .build());
  }

  private Response policy(Request request) {
    Optional<KarmaStore.Learned> learned = store.learned(tenant(request));
    QTable table = learned.map(KarmaStore.Learned::table).orElse(QTable.ZERO);
    var policy = JsonObject.builder();
    for (KarmaRole role : KarmaRole.values()) {
      Optional<Action> greedy = table.greedy(role);
      policy.put(
          role.text(),
          JsonObject.builder()
              .put(
                  "action",
                  greedy.<JsonValue>map(a -> new JsonString(a.text())).orElse(JsonNull.NULL))
              .put("value", JsonNumber.of(table.best(role)))
              .build());
    }
    return Response.json(
        200,
        JsonObject.builder()
            .put("policy", policy.build())
            .put("q", table.json())
            .put("alpha", JsonNumber.of(QTable.ALPHA))
            .put("gamma", JsonNumber.of(QTable.GAMMA))
            .put("updated_at", lastUpdated(learned))
            .build());
  }

  private Response health(Request request) {
    var health = JsonObject.builder().put("service", "karma").put("tracking", settings.tracking());
    try {
      return Response.json(
          200, health.put("events", store.size()).put("status", "healthy").build());
    } catch (StoreUnavailable _) {
      return Response.json(
          503, health.put("status", "unhealthy").put("why", "the store does not answer").build());
    }
  }

  private Member member(String tenant, String userId) {
    return store
        .member(tenant, userId)
        .orElseThrow(
            () -> new ProblemFound(Problem.of(KarmaProblem.UNKNOWN_USER, unknownUser(userId))));
  }

  private static String tenant(Request request) {
    return request.principal().tenant().value();
  }

  private static JsonValue lastUpdated(Optional<KarmaStore.Learned> learned) {
    return learned.<JsonValue>map(known -> new JsonString(known.updatedAt())).orElse(JsonNull.NULL);
  }

  private static JsonObject counts(Map<String, Long> counts) {
    var json = JsonObject.builder();
    counts.forEach(json::put);
    return json.build();
  }
}
