package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.governance.ArtifactClass;
import dev.fedcore.pillars.bucket.governance.Integration;
import dev.fedcore.pillars.bucket.governance.IntegrationGate;
import dev.fedcore.pillars.bucket.governance.IntegrationGate.Decision;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.governance.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The governance gate: which integration is let in, and whether one of its operations may be done.
public final class GateRoutes {

  private final Services services;
  private final Integrations integrations;

  GateRoutes(Services services, Integrations integrations) {
    this.services = services;
    this.integrations = integrations;
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route(
            "POST",
            "/governance/gate/validate-integration",
            BucketAccess.GOVERN,
            this::validateIntegration),
        new Route(
            "POST",
            "/governance/gate/validate-operation",
            BucketAccess.READ,
            this::validateOperation));
  }

  private Response validateIntegration(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    services.callers().requireGoverning(caller, request);
    Integration integration = Integration.read(fields);
    fields.end();
    IntegrationGate.Result result = integrations.decide(integration, caller);
    JsonArray reasons = Integrations.reasons(result);
    if (result.decision() == Decision.REJECTED) {
      throw new ProblemFound(
          Problem.of(
                  BucketProblem.INTEGRATION_REJECTED,
                  "%s is not let in; the reasons say what to change".formatted(integration.id()))
              .with("decision", new JsonString(result.decision().text()))
              .with("reasons", reasons));
    }
    return Response.json(
        200,
        JsonObject.builder()
            .put("integration_id", integration.id())
            .put("decision", result.decision().text())
            .put("reasons", reasons)
            .build());
  }

  private Response validateOperation(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().ofBody(request, fields.optionalString("requester_id"));
    String name = fields.string("operation_type", Integration.NAME_LENGTH_MAX);
    String artifactClass = fields.string("artifact_class", Integration.NAME_LENGTH_MAX);
    long size = fields.integer("data_size", 0, JsonNumber.INTEGER_MAX);
    String integration = fields.string("integration_id", Integration.NAME_LENGTH_MAX);
    fields.end();
    Operation operation =
        Operation.parse(name)
            .orElseThrow(() ->
                new MalformedInput(
                    fields.pointer("operation_type"), "is no operation; send CREATE or READ"));
    List<String> reasons = new ArrayList<>();
    actor(caller, operation).ifPresent(reasons::add);
    artifact(operation, artifactClass).ifPresent(reasons::add);
    approval(integration, artifactClass).ifPresent(reasons::add);
    if (size > services.limits().artifactBytesMax()) {
      reasons.add("data_size is above %,d bytes".formatted(services.limits().artifactBytesMax()));
    }
    if (!reasons.isEmpty()) {
      throw new ProblemFound(
          Problem.of(BucketProblem.OPERATION_REJECTED, String.join("; ", reasons))
              .with("allowed", JsonBoolean.FALSE)
              .with("reasons", JsonArray.ofStrings(reasons)));
    }
    return Response.json(
        200, JsonObject.builder().put("allowed", true).put("reason", "all rules allow it").build());
  }

  /// An update of the classes that allow it is a new version, so for the actor it is a creation.
  private static Optional<String> actor(Caller caller, Operation operation) {
    Ruling ruling =
        caller.type().judge(operation == Operation.UPDATE ? Operation.CREATE : operation);
    return ruling.allowed() ? Optional.empty() : Optional.of(ruling.reason());
  }

  private static Optional<String> artifact(Operation operation, String artifactClass) {
    Optional<ArtifactClass> known = ArtifactClass.parse(artifactClass);
    if (known.isEmpty()) {
      return Optional.of(artifactClass + " is no artifact class");
    }
    return known.get().allows(operation)
        ? Optional.empty()
        : Optional.of("%s does not allow %s".formatted(artifactClass, operation));
  }

  private Optional<String> approval(String integration, String artifactClass) {
    Optional<Set<String>> approved = integrations.approvedClasses(integration);
    if (approved.isEmpty()) {
      return Optional.of(integration + " is not approved");
    }
    return approved.get().contains(artifactClass)
        ? Optional.empty()
        : Optional.of("%s was not approved for %s".formatted(integration, artifactClass));
  }
}
