package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import java.time.Instant;
import java.util.List;

/// Why a command was refused. A value, not an exception: refusing is a normal answer, and a
/// governed system keeps it as evidence.
public sealed interface Refusal {

  /// There is no such run.
  record UnknownRun() implements Refusal {}

  /// The run exists already.
  record RunExists() implements Refusal {}

  /// The run's present state has no such transition.
  ///
  /// @param allowed the commands that the state does have, by their type names
  record WrongState(RunStatus status, String command, List<String> allowed) implements Refusal {
    public WrongState {
      allowed = List.copyOf(allowed);
    }
  }

  /// Federation Core moves a managed run's steps and ending itself.
  record ManagedRun(String command) implements Refusal {}

  record UnknownStep(StepId step) implements Refusal {}

  /// The command names a step that the run is not at.
  record WrongStep(StepId expected, StepId actual) implements Refusal {}

  /// The step is not where the command needs it.
  record WrongStepStatus(StepId step, StepStatus actual, StepStatus needed) implements Refusal {}

  /// The answer belongs to another attempt.
  record WrongAttempt(StepId step, int expected, int actual) implements Refusal {}

  /// Steps are not over, so the run cannot be completed.
  record StepsOpen(StepId next) implements Refusal {}

  /// The run did not fail at this step, or may not try it again.
  record NotRetryable(StepId step, StepStatus status) implements Refusal {}

  /// The run waits for people, and only their answer moves it on.
  record WaitsForGate(GateId gate) implements Refusal {}

  /// The run waits until somebody says what became of the step.
  record WaitsForSettlement(StepId step) implements Refusal {}

  record UnknownGate(GateId gate) implements Refusal {}

  /// Somebody was first.
  record GateResolvedAlready(GateId gate, GateStatus status, String by) implements Refusal {}

  record GateExpired(GateId gate, Instant at) implements Refusal {}

  record GateNotExpired(GateId gate, Instant expiresAt) implements Refusal {}

  record NotAnApprover(GateId gate, String actor) implements Refusal {}

  /// GOV-001: whoever asks may not approve.
  ///
  /// @param overridable whether the tier accepts a recorded reason
  record SeparationOfDuties(GateId gate, String actor, boolean overridable) implements Refusal {}

  record VotedAlready(GateId gate, String actor) implements Refusal {}

  record CommentMissing(GateId gate) implements Refusal {}

  /// A settlement must say what happened.
  record SettlementUnknown(StepId step) implements Refusal {}
}
