package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.ActorType;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Filter;
import dev.fedcore.pillars.bucket.store.Totals;
import dev.fedcore.pillars.bucket.store.Verification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reading events: one product's, never two, and never by who only writes.
public final class EventReads {

  /// How many event types the context of an agent shows.
  private static final int RECENT_MAX = 10;

  /// What readers may rely on, told with every page: T10.
  private static final JsonObject PROVENANCE =
      JsonObject.builder()
          .put(
              "set_by_server",
              JsonArray.ofStrings(
                  List.of(
                      "event_id",
                      "seq",
                      "timestamp",
                      "requester_id",
                      "requester_identity",
                      "product_id",
                      "tenant_id",
                      "prev",
                      "event_hash",
                      "content_salt",
                      "suspicions")))
          .put("note", "everything else is what the requester said, and is not verified")
          .build();

  private static final EntryPages.Form EVENTS =
      new EntryPages.Form("events", "event_hash", Map.of("provenance", PROVENANCE));

  private final Services services;
  private final EntryPages pages;
  private final Refusals refusals;
  private final Semaphore verifying = new Semaphore(1);

  EventReads(Services services, Refusals refusals) {
    this.services = services;
    this.pages = new EntryPages(services.store());
    this.refusals = refusals;
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("GET", "/core/events", BucketAccess.READ, this::events),
        new Route("GET", "/core/events/verify", BucketAccess.READ, this::verify),
        new Route("GET", "/core/stats", BucketAccess.READ, this::stats),
        new Route("GET", "/core/read-context", BucketAccess.READ, this::context));
  }

  private Response events(Request request) {
    Caller caller = reader(request);
    Product product = services.callers().product(caller, request);
    return pages.page(request, Chain.EVENTS, product, Filter.ALL, EVENTS);
  }

  private Response context(Request request) {
    Caller caller = reader(request);
    if (caller.type() != ActorType.CORE) {
      throw services
          .incidents()
          .refuse(
              caller,
              request,
              BucketProblem.OPERATION_FORBIDDEN,
              "only bhiv_core reads the context of agents",
              Optional.empty());
    }
    Product product = services.callers().product(caller, request);
    String agent =
        request
            .query()
            .text("agent_id")
            .orElseThrow(() -> Query.invalid("agent_id", "is missing: say which agent"));
    JsonValue context =
        services
            .store()
            .agent(product.id(), agent)
            .<JsonValue>map(row -> context(product, agent, row))
            .orElse(JsonNull.NULL);
    return Response.json(
        200, JsonObject.builder().put("success", true).put("context", context).build());
  }

  private JsonObject context(Product product, String agent, BucketStore.AgentRow row) {
    List<String> recent = services.store().recentKinds(product.id(), agent, RECENT_MAX);
    return JsonObject.builder()
        .put("agent_id", agent)
        .put("event_count", row.events())
        .put("last_updated", row.lastAt())
        .put("recent_event_types", JsonArray.ofStrings(recent.reversed()))
        .build();
  }

  /// Counts only, no product's content; still nothing for who only writes.
  private Response stats(Request request) {
    reader(request);
    Totals totals = services.store().totals();
    long agents = services.store().agents();
    JsonObject.Builder refused = JsonObject.builder();
    refusals.counts().forEach(refused::put);
    return Response.json(
        200,
        JsonObject.builder()
            .put(
                "stats",
                JsonObject.builder()
                    .put("total_events", totals.events())
                    .put("agents_with_context", agents)
                    .put("tracked_agents", agents)
                    .put("audit_entries", totals.audits())
                    .put("storage_bytes", totals.bytes())
                    .put("refused", refused.build())
                    .build())
            .put("integration_status", "active")
            .build());
  }

  private Response verify(Request request) {
    reader(request);
    if (!verifying.tryAcquire()) {
      throw new ProblemFound(
          Problem.of(
                  BucketProblem.VERIFICATION_UNDER_WAY, "the chains are being walked; wait for it")
              .withHeader("Retry-After", "10"));
    }
    try {
      Verification events = services.store().verify(Chain.EVENTS);
      Verification audit = services.store().verify(Chain.AUDIT);
      return Response.json(
          200,
          JsonObject.builder()
              .put("sound", events.isSound() && audit.isSound())
              .put("events", json(events))
              .put("audit", json(audit))
              .build());
    } finally {
      verifying.release();
    }
  }

  private Caller reader(Request request) {
    Caller caller = services.callers().ofQuery(request);
    services.callers().require(caller, request, Operation.READ);
    return caller;
  }

  private static JsonObject json(Verification verification) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("entries", verification.entries())
            .put("head", verification.head())
            .put("sound", verification.isSound());
    verification
        .broken()
        .ifPresent(found ->
            json.put(
                "broken",
                JsonObject.builder().put("seq", found.seq()).put("what", found.what()).build()));
    return json.build();
  }
}
