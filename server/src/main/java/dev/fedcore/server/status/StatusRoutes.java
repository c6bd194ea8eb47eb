package dev.fedcore.server.status;

import dev.fedcore.engine.outbox.Lag;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.server.status.PillarWatch.Seen;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /system/status`: every pillar in one answer.
public final class StatusRoutes {

  private static final String FEDERATION = "federation";

  private static final List<String> OTHERS = List.of("executor", "bucket", "karma", "core");

  private final List<PillarWatch> watches;
  private final Supplier<List<Lag>> lags;
  private final Instant startedAt;

  /// @param watches of the pillars that are configured
  /// @param lags how far the outbox is behind with each receiver
  /// @param startedAt when Federation Core itself was
  public StatusRoutes(List<PillarWatch> watches, Supplier<List<Lag>> lags, Instant startedAt) {
    this.watches = List.copyOf(watches);
    this.lags = lags;
    this.startedAt = startedAt;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("GET", "/system/status", new Access.Open(), this::status));
  }

  private Response status(Request request) {
    List<Lag> behind = lags.get();
    var pillars = new ArrayList<JsonValue>();
    pillars.add(
        pillar(FEDERATION, Optional.empty(), new Seen("up", startedAt, Optional.empty()), behind));
    boolean allUp = true;
    for (String name : OTHERS) {
      Optional<PillarWatch> watch =
          watches.stream().filter(w -> w.pillar().name().equals(name)).findFirst();
      allUp &= watch.map(w -> w.seen().status().equals("up")).orElse(true);
      pillars.add(
          watch
              .map(w -> pillar(name, Optional.of(w.pillar().url()), w.seen(), behind))
              .orElseGet(() -> notConfigured(name)));
    }
    return Response.json(
        200,
        JsonObject.builder()
            .put("status", allUp ? "up" : "degraded")
            .put("pillars", new JsonArray(pillars))
            .build());
  }

  private static JsonObject pillar(String name, Optional<URI> url, Seen seen, List<Lag> lags) {
    JsonValue outbox =
        lags.stream()
            .filter(lag -> lag.destination().equals(name))
            .<JsonValue>map(StatusRoutes::lag)
            .findFirst()
            .orElse(JsonNull.NULL);
    return JsonObject.builder()
        .put("name", name)
        .put("url", url.<JsonValue>map(u -> new JsonString(u.toString())).orElse(JsonNull.NULL))
        .put("status", seen.status())
        .put("since", seen.since().toString())
        .put("last_error", seen.lastError().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
        .put("outbox", outbox)
        .build();
  }

  private static JsonObject notConfigured(String name) {
    return JsonObject.builder()
        .put("name", name)
        .putNull("url")
        .put("status", "not_configured")
        .putNull("since")
        .putNull("last_error")
        .putNull("outbox")
        .build();
  }

  private static JsonObject lag(Lag lag) {
    return JsonObject.builder()
        .put("undelivered", lag.undelivered())
        .put("oldest_seconds", lag.oldest().toSeconds())
        .put("resting", lag.resting())
        .build();
  }
}
