package dev.fedcore.server.api;

import dev.fedcore.engine.Request.AskGate;
import dev.fedcore.engine.Request.Vote;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.server.api.Commanding.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where people answer: ask for a gate, see gates, vote.
public final class GateRoutes {

  /// The longest name of a gate, in characters.
  private static final int NAME_LENGTH_MAX = 200;

  /// The longest word for what a gate is for, in characters.
  private static final int TYPE_LENGTH_MAX = 64;

  /// An hour, as the published client has it.
  private static final Duration TIMEOUT_DEFAULT = Duration.ofHours(1);

  /// What a gate is for when nobody says.
  private static final String TYPE_DEFAULT = "human_approval";

  private static final String GATES = "/workflows/runs/{run_id}/gates";

  private final Commanding commanding;
  private final Finding finding;
  private final Ledger ledger;

  public GateRoutes(Commanding commanding, Finding finding, Ledger ledger) {
    this.commanding = commanding;
    this.finding = finding;
    this.ledger = ledger;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", GATES, Accesses.ASK_GATE, this::ask),
        new Route("GET", GATES, Accesses.READ_GATES, this::ofRun),
        new Route("GET", GATES + "/{gate_id}", Accesses.READ_GATES, this::one),
        new Route("PATCH", GATES + "/{gate_id}", Accesses.VOTE, this::vote),
        new Route("GET", "/gates", Accesses.READ_GATES, this::ofTenant));
  }

  private Response ask(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    AskGate command = askGate(fields);
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(request, body, run, command, shown -> opened(request, shown));
  }

  private Response opened(Request request, Shown shown) {
    GateRow row = openedGate(request, shown);
    return Response.json(201, row.view().utf8())
        .with("Location", Commanding.RUNS + row.run() + "/gates/" + row.gate());
  }

  /// The gate that a command has opened.
  public GateRow openedGate(Request request, Shown shown) {
    GateId gate = shown.gate().orElseThrow(() -> new IllegalStateException("no gate was opened"));
    return finding.gate(gate, request.principal().tenant());
  }

  /// A request for a gate as both contracts describe it.
  public static AskGate askGate(JsonFields fields) {
    return new AskGate(
        RunCommands.stepId(fields, "step_id"),
        fields.has("gate_type") ? fields.string("gate_type", TYPE_LENGTH_MAX) : TYPE_DEFAULT,
        fields.string("gate_name", NAME_LENGTH_MAX),
        fields.has("description")
            ? fields.string("description", RunCommands.REASON_LENGTH_MAX)
            : "",
        approvers(fields),
        RunCommands.seconds(fields, "timeout_seconds").orElse(TIMEOUT_DEFAULT),
        (int) fields.optionalInteger("quorum", 1, ApprovalRequirement.QUORUM_MAX).orElse(1));
  }

  private static List<String> approvers(JsonFields fields) {
    List<String> approvers = fields.strings("required_approvers");
    if (approvers.size() > ApprovalRequirement.APPROVERS_MAX) {
      throw new MalformedInput(
          fields.pointer("required_approvers"),
          "names at most %d; who may answer beyond these has a role"
              .formatted(ApprovalRequirement.APPROVERS_MAX));
    }
    for (int i = 0; i < approvers.size(); i++) {
      if (!Principal.isActorName(approvers.get(i))) {
        throw new MalformedInput(
            JsonPointers.child(fields.pointer("required_approvers"), i),
            "is nobody's name: names have 1 to 128 visible ASCII characters");
      }
    }
    return approvers;
  }

  private Response ofRun(Request request) {
    List<byte[]> views =
        ledger.gates(finding.known(request)).stream().map(row -> row.view().utf8()).toList();
    return Response.json(200, JsonText.object().put("gates", views).toBytes());
  }

  private Response one(Request request) {
    return Response.json(200, inRun(request).view().utf8());
  }

  private Response vote(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    Answer answer = fields.oneOf("status", Answer.class);
    Optional<String> comment = text(fields, "comment");
    Optional<String> rejection = text(fields, "rejection_reason");
    var command =
        new Vote(
            Finding.gateId(request.parameter("gate_id")),
            answer == Answer.APPROVED ? Choice.APPROVE : Choice.REJECT,
            answer == Answer.REJECTED ? rejection.or(() -> comment) : comment,
            text(fields, "override_reason"),
            digest(fields));
    fields.end();
    GateRow row = inRun(request);
    return commanding.handle(request, body, row.run(), command, _ -> voted(request, row.gate()));
  }

  private Response voted(Request request, GateId gate) {
    return Response.json(200, finding.gate(gate, request.principal().tenant()).view().utf8());
  }

  /// The two ways to answer, in the words of the gate's status.
  public enum Answer {
    APPROVED,
    REJECTED
  }

  private Response ofTenant(Request request) {
    GateStatus status =
        request.query().oneOf("status", GateStatus.class).orElse(GateStatus.PENDING);
    Optional<String> approver = request.query().text("approver_id");
    List<byte[]> views =
        ledger.gates(request.principal().tenant(), status, Cursors.limit(request)).stream()
            .filter(row -> approver.isEmpty() || RunText.isFor(row.view(), approver.get()))
            .map(row -> row.view().utf8())
            .toList();
    return Response.json(200, JsonText.object().put("gates", views).toBytes());
  }

  private GateRow inRun(Request request) {
    GateRow row = finding.gate(request);
    if (!row.run().toString().equals(request.parameter("run_id"))) {
      throw new ProblemFound(RefusalProblems.unknownGate());
    }
    return row;
  }

  private static Optional<String> text(JsonFields fields, String name) {
    return fields.has(name)
        ? Optional.of(fields.string(name, dev.fedcore.kernel.gate.Vote.TEXT_LENGTH_MAX))
        : Optional.empty();
  }

  private static Optional<Digest> digest(JsonFields fields) {
    try {
      return fields.optionalString("action_hash").map(Digest::new);
    } catch (IllegalArgumentException _) {
      throw new MalformedInput(fields.pointer("action_hash"), "must be 64 lower-case hex digits");
    }
  }
}
