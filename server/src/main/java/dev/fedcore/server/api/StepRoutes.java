package dev.fedcore.server.api;

import dev.fedcore.engine.Request.ReportStep;
import dev.fedcore.engine.Request.ReportedAction;
import dev.fedcore.engine.Request.ReportedError;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.workflow.StepType;
import dev.fedcore.server.api.Commanding.Shown;
import java.util.List;
import java.util.Optional;

/// A worker's reports on the steps of an external run. Each asks policy before the step may start.
public final class StepRoutes {

  private static final int CODE_LENGTH_MAX = 128;

  private final Commanding commanding;
  private final Finding finding;

  public StepRoutes(Commanding commanding, Finding finding) {
    this.commanding = commanding;
    this.finding = finding;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/workflows/runs/{run_id}/steps", Accesses.MOVE, this::report));
  }

  private Response report(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    StepId step =
        RunCommands.stepId(fields, "step_id")
            .orElseThrow(() -> new MalformedInput("/step_id", "must be a string, is missing"));
    fields.optionalOneOf("step_type", StepType.class);
    var command =
        new ReportStep(
            step,
            fields.oneOf("status", ReportStep.Kind.class),
            fields.optionalObject("input").orElse(JsonObject.EMPTY),
            fields.optionalObject("output").orElse(JsonObject.EMPTY),
            action(fields),
            RunCommands.effect(fields),
            error(fields),
            RunCommands.reason(fields));
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(request, body, run, command, shown -> reported(request, step, shown));
  }

  private Response reported(Request request, StepId id, Shown shown) {
    Optional<JsonObject> step = RunText.step(RunText.parse(shown.view()), id);
    JsonValue decision = step.flatMap(s -> s.get("decision")).orElse(JsonNull.NULL);
    Optional<GateRow> gate =
        shown.gate().map(opened -> finding.gate(opened, request.principal().tenant()));
    JsonText answer =
        JsonText.object()
            .put("run", shown.view().utf8())
            .put("step", step.<JsonValue>map(s -> s).orElse(JsonNull.NULL).canonicalBytes())
            .put("decision", decision.canonicalBytes());
    return Response.json(
        200,
        gate.map(row -> answer.put("gate", row.view().utf8()))
            .orElseGet(() -> answer.putNull("gate"))
            .toBytes());
  }

  private static Optional<ReportedAction> action(JsonFields fields) {
    return fields
        .optionalObject("action")
        .map(action -> {
          var inner = JsonFields.of(action, fields.pointer("action"));
          var reported =
              new ReportedAction(
                  inner.string("type", CODE_LENGTH_MAX),
                  inner.optionalString("target").orElse(""),
                  inner.object("parameters"));
          inner.end();
          return reported;
        });
  }

  private static Optional<ReportedError> error(JsonFields fields) {
    return fields
        .optionalObject("error")
        .map(error -> {
          var inner = JsonFields.of(error, fields.pointer("error"));
          var reported =
              new ReportedError(
                  inner.string("code", CODE_LENGTH_MAX),
                  inner.string("message", RunCommands.REASON_LENGTH_MAX));
          inner.end();
          return reported;
        });
  }
}
