package dev.fedcore.engine.codec;

import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.ActionBinding;
import dev.fedcore.kernel.run.RunEvent;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StatusCause;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.Plan;
import dev.fedcore.kernel.workflow.PlannedStep;
import dev.fedcore.kernel.workflow.StepType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One fixed event of every type. Never changed, like the files that are made of them.
final class SampleEvents {

  static final String RUN = "01900000-0000-7000-8000-000000000001";

  private static final Instant AT = Instant.parse("2026-01-01T12:00:00.123456Z");
  private static final String BY = "ann";
  private static final StepId STEP = new StepId("step_4");
  private static final GateId GATE = GateId.parse("01900000-0000-7000-8000-00000000000a");
  private static final Digest A = new Digest("a".repeat(64));
  private static final Digest B = new Digest("b".repeat(64));
  private static final Digest C = new Digest("c".repeat(64));

  private SampleEvents() {}

  static RunEvent of(EventType type) {
    return switch (type) {
      case RUN_CREATED ->
          new RunEvent.RunCreated(AT, BY, plan(), A, Optional.of(Duration.ofMinutes(5)));
      case STATUS_CHANGED ->
          new RunEvent.StatusChanged(
              AT, BY, RunStatus.RUNNING, RunStatus.PAUSED, StatusCause.PAUSED_BY_OPERATOR, "wait");
      case RUN_ENDED -> new RunEvent.RunEnded(AT, BY, RunStatus.FAILED, "it broke");
      case RUN_HELD -> new RunEvent.RunHeld(AT, BY, "wait");
      case HOLD_LIFTED -> new RunEvent.HoldLifted(AT, BY);
      case STEP_DECIDED ->
          new RunEvent.StepDecided(AT, BY, STEP, 2, A, new ActionBinding(B, "task"), flag());
      case STEP_STARTED -> new RunEvent.StepStarted(AT, BY, STEP, 2, Optional.of(GATE));
      case STEP_COMPLETED -> new RunEvent.StepCompleted(AT, BY, STEP, 2, C, Optional.of("T-1"));
      case STEP_FAILED -> new RunEvent.StepFailed(AT, BY, STEP, 2, "busy", "the receiver is busy");
      case STEP_DENIED -> new RunEvent.StepDenied(AT, BY, STEP, 2, "too dear");
      case STEP_SKIPPED -> new RunEvent.StepSkipped(AT, BY, STEP, 2, "not needed");
      case STEP_IN_DOUBT -> new RunEvent.StepInDoubt(AT, BY, STEP, 2, "the line broke");
      case STEP_SETTLED ->
          new RunEvent.StepSettled(
              AT, BY, STEP, 2, new StepResult.Succeeded(C, Optional.of("T-1")), "seen by hand");
      case STEP_RETRIED -> new RunEvent.StepRetried(AT, BY, STEP, 3);
      case GATE_REQUESTED -> new RunEvent.GateRequested(AT, BY, request(), Optional.of(flag()));
      case GATE_RESOLVED ->
          new RunEvent.GateResolved(
              AT,
              "ben",
              GATE,
              GateStatus.APPROVED,
              Optional.of(vote(Optional.empty())),
              Optional.of("fine: \u00fc \ud83d\ude00"));
      case GATE_RESUMED ->
          new RunEvent.GateResumed(
              AT, "ben", GATE, Vote.Choice.APPROVE, new GovernedInput(A, Optional.of("receipt-7")));
      case GATE_VOTED -> new RunEvent.GateVoted(AT, "ben", GATE, vote(Optional.of("urgent")));
      case GATE_OVERRIDDEN -> new RunEvent.GateOverridden(AT, BY, GATE, "urgent");
    };
  }

  private static Plan plan() {
    return new Plan(
        new DefinitionRef("spine", "1.0.0", B),
        Execution.MANAGED,
        List.of(
            new PlannedStep(new StepId("step_1"), StepType.OBSERVE),
            new PlannedStep(new StepId("step_2"), StepType.DECIDE),
            new PlannedStep(new StepId("step_3"), StepType.GATE),
            new PlannedStep(STEP, StepType.ACT),
            new PlannedStep(new StepId("step_5"), StepType.TRANSFORM)));
  }

  private static PolicyDecision flag() {
    return new PolicyDecision(
        Verdict.FLAG,
        "default",
        "3",
        C,
        2,
        "somebody should look",
        List.of("amount", "hour"),
        List.of("shadow"),
        A,
        Optional.of(requirement()),
        Optional.empty());
  }

  private static ApprovalRequirement requirement() {
    return new ApprovalRequirement(
        2,
        Set.of(Role.APPROVER, Role.ADMIN),
        Set.of("ben", "cat"),
        Duration.ofHours(1),
        true,
        SelfApproval.WITH_OVERRIDE);
  }

  private static GateRequest request() {
    return new GateRequest(
        GATE,
        STEP,
        B,
        2,
        "human_approval",
        "approve task",
        "somebody should look",
        BY,
        requirement(),
        AT.plus(Duration.ofHours(1)));
  }

  private static Vote vote(Optional<String> override) {
    return new Vote(AT, "ben", Vote.Choice.APPROVE, Optional.of("fine"), override);
  }
}
