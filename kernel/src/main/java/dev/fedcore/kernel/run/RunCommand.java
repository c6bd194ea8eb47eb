package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.workflow.Plan;
import java.time.Duration;
import java.util.Optional;

/// Something a principal asks a run to do. Named in the imperative; may be refused.
public sealed interface RunCommand {

  Principal by();

  /// Begin a run of a plan.
  ///
  /// @param gateTimeout how long gates of this run may wait at most; shortens what policy asks
  record CreateRun(Principal by, Plan plan, Digest input, Optional<Duration> gateTimeout)
      implements RunCommand {}

  record StartRun(Principal by) implements RunCommand {}

  record PauseRun(Principal by, String reason) implements RunCommand {}

  record ResumeRun(Principal by) implements RunCommand {}

  record CancelRun(Principal by, String reason) implements RunCommand {}

  /// A new attempt at the step the run failed at.
  record RetryStep(Principal by, StepId step) implements RunCommand {}

  /// Start the next step, if policy and people let it.
  ///
  /// @param decision policy's answer for this very attempt
  record BeginStep(
      Principal by, StepId step, Digest input, ActionBinding action, PolicyDecision decision)
      implements RunCommand {}

  /// The step at work has an answer.
  record FinishStep(Principal by, StepId step, int attempt, StepResult result)
      implements RunCommand {}

  /// External runs: the step was not needed.
  record SkipStep(Principal by, StepId step, String reason) implements RunCommand {}

  /// Say what became of a step in doubt.
  ///
  /// @param result Succeeded or Failed; Unknown is refused
  /// @param reason how that is known
  record SettleStep(Principal by, StepId step, StepResult result, String reason)
      implements RunCommand {}

  /// External runs: ask people before going on.
  record RequestGate(
      Principal by,
      StepId step,
      Digest action,
      String type,
      String name,
      String description,
      ApprovalRequirement requirement)
      implements RunCommand {}

  /// Answer a gate.
  ///
  /// @param override why the requester votes on their own request
  /// @param input what the voter hands over with the answer
  record CastVote(
      Principal by,
      GateId gate,
      Vote.Choice choice,
      Optional<String> comment,
      Optional<String> override,
      Optional<GovernedInput> input)
      implements RunCommand {

    /// An answer and nothing else.
    public CastVote(
        Principal by,
        GateId gate,
        Vote.Choice choice,
        Optional<String> comment,
        Optional<String> override) {
      this(by, gate, choice, comment, override, Optional.empty());
    }
  }

  /// The gate's time is up.
  record ExpireGate(Principal by, GateId gate) implements RunCommand {}

  /// External runs: the worker says that all is done.
  record CompleteRun(Principal by) implements RunCommand {}

  /// External runs: the worker gives up.
  record FailRun(Principal by, String reason) implements RunCommand {}
}
