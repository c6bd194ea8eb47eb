package dev.fedcore.server.fc;

import dev.fedcore.engine.Request.Handed;
import dev.fedcore.engine.Request.Vote;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.server.api.Accesses;
import dev.fedcore.server.api.Commanding;
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.api.GateRoutes;
import dev.fedcore.server.api.GateRoutes.Answer;
import dev.fedcore.server.api.RunText;
import java.util.List;
import java.util.Optional;

/// Gates, as the published client asks for them and answers them.
public final class FcGates {

  private static final int LIMIT = 200;

  private static final String RECEIPT_ID = "decision_receipt_id";

  /// The longest name of a decision that is kept, in characters.
  private static final int RECEIPT_ID_LENGTH_MAX = 200;

  private final Commanding commanding;
  private final Finding finding;
  private final GateRoutes gates;
  private final Ledger ledger;

  public FcGates(Commanding commanding, Finding finding, GateRoutes gates, Ledger ledger) {
    this.commanding = commanding;
    this.finding = finding;
    this.gates = gates;
    this.ledger = ledger;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/fc/runs/{run_id}/gate", Accesses.ASK_GATE, this::ask),
        new Route("POST", "/api/fc/gates/{gate_id}", Accesses.VOTE, this::answer),
        new Route("GET", "/api/fc/gates", Accesses.READ_GATES, this::pending),
        new Route("POST", "/api/fc/runs/{run_id}:resume", Accesses.VOTE, this::resume));
  }

  private Response ask(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = JsonFields.of(body, "");
    var command = GateRoutes.askGate(fields);
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(
        request,
        body,
        run,
        command,
        shown -> Response.json(201, FcShape.gate(gates.openedGate(request, shown))));
  }

  private Response answer(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = JsonFields.of(body, "");
    Answer answer = fields.oneOf("status", Answer.class);
    Optional<String> reason = fields.optionalString("rejection_reason");
    fields.end();
    GateRow row = finding.gate(request);
    Choice choice = answer == Answer.APPROVED ? Choice.APPROVE : Choice.REJECT;
    return commanding.handle(
        request,
        body,
        row.run(),
        new Vote(row.gate(), choice, reason, Optional.empty(), Optional.empty()),
        _ -> Response.json(200, FcShape.gate(again(request, row))));
  }

  private GateRow again(Request request, GateRow row) {
    return finding.gate(row.gate(), request.principal().tenant());
  }

  private Response pending(Request request) {
    Optional<String> approver = request.query().text("approver_id");
    List<GateRow> rows =
        ledger.gates(request.principal().tenant(), GateStatus.PENDING, LIMIT).stream()
            .filter(row -> approver.isEmpty() || RunText.isFor(row.view(), approver.get()))
            .toList();
    return Response.json(200, FcShape.gates(rows).canonicalBytes());
  }

  private Response resume(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = JsonFields.of(body, "");
    GateId gate = gateId(fields);
    Decision decision = fields.oneOf("decision", Decision.class);
    JsonObject input = fields.optionalObject("input").orElse(JsonObject.EMPTY);
    Optional<String> receipt = receiptId(fields);
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    GateRow row = finding.gate(gate, request.principal().tenant());
    Choice choice = decision == Decision.APPROVE ? Choice.APPROVE : Choice.REJECT;
    return commanding.handle(
        request,
        body,
        row.run().equals(run) ? run : finding.run(run, request.principal().tenant()).run(),
        new Vote(
            gate,
            choice,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Handed(input, receipt))),
        shown -> FcRuns.bare(200, shown.view()));
  }

  private enum Decision {
    APPROVE,
    DENY
  }

  private static Optional<String> receiptId(JsonFields fields) {
    return fields
        .optionalString(RECEIPT_ID)
        .map(_ -> fields.string(RECEIPT_ID, RECEIPT_ID_LENGTH_MAX));
  }

  private static GateId gateId(JsonFields fields) {
    try {
      return GateId.parse(fields.string("gate_id"));
    } catch (IllegalArgumentException _) {
      throw new MalformedInput(fields.pointer("gate_id"), "is no gate id");
    }
  }
}
