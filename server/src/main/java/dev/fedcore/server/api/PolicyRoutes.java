package dev.fedcore.server.api;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.CelPolicyEngine.Source;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.server.policies.Policies;
import java.util.List;
import java.util.Optional;

/// Policy bundles: see which decide, check one, activate one.
public final class PolicyRoutes {

  private final Policies policies;

  public PolicyRoutes(Policies policies) {
    this.policies = policies;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/policies", Accesses.READ, this::list),
        new Route("GET", "/policies/{policy_id}", Accesses.READ, this::one),
        new Route("POST", "/policies", Accesses.ADMINISTER, this::activate),
        new Route("POST", "/policies/check", Accesses.CHECK_POLICY, this::check));
  }

  private Response list(Request request) {
    TenantId tenant = request.principal().tenant();
    List<JsonValue> all =
        policies.active(tenant).stream()
            .<JsonValue>map(active -> json(active.bundle(), active.source()))
            .toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("policies", new JsonArray(all))
            .put("not_recalled", DecisionJson.strings(policies.notRecalled(tenant)))
            .build());
  }

  private Response one(Request request) {
    String id = request.parameter("policy_id");
    ActiveBundle active =
        policies.active(request.principal().tenant()).stream()
            .filter(bundle -> bundle.bundle().policyId().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new ProblemFound(
                    Problem.of(ProblemKind.UNKNOWN_POLICY, "no such policy is active")));
    return Response.json(
        200, json(active.bundle(), active.source()).with("document", active.bundle().document()));
  }

  private Response activate(Request request) {
    PolicyBundle bundle = sound(request);
    return switch (policies.activate(request.principal(), bundle)) {
      case Activation.Activated(var activated, var previous) ->
          Response.json(200, json(activated, Source.API).with("previous", previous(previous)));
      case Activation.Rejected rejected -> throw rejected(List.of(rejected.problem()));
    };
  }

  private Response check(Request request) {
    PolicyBundle bundle = sound(request);
    if (policies.rehearse(request.principal().tenant(), bundle)
        instanceof Activation.Rejected rejected) {
      throw rejected(List.of(rejected.problem()));
    }
    var checked = JsonObject.builder().put("ok", true).put("tests", bundle.tests().size());
    json(bundle, Source.API).members().forEach(checked::put);
    return Response.json(200, checked.build());
  }

  private static PolicyBundle sound(Request request) {
    String type = request.mediaType();
    if (!type.equals(MediaTypes.JSON) && !MediaTypes.YAML.contains(type)) {
      throw Bodies.unsupported(type, "application/json or application/yaml");
    }
    return switch (BundleLoader.load(request.body())) {
      case LoadResult.Loaded(var bundle, var _) -> bundle;
      case LoadResult.Rejected(var problems) -> throw rejected(problems);
    };
  }

  private static ProblemFound rejected(List<dev.fedcore.policy.Problem> problems) {
    return new ProblemFound(
        Problem.of(
                ProblemKind.POLICY_REJECTED, "the bundle is not activated: " + problems.getFirst())
            .withErrors(
                problems.stream()
                    .map(found -> new Problem.Place(found.pointer(), found.sentence()))
                    .toList()));
  }

  private JsonObject json(PolicyBundle bundle, Source source) {
    return PolicyJson.of(bundle, source, policies.signers(bundle));
  }

  private static JsonValue previous(Optional<PolicyBundle> bundle) {
    return bundle
        .<JsonValue>map(before ->
            JsonObject.builder()
                .put("version", before.version())
                .put("bundle_hash", before.hash().hex())
                .build())
        .orElse(JsonNull.NULL);
  }
}
