package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.constitution.Channel;
import dev.fedcore.pillars.bucket.constitution.Constitution;
import dev.fedcore.pillars.bucket.constitution.Violation;
import dev.fedcore.pillars.bucket.constitution.ViolationType;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.GovernanceRule;
import dev.fedcore.pillars.bucket.governance.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The constitution between Core and Bucket: what it allows, and what was done against it.
public final class ConstitutionRoutes {

  private static final int NAME_LENGTH_MAX = 256;

  /// How many violations of one document are told; the worst of all is always dealt with. More than
  /// a person mends at once.
  private static final int TOLD_MAX = 100;

  private static final String CORE = "/constitutional/core";
  private static final String VIOLATIONS = "/constitutional/violations";

  private final Services services;
  private final Violations violations;

  ConstitutionRoutes(Services services, Violations violations) {
    this.services = services;
    this.violations = violations;
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("POST", CORE + "/validate-request", BucketAccess.READ, this::validateRequest),
        new Route("POST", CORE + "/validate-input", BucketAccess.READ, r -> channel(r, true)),
        new Route("POST", CORE + "/validate-output", BucketAccess.READ, r -> channel(r, false)),
        new Route("GET", CORE + "/capabilities", BucketAccess.READ, _ -> capabilities()),
        new Route("GET", CORE + "/contract", BucketAccess.READ, this::contract),
        new Route("GET", VIOLATIONS + "/summary", BucketAccess.READ, this::summary),
        new Route("GET", VIOLATIONS + "/report", BucketAccess.READ, this::report),
        new Route("POST", VIOLATIONS + "/handle", BucketAccess.GOVERN, this::handle),
        new Route("GET", "/constitutional/status", BucketAccess.READ, this::status));
  }

  private Response validateRequest(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    String endpoint = endpoint(fields, request);
    var asked =
        new Constitution.Asked(
            caller.name(),
            fields.string("operation", NAME_LENGTH_MAX),
            fields.string("product_id", NAME_LENGTH_MAX),
            fields.optionalObject("data").orElse(JsonObject.EMPTY));
    fields.end();
    List<Violation> found = Constitution.violations(asked);
    if (!found.isEmpty()) {
      throw violated(BucketProblem.CONSTITUTION_VIOLATED, handled(found, endpoint, caller));
    }
    return compliant();
  }

  private Response channel(Request request, boolean inward) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    String name = fields.string("channel", NAME_LENGTH_MAX);
    JsonObject document = fields.object("data");
    fields.end();
    List<Violation> found =
        Channel.parse(name, inward)
            .map(channel -> channel.violations(document))
            .orElseGet(() -> List.of(noChannel(name, inward)));
    if (!found.isEmpty()) {
      String endpoint = request.route().pattern();
      throw violated(BucketProblem.CONTRACT_VIOLATED, handled(found, endpoint, caller));
    }
    return compliant();
  }

  private static Violation noChannel(String name, boolean inward) {
    return new Violation(
        inward ? ViolationType.INVALID_INPUT_CHANNEL : ViolationType.INVALID_OUTPUT_CHANNEL,
        "%s is no channel; there are %s".formatted(name, String.join(", ", Channel.names(inward))));
  }

  /// The worst is written down and dealt with; the first are told.
  private Handling handled(List<Violation> found, String endpoint, Caller caller) {
    Violation worst =
        found.stream().max((a, b) -> a.severity().compareTo(b.severity())).orElseThrow();
    return new Handling(
        found.stream().limit(TOLD_MAX).toList(), violations.handle(worst, endpoint, caller));
  }

  private record Handling(List<Violation> told, Violations.Handled handled) {}

  private static ProblemFound violated(BucketProblem kind, Handling handling) {
    String details =
        handling.told().stream().map(Violation::detail).collect(Collectors.joining("; "));
    List<JsonValue> all = handling.told().stream().<JsonValue>map(Violation::json).toList();
    return new ProblemFound(
        Problem.of(kind, details)
            .with("compliant", JsonBoolean.FALSE)
            .with("violations", new JsonArray(all))
            .with("handled", handling.handled().json()));
  }

  private static Response compliant() {
    return Response.json(
        200,
        JsonObject.builder()
            .put("compliant", true)
            .put("violations", JsonArray.EMPTY)
            .put("action", "proceed")
            .put("escalation_required", false)
            .build());
  }

  private static Response capabilities() {
    return Response.json(
        200,
        JsonObject.builder()
            .put("requester_id", Constitution.CORE)
            .put("capabilities", JsonArray.ofStrings(Constitution.CAPABILITIES))
            .put("operations", JsonArray.ofStrings(Constitution.OPERATIONS))
            .put("prohibited", JsonArray.ofStrings(Constitution.PROHIBITED))
            .build());
  }

  private Response contract(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("version", "1.0")
            .put("input_channels", JsonArray.ofStrings(Channel.names(true)))
            .put("output_channels", JsonArray.ofStrings(Channel.names(false)))
            .put(
                "rules",
                JsonArray.ofStrings(
                    Arrays.stream(GovernanceRule.values())
                        .map(rule -> rule.name() + ": " + rule.says())
                        .toList()))
            .put(
                "limits",
                JsonObject.builder()
                    .put("batch_events", services.limits().batchEventsMax())
                    .put("metadata_field_bytes", services.limits().metadataFieldBytesMax())
                    .put("writes_per_second", services.limits().writesPerSecondMax())
                    .build())
            .build());
  }

  private Response summary(Request request) {
    requireReader(request);
    List<Violations.Recorded> recent = violations.recent(EntryPages.LIMIT_MAX);
    return Response.json(
        200,
        JsonObject.builder()
            .put("looked_at", recent.size())
            .put("by_type", count(recent, recorded -> recorded.type().text()))
            .put("by_severity", count(recent, ConstitutionRoutes::severity))
            .build());
  }

  private Response report(Request request) {
    requireReader(request);
    int limit = request.query().integer("limit", EntryPages.LIMIT_DEFAULT, 1, EntryPages.LIMIT_MAX);
    List<JsonValue> recent =
        violations.recent(limit).stream().<JsonValue>map(Violations.Recorded::json).toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("showing", recent.size())
            .put("violations", new JsonArray(recent))
            .build());
  }

  private Response handle(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    services.callers().requireGoverning(caller, request);
    ViolationType type = fields.oneOf("violation_type", ViolationType.class);
    String endpoint = endpoint(fields, request);
    String detail = fields.string("detail", NAME_LENGTH_MAX);
    fields.end();
    return Response.json(
        200, violations.handle(new Violation(type, detail), endpoint, caller).json());
  }

  private Response status(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("status", "active")
            .put("rules", GovernanceRule.values().length)
            .put("input_channels", Channel.names(true).size())
            .put("output_channels", Channel.names(false).size())
            .put("enforcement", "every write and read is checked; refusals are audit entries")
            .build());
  }

  private void requireReader(Request request) {
    Caller caller = services.callers().ofQuery(request);
    services.callers().require(caller, request, Operation.READ);
    services.callers().requireOwn(caller, request, Product.OWN);
  }

  private static String endpoint(JsonFields fields, Request request) {
    Optional<String> stated =
        fields.has("endpoint")
            ? Optional.of(fields.string("endpoint", NAME_LENGTH_MAX))
            : Optional.empty();
    return stated.orElse(request.route().pattern());
  }

  private static String severity(Violations.Recorded recorded) {
    return recorded.type().severity().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject count(
      List<Violations.Recorded> recorded, Function<Violations.Recorded, String> by) {
    Map<String, Long> counts =
        recorded.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    JsonObject.Builder json = JsonObject.builder();
    counts.forEach(json::put);
    return json.build();
  }
}
