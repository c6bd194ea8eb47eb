package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.governance.StorageStatus;
import dev.fedcore.sqlite.StoreUnavailable;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// How Bucket is, and the description of its interface.
public final class HealthRoutes {

  private final String version;
  private final Supplier<BucketFacts> facts;
  private final Integrations integrations;
  private final byte[] openApi;

  HealthRoutes(
      String version, Supplier<BucketFacts> facts, Integrations integrations, byte[] openApi) {
    this.version = version;
    this.facts = facts;
    this.integrations = integrations;
    this.openApi = openApi;
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("GET", "/health", BucketAccess.OPEN, this::health),
        new Route("GET", "/openapi.json", BucketAccess.OPEN, this::openApi));
  }

  /// `200` while events can be taken, `503` when not: the store does not answer, or is full.
  private Response health(Request request) {
    try {
      BucketFacts now = facts.get();
      return switch (now.storage()) {
        case HEALTHY, CAUTION -> Response.json(200, health("healthy", now));
        case WARNING -> Response.json(200, health("degraded", now));
        case CRITICAL -> Response.json(503, health("unhealthy", now));
      };
    } catch (StoreUnavailable unavailable) {
      return Response.json(
          503,
          JsonObject.builder()
              .put("status", "unhealthy")
              .put("service", "bucket")
              .put("bucket_version", version)
              .put("why", "the store does not answer")
              .build());
    }
  }

  private JsonObject health(String status, BucketFacts now) {
    StorageStatus storage = now.storage();
    return JsonObject.builder()
        .put("status", status)
        .put("service", "bucket")
        .put("bucket_version", version)
        .put(
            "core_integration",
            JsonObject.builder()
                .put("status", "active")
                .put("events_received", now.events())
                .put("agents_tracked", now.agents())
                .build())
        .put("prana_telemetry", JsonObject.builder().put("status", "active").build())
        .put(
            "governance",
            JsonObject.builder()
                .put("gate_active", true)
                .put("approved_integrations", JsonArray.ofStrings(integrations.approved()))
                .put("certification", "self_assessed")
                .put("constitutional_governance", "active")
                .build())
        .put(
            "services",
            JsonObject.builder()
                .put("event_store", "active")
                .put("audit_trail", "active")
                .put("storage", storage.name().toLowerCase(Locale.ROOT))
                .put("storage_action", storage.action())
                .put("storage_bytes", now.storageBytes())
                .put("storage_bytes_max", now.storageBytesMax())
                .build())
        .build();
  }

  private Response openApi(Request request) {
    return Response.of(200, MediaTypes.JSON, openApi);
  }
}
