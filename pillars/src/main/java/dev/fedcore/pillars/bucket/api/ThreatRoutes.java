package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.threat.Pattern;
import dev.fedcore.pillars.bucket.threat.Poisoning;
import dev.fedcore.pillars.bucket.threat.ScanContext;
import dev.fedcore.pillars.bucket.threat.Threat;
import dev.fedcore.pillars.bucket.threat.ThreatChecks;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The threat model, to be read and to be asked: a check answers 403 when it finds what it looks
/// for, a scan answers 200 with all that it found.
public final class ThreatRoutes {

  private final Services services;

  ThreatRoutes(Services services) {
    this.services = services;
  }

  /// The operations of this class.
  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(check("check-storage-exhaustion", ThreatRoutes::storage));
    routes.add(check("check-executor-override", ThreatRoutes::executor));
    routes.add(check("check-ai-escalation", ThreatRoutes::ai));
    routes.add(check("check-audit-tampering", ThreatRoutes::audit));
    routes.add(check("check-cross-product-leak", ThreatRoutes::leak));
    routes.add(new Route("POST", path("/scan"), BucketAccess.READ, this::scan));
    routes.add(
        new Route("POST", path("/scan-with-context"), BucketAccess.READ, this::scanWithContext));
    routes.add(new Route("GET", path(""), BucketAccess.READ, ThreatRoutes::all));
    routes.add(
        new Route(
            "GET", path("/escalation-matrix"), BucketAccess.READ, ThreatRoutes::escalationMatrix));
    routes.add(
        new Route(
            "GET", path("/certification-status"), BucketAccess.READ, ThreatRoutes::certification));
    routes.add(
        new Route("GET", path("/pattern/{pattern}"), BucketAccess.READ, ThreatRoutes::byPattern));
    routes.add(new Route("GET", path("/{threat_id}"), BucketAccess.READ, ThreatRoutes::byId));
    return List.copyOf(routes);
  }

  /// Looks for one threat in a query.
  private interface Check {
    Optional<ThreatFinding> look(Query query);
  }

  private static Route check(String name, Check check) {
    return new Route(
        "POST",
        path("/" + name),
        BucketAccess.READ,
        request -> {
          Optional<ThreatFinding> found = check.look(request.query());
          if (found.isPresent()) {
            throw new ProblemFound(refusal(found.get()));
          }
          return Response.json(
              200,
              JsonObject.builder()
                  .put("threat_detected", false)
                  .put("message", "nothing of this threat is seen")
                  .build());
        });
  }

  private static Problem refusal(ThreatFinding finding) {
    Problem problem =
        Incidents.problem(
            BucketProblem.THREAT_DETECTED, finding.description(), Optional.of(finding));
    return finding.threat() == Threat.T8_AUDIT_TAMPERING
        ? problem.with("severity", new JsonString("MAXIMUM"))
        : problem;
  }

  private static Optional<ThreatFinding> storage(Query query) {
    return ThreatChecks.storageExhaustion(number(query, "used_gb"), number(query, "total_gb"));
  }

  private static Optional<ThreatFinding> executor(Query query) {
    return ThreatChecks.executorOverride(
        text(query, "actor"),
        text(query, "requested_action"),
        query.text("governance_scope").orElse(""));
  }

  private static Optional<ThreatFinding> ai(Query query) {
    return ThreatChecks.aiEscalation(text(query, "actor"), text(query, "requested_operation"));
  }

  private static Optional<ThreatFinding> audit(Query query) {
    return ThreatChecks.auditTampering(
        text(query, "operation_type"), text(query, "target_type"), text(query, "actor"));
  }

  private static Optional<ThreatFinding> leak(Query query) {
    return ThreatChecks.crossProductLeak(
        text(query, "product_id"),
        text(query, "requested_product_data"),
        query.text("artifact_type").orElse(""));
  }

  private Response scan(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    JsonObject document = fields.object("data");
    fields.end();
    return findings(poisoning(document));
  }

  private Response scanWithContext(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    JsonObject document = fields.object("data");
    var context =
        ScanContext.read(JsonFields.of(fields.object("context"), fields.pointer("context")));
    fields.end();
    var found = new ArrayList<>(poisoning(document));
    found.addAll(context.findings());
    return findings(found);
  }

  private List<ThreatFinding> poisoning(JsonObject document) {
    return Poisoning.suspicions(
        document, services.clock().instant(), services.limits().metadataFieldBytesMax());
  }

  private static Response findings(List<ThreatFinding> found) {
    boolean escalate = found.stream().anyMatch(ThreatFinding::mustEscalate);
    return Response.json(
        200,
        JsonObject.builder()
            .put("threats_detected", !found.isEmpty())
            .put("count", found.size())
            .put("escalation_required", escalate)
            .put("findings", new JsonArray(found.stream().<JsonValue>map(f -> f.json()).toList()))
            .build());
  }

  private static Response all(Request request) {
    List<JsonValue> threats = Arrays.stream(Threat.values()).<JsonValue>map(Threat::json).toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("count", threats.size())
            .put("threats", new JsonArray(threats))
            .build());
  }

  private static Response byId(Request request) {
    String id = request.parameter("threat_id");
    return Response.json(200, Threat.parse(id).orElseThrow(() -> unknown(id)).json());
  }

  private static Response byPattern(Request request) {
    String text = request.parameter("pattern");
    Pattern pattern =
        Arrays.stream(Pattern.values())
            .filter(known -> known.text().equals(text))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    return Response.json(
        200,
        JsonObject.builder()
            .put("pattern", text)
            .put("threats", JsonArray.of(pattern.threat().json()))
            .build());
  }

  private static Response escalationMatrix(Request request) {
    List<JsonValue> rows = new ArrayList<>();
    for (Threat threat : Threat.values()) {
      rows.add(
          JsonObject.builder()
              .put("threat_id", threat.name())
              .put("level", threat.level().name())
              .put("escalation", threat.escalation())
              .put("action", threat.action())
              .build());
    }
    return Response.json(200, JsonObject.builder().put("matrix", new JsonArray(rows)).build());
  }

  /// Nobody but us has certified anything, and this says so.
  private static Response certification(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("certification", "self_assessed")
            .put("threats", Threat.values().length)
            .put("mitigated_in_code", Threat.values().length)
            .put("certified_by_third_party", false)
            .build());
  }

  private static ProblemFound unknown(String name) {
    return new ProblemFound(
        Problem.of(
            BucketProblem.UNKNOWN_THREAT, name + " is none; GET /governance/threats lists them"));
  }

  private static String text(Query query, String name) {
    return query.text(name).orElseThrow(() -> Query.invalid(name, "is missing"));
  }

  private static double number(Query query, String name) {
    try {
      double value = Double.parseDouble(text(query, name));
      if (Double.isFinite(value) && value >= 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told like a number that is negative or without end.
    }
    throw Query.invalid(name, "must be a number, 0 or more");
  }

  private static String path(String rest) {
    return "/governance/threats" + rest;
  }
}
