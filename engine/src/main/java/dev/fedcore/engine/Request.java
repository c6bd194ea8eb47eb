package dev.fedcore.engine;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a caller may ask of one run. The engine turns it into commands of the kernel.
public sealed interface Request {

  /// Whether the run is over if this is taken.
  default boolean endsTheRun() {
    return switch (this) {
      case Cancel _, Complete _, Fail _ -> true;
      case MoveTo(RunStatus status, String _) -> status.isTerminal();
      default -> false;
    };
  }

  /// Start it, when it is PENDING.
  record Start() implements Request {}

  record Pause(String reason) implements Request {}

  record Resume() implements Request {}

  record Cancel(String reason) implements Request {}

  /// Try a failed step again.
  ///
  /// @param step the one the run failed at, when absent
  record Retry(Optional<StepId> step) implements Request {}

  /// External runs: all is done.
  record Complete() implements Request {}

  /// External runs: it did not work.
  record Fail(String reason) implements Request {}

  /// Bring the run to a status, by whichever of the above leads there from where it is.
  record MoveTo(RunStatus status, String reason) implements Request {}

  /// External runs: how a step goes.
  ///
  /// @param action what the worker is about to do, for policy and people
  record ReportStep(
      StepId step,
      Kind kind,
      JsonObject input,
      JsonObject output,
      Optional<ReportedAction> action,
      Optional<String> effect,
      Optional<ReportedError> error,
      String reason)
      implements Request {

    /// What is reported.
    public enum Kind {
      RUNNING,
      COMPLETED,
      FAILED,
      SKIPPED
    }
  }

  /// Say what became of a step in doubt.
  record Settle(
      StepId step, boolean happened, JsonObject output, Optional<String> effect, String reason)
      implements Request {}

  /// External runs: ask people before going on.
  ///
  /// @param step the next one, when absent
  record AskGate(
      Optional<StepId> step,
      String type,
      String name,
      String description,
      List<String> approvers,
      Duration timeout,
      int quorum)
      implements Request {
    public AskGate {
      approvers = List.copyOf(approvers);
    }
  }

  /// Answer a gate.
  ///
  /// @param override why the requester votes on their own request
  /// @param actionSeen digest of the action the voter was shown; refused when it is another
  /// @param input what the voter hands to the run with the answer
  record Vote(
      GateId gate,
      Choice choice,
      Optional<String> comment,
      Optional<String> override,
      Optional<Digest> actionSeen,
      Optional<Handed> input)
      implements Request {

    /// An answer and nothing else.
    public Vote(
        GateId gate,
        Choice choice,
        Optional<String> comment,
        Optional<String> override,
        Optional<Digest> actionSeen) {
      this(gate, choice, comment, override, actionSeen, Optional.empty());
    }
  }

  /// What a voter hands to the run; the run's entries hold its hash.
  ///
  /// @param receipt the voter's own name for the decision
  record Handed(JsonObject json, Optional<String> receipt) {}

  /// An action as a worker describes it.
  record ReportedAction(String type, String target, JsonObject parameters) {}

  /// A failure as a worker describes it.
  record ReportedError(String code, String message) {}
}
