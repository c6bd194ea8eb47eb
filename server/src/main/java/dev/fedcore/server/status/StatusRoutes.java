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
import dev.fedcore.server.cosigning.CosigningReport;
import dev.fedcore.server.cosigning.Standing;
import dev.fedcore.server.status.PillarWatch.Seen;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /system/status`: every pillar, and the witnesses of the log, in one answer.
public final class StatusRoutes {

  private static final String FEDERATION = "federation";

  private static final List<String> OTHERS = List.of("executor", "bucket", "karma", "core");

  private final List<PillarWatch> watches;
  private final Supplier<List<Lag>> lags;
  private final Optional<Supplier<CosigningReport>> cosigning;
  private final Instant startedAt;

  /// @param watches of the pillars that are configured
  /// @param lags how far the outbox is behind with each receiver
  /// @param cosigning how witnesses follow the log, where there is a policy about them
  /// @param startedAt when Federation Core itself was
  public StatusRoutes(
      List<PillarWatch> watches,
      Supplier<List<Lag>> lags,
      Optional<Supplier<CosigningReport>> cosigning,
      Instant startedAt) {
    this.watches = List.copyOf(watches);
    this.lags = lags;
    this.cosigning = cosigning;
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
    Optional<CosigningReport> witnessed = cosigning.map(Supplier::get);
    allUp &= witnessed.flatMap(CosigningReport::alarm).isEmpty();
    return Response.json(
        200,
        JsonObject.builder()
            .put("status", allUp ? "up" : "degraded")
            .put("pillars", new JsonArray(pillars))
            .put(
                "witnesses",
                witnessed.<JsonValue>map(StatusRoutes::witnesses).orElse(JsonNull.NULL))
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
        .put("url", text(url))
        .put("status", seen.status())
        .put("since", seen.since().toString())
        .put("last_error", text(seen.lastError()))
        .put("outbox", outbox)
        .build();
  }

  private static JsonObject witnesses(CosigningReport report) {
    List<JsonValue> standings =
        report.witnesses().stream().<JsonValue>map(StatusRoutes::witness).toList();
    return JsonObject.builder()
        .put("quorum", report.quorum())
        .put("signed_size", report.signedSize())
        .put("published_size", report.publishedSize())
        .put("waiting_since", text(report.waitingSince()))
        .put("alarm", text(report.alarm()))
        .put("witnesses", new JsonArray(standings))
        .build();
  }

  private static JsonObject witness(Standing standing) {
    return JsonObject.builder()
        .put("name", standing.name())
        .put("url", text(standing.url()))
        .put("size", standing.size())
        .put("cosigned_at", text(standing.cosignedAt()))
        .put("behind_since", text(standing.behindSince()))
        .put("last_error", text(standing.lastError()))
        .build();
  }

  private static JsonValue text(Optional<?> value) {
    return value.<JsonValue>map(some -> new JsonString(some.toString())).orElse(JsonNull.NULL);
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
