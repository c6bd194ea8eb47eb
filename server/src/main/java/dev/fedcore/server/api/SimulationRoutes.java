package dev.fedcore.server.api;

import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Asks policy what it would answer. Nothing is kept, nothing is done.
public final class SimulationRoutes {

  /// More attempts than any step has had.
  private static final int ATTEMPTS_MAX = 1_000_000;

  /// What an action's hash names when no adapter of ours carries it out, as in external runs.
  private static final String REPORTED = "external";

  private final PolicyEngine policy;
  private final Definitions definitions;
  private final Catalog catalog;

  public SimulationRoutes(PolicyEngine policy, Definitions definitions, Catalog catalog) {
    this.policy = policy;
    this.definitions = definitions;
    this.catalog = catalog;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("POST", "/policies/evaluate", Accesses.READ, this::evaluate));
  }

  private Response evaluate(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    PolicyQuestion question = question(request.principal(), fields);
    fields.end();
    return Response.json(
        200, DecisionJson.of(policy.decide(question)).with("mode", new JsonString("simulate")));
  }

  private PolicyQuestion question(Principal by, JsonFields fields) {
    WorkflowDefinition definition = definition(by, fields);
    Execution execution =
        fields.optionalOneOf("execution", Execution.class).orElse(definition.execution());
    String actor = fields.optionalString("actor_id").orElse(by.actor());
    JsonFields step = JsonFields.of(fields.object("step"), "/step");
    StepId id =
        RunCommands.stepId(step, "id")
            .orElseThrow(() -> new MalformedInput("/step/id", "must be a string, is missing"));
    StepType type = step.oneOf("type", StepType.class);
    int attempt = (int) step.optionalInteger("attempt", 1, ATTEMPTS_MAX).orElse(1);
    step.end();
    Asked asked = asked(fields, type);
    Payloads.Body input =
        Payloads.of(fields.optionalObject("input").orElse(JsonObject.EMPTY), PayloadSalt.NONE);
    return new PolicyQuestion(
        by.tenant(),
        actor,
        definition.ref(),
        execution,
        id,
        type,
        attempt,
        asked.type(),
        asked.action().target(),
        asked.action().parameters(),
        ActionDigest.of(asked.type(), asked.version(), asked.action(), actor, PayloadSalt.NONE),
        input.json(),
        input.hash(),
        PayloadSalt.NONE);
  }

  private WorkflowDefinition definition(Principal by, JsonFields fields) {
    String id = fields.string("workflow_id");
    Optional<String> version = fields.optionalString("workflow_version");
    return definitions
        .find(by.tenant(), id, version)
        .orElseThrow(() ->
            new ProblemFound(
                Problem.of(ProblemKind.UNKNOWN_WORKFLOW, "no workflow is registered as " + id)));
  }

  /// The action as an adapter would get it, so that the answer is the one a run would get.
  private record Asked(String type, String version, ActionForm.Action action) {}

  private Asked asked(JsonFields fields, StepType step) {
    Optional<JsonObject> given = fields.optionalObject("action");
    if (given.isEmpty()) {
      String type = "step." + step.name().toLowerCase(Locale.ROOT);
      return new Asked(type, REPORTED, new ActionForm.Action("", JsonObject.EMPTY));
    }
    JsonFields action = JsonFields.of(given.get(), "/action");
    String type = action.string("type");
    Optional<String> target = action.optionalString("target");
    JsonObject parameters = action.optionalObject("parameters").orElse(JsonObject.EMPTY);
    action.end();
    Optional<Adapter> adapter = catalog.adapter(type);
    if (adapter.isEmpty()) {
      return new Asked(type, REPORTED, new ActionForm.Action(target.orElse(""), parameters));
    }
    return new Asked(type, adapter.get().version(), normal(adapter.get(), parameters));
  }

  private static ActionForm.Action normal(Adapter adapter, JsonObject parameters) {
    try {
      return adapter.normalise(parameters);
    } catch (MalformedInput malformed) {
      throw new ProblemFound(
          Problem.at(
              ProblemKind.INVALID_INPUT, "/action" + malformed.pointer(), malformed.problem()));
    }
  }
}
