package dev.fedcore.server.api;

import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.Rejection;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Router;
import java.util.List;

/// The one place where the engine's own rejections meet HTTP.
public final class RejectionProblems {

  private RejectionProblems() {}

  /// The problem that says why a request was not taken as far as a decision.
  public static Problem of(Rejection rejection) {
    return switch (rejection) {
      case Rejection.UnknownWorkflow(var id, var version, var known) ->
          Problem.of(
                  ProblemKind.UNKNOWN_WORKFLOW,
                  "no workflow %s in version %s is registered; these are: %s%s"
                      .formatted(
                          id,
                          version,
                          String.join(", ", known),
                          known.size() < Definitions.IDS_MAX ? "" : ", and maybe others"))
              .withErrors(List.of(new Problem.Place("/workflow_id", "names no workflow")));
      case Rejection.StaleVersion(var expected, var actual) ->
          Problem.of(
                  ProblemKind.STALE_VERSION,
                  "the run is at version %d, not at %d; read it again".formatted(actual, expected))
              .withHeader("ETag", "\"" + actual + "\"");
      case Rejection.KeyReused _ ->
          Problem.of(
              ProblemKind.IDEMPOTENCY_KEY_REUSED,
              "this idempotency key belongs to another request; use a new one");
      case Rejection.KeyInProgress _ ->
          Problem.of(
                  ProblemKind.IDEMPOTENCY_IN_PROGRESS,
                  "a request with this idempotency key is under way")
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS);
      case Rejection.ActionMismatch(var gate, var bound) ->
          Problem.of(
                  ProblemKind.GATE_ACTION_MISMATCH,
                  "the gate is about another action than was seen")
              .with("gate_id", new JsonString(gate.toString()))
              .with("action_hash", new JsonString(bound.hex()));
      case Rejection.Erased _ ->
          Problem.of(
              ProblemKind.RUN_ERASED,
              "what this run was about has been erased; it can be read, and goes on no more");
      case Rejection.TooLong(long entries) ->
          Problem.of(
              ProblemKind.RUN_TOO_LONG,
              "the run has %,d entries, as many as a run can have; cancel, complete or fail it"
                  .formatted(entries));
      case Rejection.Contended _ ->
          Problem.of(ProblemKind.CONTENDED, "many want this run at once; try again in a moment")
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS);
    };
  }
}
