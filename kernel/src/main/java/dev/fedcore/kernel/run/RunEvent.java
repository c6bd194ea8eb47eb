package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.workflow.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Something that happened to a run. Named in the past tense; never refused, never changed.
///
/// A released event keeps its fields and their meaning for ever, since every ledger that holds one
/// is replayed with this code. To say something new, add a new event.
public sealed interface RunEvent {

  /// When the engine accepted the command, to the microsecond, in UTC. Taken once per command.
  Instant at();

  /// The actor of the command.
  String by();

  record RunCreated(Instant at, String by, Plan plan, Digest input, Optional<Duration> gateTimeout)
      implements RunEvent {}

  /// The run moved from one status to another.
  ///
  /// @param reason for people; empty when the cause says all
  record StatusChanged(
      Instant at, String by, RunStatus from, RunStatus to, StatusCause cause, String reason)
      implements RunEvent {}

  /// The run is over; its workflow receipt is named by this event's entry.
  record RunEnded(Instant at, String by, RunStatus outcome, String reason) implements RunEvent {}

  /// An operator holds a run that is paused already.
  record RunHeld(Instant at, String by, String reason) implements RunEvent {}

  /// The operator's hold is lifted; the run stays paused for another cause.
  record HoldLifted(Instant at, String by) implements RunEvent {}

  record StepDecided(
      Instant at,
      String by,
      StepId step,
      int attempt,
      Digest input,
      ActionBinding action,
      PolicyDecision decision)
      implements RunEvent {}

  /// The step is at work; from here on its effect may happen.
  ///
  /// @param gate the approval that this start has used up
  record StepStarted(Instant at, String by, StepId step, int attempt, Optional<GateId> gate)
      implements RunEvent {}

  record StepCompleted(
      Instant at, String by, StepId step, int attempt, Digest output, Optional<String> effect)
      implements RunEvent {}

  record StepFailed(Instant at, String by, StepId step, int attempt, String code, String message)
      implements RunEvent {}

  record StepDenied(Instant at, String by, StepId step, int attempt, String reason)
      implements RunEvent {}

  record StepSkipped(Instant at, String by, StepId step, int attempt, String reason)
      implements RunEvent {}

  record StepInDoubt(Instant at, String by, StepId step, int attempt, String cause)
      implements RunEvent {}

  /// Somebody, or the adapter's look-up, said what became of a step in doubt.
  ///
  /// @param result Succeeded or Failed
  record StepSettled(
      Instant at, String by, StepId step, int attempt, StepResult result, String reason)
      implements RunEvent {}

  /// A new attempt at a failed step was asked for.
  ///
  /// @param attempt the new one
  record StepRetried(Instant at, String by, StepId step, int attempt) implements RunEvent {}

  /// A gate opened, and waits for people.
  ///
  /// @param decision policy's flag that asked for it; empty when a worker asked
  record GateRequested(
      Instant at, String by, GateRequest request, Optional<PolicyDecision> decision)
      implements RunEvent {}

  /// A vote that does not resolve the gate yet.
  record GateVoted(Instant at, String by, GateId gate, Vote vote) implements RunEvent {}

  /// The requester votes on their own request, with a reason, where the tier allows it (GOV-001).
  record GateOverridden(Instant at, String by, GateId gate, String reason) implements RunEvent {}

  /// Somebody answers a gate and hands the run an input of their own; the answer itself follows.
  record GateResumed(Instant at, String by, GateId gate, Vote.Choice choice, GovernedInput input)
      implements RunEvent {}

  /// The gate is closed for good.
  ///
  /// @param vote the deciding one; empty when the gate expired or was cancelled
  record GateResolved(
      Instant at,
      String by,
      GateId gate,
      GateStatus status,
      Optional<Vote> vote,
      Optional<String> reason)
      implements RunEvent {}
}
