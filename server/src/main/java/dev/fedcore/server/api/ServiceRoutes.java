package dev.fedcore.server.api;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What the service says about itself: health, version, metrics, and this interface's description.
public final class ServiceRoutes {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Ledger ledger;
  private final Facts facts;
  private final byte[] openApi;

  public ServiceRoutes(Ledger ledger, Facts facts, byte[] openApi) {
    this.ledger = ledger;
    this.facts = facts;
    this.openApi = openApi;
  }

  /// What is told, and where it comes from.
  ///
  /// @param identity `trusted-loopback` or `authenticated`
  /// @param version the body of `GET /version`
  /// @param checkpointSize how many entries the published checkpoint covers
  /// @param policiesSigned whether bundles must be signed
  /// @param policies the bundles that are active
  /// @param policiesNotRecalled ids of the default tenant's policies that may not decide any more
  /// @param metrics in Prometheus's text format
  public record Facts(
      String release,
      String identity,
      Supplier<JsonObject> version,
      LongSupplier checkpointSize,
      boolean policiesSigned,
      Supplier<List<JsonValue>> policies,
      Supplier<List<String>> policiesNotRecalled,
      Supplier<byte[]> metrics) {}

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/health", Accesses.OPEN, this::health),
        new Route("GET", "/version", Accesses.OPEN, this::version),
        new Route("GET", "/metrics", Accesses.OPEN, this::metrics),
        new Route("GET", "/openapi.json", Accesses.OPEN, this::openApi));
  }

  /// `200` when requests can be answered, `503` when not.
  public Response health(Request request) {
    var health =
        JsonObject.builder()
            .put("service", "federation-core")
            .put("version", facts.release())
            .put("identity", facts.identity())
            .put("policy_signatures", facts.policiesSigned() ? "required" : "not_required");
    try {
      health
          .put("entries", ledger.size())
          .put("checkpoint_size", facts.checkpointSize().getAsLong())
          .put("policies", new JsonArray(facts.policies().get()))
          .put("policies_not_recalled", DecisionJson.strings(facts.policiesNotRecalled().get()))
          .put("status", "healthy");
      return Response.json(200, health.build());
    } catch (LedgerUnavailable unavailable) {
      return Response.json(
          503, health.put("status", "unhealthy").put("why", "the ledger does not answer").build());
    }
  }

  private Response version(Request request) {
    return Response.json(200, facts.version().get());
  }

  private Response metrics(Request request) {
    return Response.of(200, METRICS, facts.metrics().get());
  }

  private Response openApi(Request request) {
    return Response.of(200, MediaTypes.JSON, openApi);
  }
}
