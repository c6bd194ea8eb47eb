package dev.fedcore.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.Outcome.Accepted;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.CreateRun;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunCommand.RequestGate;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import dev.fedcore.kernel.run.RunEvent.StatusChanged;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.Plan;
import dev.fedcore.kernel.workflow.PlannedStep;
import dev.fedcore.kernel.workflow.StepType;
import dev.fedcore.testing.Specification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// People, plans, answers of policy and commands that the tests of a run are written with.
final class Example {

  static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);

  /// Made the run, so she may not approve.
  static final Principal ANN = person("ann", Role.OPERATOR, Role.APPROVER);

  static final Principal BEN = person("ben", Role.APPROVER);
  static final Principal CARL = person("carl", Role.APPROVER);
  static final Principal EVE = person("eve", Role.VIEWER);
  static final Principal WORKER = person("worker", Role.EXECUTOR);
  static final Principal SYSTEM = Principal.system(TenantId.DEFAULT);

  static final StepId LOOK = new StepId("look");
  static final StepId ASK = new StepId("ask");
  static final StepId WAIT = new StepId("wait");
  static final StepId ACT = new StepId("act");
  static final StepId SUM = new StepId("sum");
  static final StepId NOWHERE = new StepId("nowhere");

  static final Digest INPUT = digest('1');
  static final Digest OUTPUT = digest('2');
  static final ActionBinding ACTION = new ActionBinding(digest('a'), "task");
  static final ActionBinding OTHER_ACTION = new ActionBinding(digest('b'), "task");

  static final Plan SPINE = plan(Execution.MANAGED, StepType.values());
  static final Plan ONE_ACT = new Plan(ref(), Execution.MANAGED, List.of(step(StepType.ACT)));
  static final Plan REPORTED =
      new Plan(ref(), Execution.EXTERNAL, List.of(step(StepType.ACT), step(StepType.TRANSFORM)));

  static final ApprovalRequirement ONE_APPROVER =
      new ApprovalRequirement(
          1, Set.of(Role.APPROVER), Set.of(), HOUR, false, SelfApproval.REFUSED);

  /// The first gate that a run opens, and the second.
  static final GateId GATE = gate(1);

  static final GateId SECOND_GATE = gate(2);

  /// Given a history, when this is asked at [#NOW], then that is the answer.
  static final Specification<RunCommand, RunEvent, Outcome> RUN = runAt(NOW);

  private Example() {}

  static Specification<RunCommand, RunEvent, Outcome> runAt(Instant now) {
    return new Specification<>((history, command) -> {
      RunState state = Evolution.replay(history);
      return RunDecider.decide(state, command, facts(state, now));
    });
  }

  /// The history of a run to which `commands` were given, all of which it accepts.
  static List<RunEvent> after(RunCommand... commands) {
    var history = new ArrayList<RunEvent>();
    for (RunCommand command : commands) {
      RunState state = Evolution.replay(history);
      Outcome outcome = RunDecider.decide(state, command, facts(state, NOW));
      assertThat(outcome).as("answer to %s in %s", command, state).isInstanceOf(Accepted.class);
      history.addAll(((Accepted) outcome).events());
    }
    return List.copyOf(history);
  }

  /// Gates are numbered in the order in which a run opens them.
  static Facts facts(RunState state, Instant now) {
    int opened = state instanceof RunState.New ? 0 : RunState.course(state).gates().size();
    return new Facts(now, gate(opened + 1));
  }

  static GateId gate(int number) {
    return new GateId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
  }

  static Digest digest(char digit) {
    return new Digest(String.valueOf(digit).repeat(Digest.HEX_DIGITS));
  }

  static Principal person(String name, Role... roles) {
    return new Principal(name, TenantId.DEFAULT, Set.of(roles));
  }

  static DefinitionRef ref() {
    return new DefinitionRef("spine", "1.0.0", digest('d'));
  }

  static Plan plan(Execution execution, StepType... types) {
    var steps = new ArrayList<PlannedStep>();
    for (StepType type : types) {
      steps.add(step(type));
    }
    return new Plan(ref(), execution, steps);
  }

  static PlannedStep step(StepType type) {
    StepId id =
        switch (type) {
          case OBSERVE -> LOOK;
          case DECIDE -> ASK;
          case GATE -> WAIT;
          case ACT -> ACT;
          case TRANSFORM -> SUM;
        };
    return new PlannedStep(id, type);
  }

  static PolicyDecision allow() {
    return decision(Verdict.ALLOW, 0, Optional.empty());
  }

  static PolicyDecision deny() {
    return decision(Verdict.DENY, 4, Optional.empty());
  }

  static PolicyDecision flag(int tier) {
    return flag(tier, ONE_APPROVER);
  }

  static PolicyDecision flag(int tier, ApprovalRequirement requirement) {
    return decision(Verdict.FLAG, tier, Optional.of(requirement));
  }

  static PolicyDecision decision(
      Verdict verdict, int tier, Optional<ApprovalRequirement> approval) {
    return new PolicyDecision(
        verdict,
        "spine",
        "1.0.0",
        digest('e'),
        tier,
        "because of " + verdict,
        List.of("rule"),
        List.of(),
        digest('f'),
        approval,
        Optional.empty());
  }

  static CreateRun creation(Plan plan) {
    return new CreateRun(ANN, plan, INPUT, Optional.empty());
  }

  static StartRun start() {
    return new StartRun(ANN);
  }

  static BeginStep begin(StepId step, PolicyDecision decision) {
    return new BeginStep(SYSTEM, step, INPUT, ACTION, decision);
  }

  static FinishStep done(StepId step) {
    return finish(step, 1, succeeded());
  }

  static FinishStep finish(StepId step, int attempt, StepResult result) {
    return new FinishStep(SYSTEM, step, attempt, result);
  }

  static StepResult succeeded() {
    return new StepResult.Succeeded(OUTPUT, Optional.of("task_7"));
  }

  static StepResult failed() {
    return new StepResult.Failed("task_parent_unknown", "no such parent");
  }

  static StepResult lost() {
    return new StepResult.Unknown("the answer was cut off");
  }

  static CastVote approve(Principal by) {
    return new CastVote(by, GATE, Vote.Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  static CastVote reject(Principal by, String why) {
    return new CastVote(by, GATE, Vote.Choice.REJECT, Optional.of(why), Optional.empty());
  }

  static RequestGate requestGate(StepId step) {
    return new RequestGate(
        WORKER, step, ACTION.hash(), "review", "please look", "before I go on", ONE_APPROVER);
  }

  static StatusChanged changed(
      String by, RunStatus from, RunStatus to, StatusCause cause, String reason) {
    return new StatusChanged(NOW, by, from, to, cause, reason);
  }
}
