package dev.fedcore.server.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.run.Refusal;

/// The one place where the kernel's refusals meet HTTP.
public final class RefusalProblems {

  private static final String GATE = "gate_id";

  private RefusalProblems() {}

  /// The problem that says why a command was refused.
  public static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownRun _ -> unknownRun();
      case Refusal.UnknownGate _ -> unknownGate();
      case Refusal.UnknownStep(var step) ->
          Problem.of(ProblemKind.UNKNOWN_STEP, "the run has no step %s".formatted(step));
      case Refusal.RunExists _ -> Problem.of(ProblemKind.RUN_EXISTS, "the run exists already");
      case Refusal.WrongState wrong -> wrongState(wrong);
      case Refusal.ManagedRun(var command) ->
          Problem.of(
              ProblemKind.MANAGED_RUN,
              "%s is not for outsiders: this run moves itself".formatted(command));
      case Refusal.WrongStep(var expected, var actual) ->
          Problem.of(
              ProblemKind.WRONG_STEP, "the run is at %s, not at %s".formatted(expected, actual));
      case Refusal.WrongStepStatus(var step, var actual, var needed) ->
          Problem.of(
              ProblemKind.WRONG_STEP_STATUS,
              "%s is %s; this needs %s".formatted(step, actual, needed));
      case Refusal.WrongAttempt(var step, var expected, var actual) ->
          Problem.of(
              ProblemKind.WRONG_ATTEMPT,
              "%s is at attempt %d, not %d".formatted(step, expected, actual));
      case Refusal.StepsOpen(var next) ->
          Problem.of(ProblemKind.STEPS_OPEN, "step %s is not over".formatted(next));
      case Refusal.NotRetryable(var step, var status) ->
          Problem.of(
              ProblemKind.NOT_RETRYABLE,
              "%s is %s and may not be tried again".formatted(step, status));
      case Refusal.WaitsForSettlement(var step) ->
          Problem.of(
              ProblemKind.WAITS_FOR_SETTLEMENT, "first say what became of step %s".formatted(step));
      case Refusal.SettlementUnknown(var step) ->
          Problem.of(
              ProblemKind.SETTLEMENT_UNKNOWN,
              "a settlement says what became of %s".formatted(step));
      case Refusal.WaitsForGate(var gate) ->
          gate(ProblemKind.WAITS_FOR_GATE, gate, "the run waits for people to answer its gate");
      case Refusal.GateResolvedAlready resolved -> resolvedAlready(resolved);
      case Refusal.GateExpired(var gate, var at) ->
          gate(ProblemKind.GATE_EXPIRED, gate, "the gate expired at " + at);
      case Refusal.GateNotExpired(var gate, var at) ->
          gate(ProblemKind.GATE_NOT_EXPIRED, gate, "the gate is open until " + at);
      case Refusal.NotAnApprover(var gate, var actor) ->
          gate(ProblemKind.NOT_AN_APPROVER, gate, actor + " may not answer this gate");
      case Refusal.SeparationOfDuties own -> ownRequest(own);
      case Refusal.VotedAlready(var gate, var actor) ->
          gate(ProblemKind.VOTED_ALREADY, gate, actor + " has answered this gate");
      case Refusal.CommentMissing(var gate) ->
          gate(ProblemKind.COMMENT_MISSING, gate, "this tier asks for a comment");
    };
  }

  private static Problem wrongState(Refusal.WrongState wrong) {
    var allowed = wrong.allowed().stream().<JsonValue>map(JsonString::new).toList();
    return Problem.of(
            ProblemKind.ILLEGAL_TRANSITION,
            "%s is not possible while the run is %s".formatted(wrong.command(), wrong.status()))
        .with("allowed", new JsonArray(allowed));
  }

  private static Problem resolvedAlready(Refusal.GateResolvedAlready resolved) {
    return gate(
            ProblemKind.GATE_RESOLVED_ALREADY,
            resolved.gate(),
            "%s was first: the gate is %s".formatted(resolved.by(), resolved.status()))
        .with("gate_status", new JsonString(resolved.status().name()))
        .with("resolved_by", new JsonString(resolved.by()));
  }

  private static Problem ownRequest(Refusal.SeparationOfDuties own) {
    return gate(
            ProblemKind.SEPARATION_OF_DUTIES,
            own.gate(),
            own.actor() + " asked for this and may not approve it")
        .with("overridable", JsonBoolean.of(own.overridable()));
  }

  static Problem unknownRun() {
    return Problem.of(ProblemKind.UNKNOWN_RUN, "there is no such run");
  }

  static Problem unknownGate() {
    return Problem.of(ProblemKind.UNKNOWN_GATE, "there is no such gate");
  }

  private static Problem gate(ProblemKind kind, GateId gate, String detail) {
    return Problem.of(kind, detail).with(GATE, new JsonString(gate.toString()));
  }
}
