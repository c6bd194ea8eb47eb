package dev.fedcore.server.api;

import dev.fedcore.engine.NewRun;
import dev.fedcore.engine.Request.MoveTo;
import dev.fedcore.engine.Request.Retry;
import dev.fedcore.engine.Request.Settle;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.server.api.Commanding.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is asked of runs as a whole: create, move, retry, settle.
public final class RunCommands {

  /// The longest reason, in characters.
  static final int REASON_LENGTH_MAX = 2_000;

  /// The longest reference to an effect, in characters.
  private static final int EFFECT_LENGTH_MAX = 500;

  /// Thirty days, in seconds: no gate stays open longer.
  static final long GATE_SECONDS_MAX = 2_592_000;

  /// Steps are counted from 0; a plan has at most 256.
  private static final long STEP_INDEX_MAX = 255;

  private static final String RUN = "/workflows/runs/{run_id}";

  private final Commanding commanding;
  private final Finding finding;

  public RunCommands(Commanding commanding, Finding finding) {
    this.commanding = commanding;
    this.finding = finding;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/workflows/runs", Accesses.OPERATE, this::create),
        new Route("PATCH", RUN + "/status", Accesses.MOVE, this::move),
        new Route("POST", RUN + "/retry", Accesses.OPERATE, this::retry),
        new Route("POST", RUN + "/steps/{step_id}/settlement", Accesses.OPERATE, this::settle));
  }

  private Response create(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    Optional<Execution> execution = fields.optionalOneOf("execution", Execution.class);
    boolean start = fields.bool("start", false);
    Optional<Duration> gateTimeout = seconds(fields, "gate_timeout_seconds");
    NewRun run = newRun(request, fields, execution, start, gateTimeout);
    fields.end();
    return commanding.create(request, body, run, RunCommands::created);
  }

  /// A new run as both contracts describe it.
  public static NewRun newRun(
      Request request,
      JsonFields fields,
      Optional<Execution> execution,
      boolean start,
      Optional<Duration> gateTimeout) {
    return new NewRun(
        fields.string("workflow_id"),
        fields.optionalString("workflow_version"),
        fields.optionalObject("input_payload").orElse(JsonObject.EMPTY),
        fields.optionalObject("metadata").orElse(JsonObject.EMPTY),
        fields.strings("tags"),
        parent(fields),
        execution,
        start,
        gateTimeout,
        Preconditions.correlation(request));
  }

  private Response move(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    MoveTo command = moveTo(fields);
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    mustBeOperator(request, run);
    return commanding.handle(request, body, run, command, RunCommands::asIs);
  }

  /// A change of status as both contracts describe it. Where the run stands among its steps is the
  /// run's own business: `current_step` and `step_index` are read and left.
  public static MoveTo moveTo(JsonFields fields) {
    RunStatus status = fields.oneOf("status", RunStatus.class);
    if (status == RunStatus.PENDING) {
      throw new MalformedInput(fields.pointer("status"), "no run goes back to PENDING");
    }
    fields.optionalString("current_step");
    fields.optionalInteger("step_index", 0, STEP_INDEX_MAX);
    return new MoveTo(status, reason(fields));
  }

  private Response retry(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    Optional<StepId> step = stepId(fields, "step_id");
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(request, body, run, new Retry(step), RunCommands::asIs);
  }

  private Response settle(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    var command =
        new Settle(
            stepInPath(request),
            fields.oneOf("result", Settled.class) == Settled.COMPLETED,
            fields.optionalObject("output").orElse(JsonObject.EMPTY),
            effect(fields),
            fields.string("reason", REASON_LENGTH_MAX));
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(request, body, run, command, RunCommands::asIs);
  }

  /// What an effect is known by to the system that it happened in.
  static Optional<String> effect(JsonFields fields) {
    return fields.has("effect_ref")
        ? Optional.of(fields.string("effect_ref", EFFECT_LENGTH_MAX))
        : Optional.empty();
  }

  private enum Settled {
    COMPLETED,
    FAILED
  }

  /// Whoever only executes moves external runs, and no others.
  private void mustBeOperator(Request request, RunId run) {
    if (request.principal().roles().contains(Role.OPERATOR)) {
      return;
    }
    RunRow row = finding.run(run, request.principal().tenant());
    if (!RunText.isExternal(row.view())) {
      throw new ProblemFound(
          Problem.of(ProblemKind.FORBIDDEN, "an executor moves external runs only"));
    }
  }

  private static Response created(Shown shown) {
    return Response.json(201, shown.view().utf8()).with("Location", Commanding.RUNS + shown.run());
  }

  private static Response asIs(Shown shown) {
    return Response.json(200, shown.view().utf8());
  }

  static StepId stepInPath(Request request) {
    try {
      return new StepId(request.parameter("step_id"));
    } catch (IllegalArgumentException _) {
      throw new ProblemFound(Problem.of(ProblemKind.UNKNOWN_STEP, "the run has no such step"));
    }
  }

  static Optional<StepId> stepId(JsonFields fields, String name) {
    try {
      return fields.optionalString(name).map(StepId::new);
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(fields.pointer(name), "is no step id: " + e.getMessage());
    }
  }

  static Optional<Duration> seconds(JsonFields fields, String name) {
    var seconds = fields.optionalInteger(name, 1, GATE_SECONDS_MAX);
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  static String reason(JsonFields fields) {
    return fields.has("reason") ? fields.string("reason", REASON_LENGTH_MAX) : "";
  }

  private static Optional<RunId> parent(JsonFields fields) {
    try {
      return fields.optionalString("parent_run_id").map(RunId::parse);
    } catch (IllegalArgumentException _) {
      throw new MalformedInput(fields.pointer("parent_run_id"), "is no run id");
    }
  }
}
