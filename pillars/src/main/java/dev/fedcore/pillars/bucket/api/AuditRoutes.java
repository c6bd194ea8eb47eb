package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.limit.RateLimit;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.store.Filter;
import dev.fedcore.pillars.bucket.threat.ThreatChecks;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The audit trail: what was done to artifacts, and what was refused here. Written once, read by
/// product, never changed.
public final class AuditRoutes {

  private static final Set<String> STATUSES = Set.of("success", "failure", "blocked", "critical");
  private static final Pattern OPERATION = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final int NAME_LENGTH_MAX = 256;
  private static final int MESSAGE_LENGTH_MAX = 4_000;
  private static final EntryPages.Form ENTRIES =
      new EntryPages.Form("entries", "entry_hash", Map.of());

  private final Services services;
  private final EntryPages pages;
  private final Appending appending;
  private final RateLimit rate;

  AuditRoutes(Services services) {
    this.services = services;
    this.pages = new EntryPages(services.store());
    this.appending = new Appending(services.store());
    this.rate = new RateLimit(services.limits().writesPerSecondMax(), services.clock());
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("GET", "/audit/artifact/{artifact_id}", BucketAccess.READ, this::ofArtifact),
        new Route("GET", "/audit/user/{requester}", BucketAccess.READ, this::ofRequester),
        new Route("GET", "/audit/recent", BucketAccess.READ, this::recent),
        new Route("GET", "/audit/failed", BucketAccess.READ, this::failed),
        new Route("POST", "/audit/log", BucketAccess.WRITE, this::log),
        new Route(
            "POST",
            "/audit/validate-immutability/{artifact_id}",
            BucketAccess.READ,
            this::validateImmutability));
  }

  private Response ofArtifact(Request request) {
    return page(request, Filter.subject(request.parameter("artifact_id")));
  }

  private Response ofRequester(Request request) {
    return page(request, Filter.requester(request.parameter("requester")));
  }

  private Response recent(Request request) {
    return page(
        request, request.query().text("operation_type").map(Filter::kind).orElse(Filter.ALL));
  }

  private Response failed(Request request) {
    return page(request, Filter.FAILED);
  }

  private Response page(Request request, Filter filter) {
    Product product = readable(request);
    return pages.page(request, Chain.AUDIT, product, filter, ENTRIES);
  }

  private Product readable(Request request) {
    Caller caller = services.callers().ofQuery(request);
    services.callers().require(caller, request, Operation.READ);
    return services.callers().product(caller, request);
  }

  private Response log(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    services.callers().require(caller, request, Operation.APPEND_AUDIT);
    Draft draft = draft(fields, caller, request);
    fields.end();
    if (!rate.take(caller.name(), 1)) {
      throw EventRoutes.tooFast(caller, services.limits());
    }
    Place place = appending.append(List.of(draft)).getFirst();
    Response response =
        Response.json(
            200,
            JsonObject.builder()
                .put("success", true)
                .put("message", "audit entry stored")
                .put("entry_id", place.id())
                .put("seq", place.seq())
                .put("entry_hash", place.hash())
                .put("product_id", place.product())
                .build());
    return place.repeated() ? response.with("Idempotency-Replayed", "true") : response;
  }

  private Draft draft(JsonFields fields, Caller caller, Request request) {
    String operation = fields.string(AuditRecord.OPERATION_TYPE);
    if (!OPERATION.matcher(operation).matches()) {
      throw new MalformedInput(
          fields.pointer(AuditRecord.OPERATION_TYPE), "must be 1 to 64 letters, digits and '_'");
    }
    String artifact = fields.string(AuditRecord.ARTIFACT_ID, NAME_LENGTH_MAX);
    String status = fields.string(AuditRecord.STATUS);
    if (!STATUSES.contains(status)) {
      throw new MalformedInput(
          fields.pointer(AuditRecord.STATUS), "must be success, failure, blocked or critical");
    }
    Product product = product(fields, caller);
    services.callers().requireOwn(caller, request, product);
    refuseTampering(caller, request, new Attempt(operation, artifact, status));
    AuditRecord entry =
        new AuditRecord(product, caller, operation, artifact)
            .status(status)
            .id(IdempotencyKeys.of(request))
            .before(fields.optionalValue(AuditRecord.DATA_BEFORE))
            .after(fields.optionalValue(AuditRecord.DATA_AFTER));
    fields.optionalString(AuditRecord.INTEGRATION_ID).ifPresent(entry::integration);
    if (fields.has(AuditRecord.ERROR_MESSAGE)) {
      entry.error(fields.string(AuditRecord.ERROR_MESSAGE, MESSAGE_LENGTH_MAX));
    }
    Draft draft = entry.draft();
    if (draft.bytes() > services.limits().auditEntryBytesMax()) {
      throw new MalformedInput(
          "",
          "an audit entry has at most %,d bytes".formatted(services.limits().auditEntryBytesMax()));
    }
    return draft;
  }

  private static Product product(JsonFields fields, Caller caller) {
    String pointer = fields.pointer("product_id");
    Product product =
        fields
            .optionalString("product_id")
            .map(text -> Product.read(text, pointer))
            .or(() -> Product.defaultOf(caller.name(), caller.type()))
            .orElseThrow(() -> new MalformedInput(pointer, "is missing; name the product"));
    if (product.equals(Product.OWN)) {
      throw new MalformedInput(pointer, "\"bucket\" is Bucket's own; name another product");
    }
    return product;
  }

  private record Attempt(String operation, String artifact, String status) {}

  /// That something was refused may be told; that it was done to an audit trail may not.
  private void refuseTampering(Caller caller, Request request, Attempt attempt) {
    Optional<ThreatFinding> finding =
        attempt.status().equals("success")
            ? ThreatChecks.auditTampering(attempt.operation(), attempt.artifact(), caller.name())
            : Optional.empty();
    if (finding.isPresent()) {
      throw services
          .incidents()
          .refuse(
              caller,
              request,
              BucketProblem.THREAT_DETECTED,
              "an audit trail is never changed",
              finding);
    }
  }

  private Response validateImmutability(Request request) {
    Product product = readable(request);
    String artifact = request.parameter("artifact_id");
    BucketStore.History history = services.store().history(product.id(), artifact);
    var violations = new ArrayList<String>();
    if (history.entries() == 0) {
      violations.add("there is no history");
    }
    if (history.changes() > 0) {
      violations.add("the history has %d updates or deletions".formatted(history.changes()));
    }
    return Response.json(
        200,
        JsonObject.builder()
            .put("artifact_id", artifact)
            .put("immutable", violations.isEmpty())
            .put("entries", history.entries())
            .put("violations", JsonArray.ofStrings(violations))
            .build());
  }
}
