package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Handler;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.karma.rules.Action;
import dev.fedcore.pillars.karma.rules.KarmaRole;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.pillars.karma.rules.Signal;
import dev.fedcore.pillars.karma.rules.Standing;
import dev.fedcore.pillars.karma.rules.TextSign;
import dev.fedcore.sqlite.StoreUnavailable;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// What Karma tells: how a user stands and why, what was learned, and how the service is.
final class ReadRoutes {

  private static final Access OPEN = new Access.Open();

  /// How often one thing may be noticed about a text; twenty are enough for any end of the scale.
  private static final long SIGN_COUNT_MAX = 100;

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
        standing("/view-balance/{user_id}", Standing::balance),
        standing("/api/v1/karma/prarabdha/{user_id}", Standing::prarabdha),
        standing("/v1/appeal/status/{user_id}", Standing::plans),
        standing("/v1/atonement/plans/{user_id}", Standing::plans),
        read("/api/v1/karma/signal/{user_id}", this::signal),
        new Route("POST", "/v1/text-score/", Callers.READ, this::textScore),
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

  private Route standing(String path, BiFunction<String, Member, JsonObject> shape) {
    return read(path, request -> Response.json(200, shape.apply(user(request), now(request))));
  }

  private static String user(Request request) {
    return request.parameter("user_id");
  }

  /// The user of the path, as that one stands at this moment.
  private Member now(Request request) {
    return member(tenant(request), user(request)).asOf(clock.instant());
  }

  private Response signal(Request request) {
    Signal.Context context =
        request
            .query()
            .text("product_context")
            .flatMap(Signal.Context::named)
            .orElseThrow(() ->
                Query.invalid(
                    "product_context",
                    "must be one of " + String.join(", ", Signal.Context.TEXTS)));
    return Response.json(200, Signal.json(user(request), now(request), context));
  }

  /// Works out a score. Nothing is kept, and nobody's standing changes.
  private Response textScore(Request request) {
    callers.requireReader(request);
    JsonFields fields = Bodies.fields(Bodies.object(request));
    JsonObject signs = fields.object("signs");
    fields.end();
    JsonFields counts = JsonFields.of(signs, fields.pointer("signs"));
    var noticed = new EnumMap<TextSign, Long>(TextSign.class);
    for (TextSign sign : TextSign.values()) {
      counts
          .optionalInteger(sign.text(), 0, SIGN_COUNT_MAX)
          .ifPresent(count -> noticed.put(sign, count));
    }
    counts.end();
    return Response.json(200, TextSign.score(noticed));
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
            ? new JsonString(Cursors.write(Long.toString(history.getLast().event().seq())))
            : JsonNull.NULL;
    var changes = history.stream().map(ReadRoutes::explained).toList();
    return Response.json(
        200, profile.with("changes", new JsonArray(changes)).with("next_cursor", next));
  }

  private static JsonValue explained(KarmaStore.Explained explained) {
    EventRecord event = explained.event();
    return JsonObject.builder()
        .put("event_id", explained.eventId())
        .put("event_type", event.type().text())
        .put("source", event.source())
        .put("timestamp", event.at().toString())
        .put("tracked", event.tracked())
        .put("data", explained.data())
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
    Tally.Counts counted = store.counts(tenant);
    Map<String, Long> roles = counted.members();
    Map<String, Long> events = counted.events();
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
