package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Outcome.refused;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.gate.Voting;
import dev.fedcore.kernel.gate.Voting.Objection;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import dev.fedcore.kernel.run.RunCommand.RequestGate;
import dev.fedcore.kernel.run.RunEvent.GateOverridden;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.GateResumed;
import dev.fedcore.kernel.run.RunEvent.GateVoted;
import dev.fedcore.kernel.run.RunState.PauseCause;
import dev.fedcore.kernel.run.RunState.Paused;
import dev.fedcore.kernel.run.RunState.Running;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// How a gate moves its run: it opens and the run pauses; people answer, or time does, and the run
/// goes on or fails (DESIGN section 5).
final class GateRules {

  /// The tier of a gate that a worker asked for; no policy has said how much is at stake.
  private static final int TIER_OF_A_WORKERS_GATE = 0;

  private GateRules() {}

  /// Opens the gate that `flag` asks for, bound to the action of the step that begins.
  static Outcome open(
      Trail trail, Course course, BeginStep command, PolicyDecision flag, Facts facts) {
    ApprovalRequirement asked = flag.approval().orElseThrow();
    ApprovalRequirement requirement = course.gateTimeout().map(asked::within).orElse(asked);
    var request =
        new GateRequest(
            facts.freshGate(),
            command.step(),
            command.action().hash(),
            flag.tier(),
            "human_approval",
            "approve " + command.action().type(),
            flag.reason(),
            course.createdBy(),
            requirement,
            facts.now().plus(requirement.expiresIn()));
    return opened(trail, command.by(), request, Optional.of(flag), facts.now());
  }

  static Outcome request(Running running, RequestGate command, Facts facts) {
    if (running.course().plan().execution().isManaged()) {
      return refused(new Refusal.ManagedRun("RequestGate"));
    }
    if (running.course().step(command.step()).isEmpty()) {
      return refused(new Refusal.UnknownStep(command.step()));
    }
    var request =
        new GateRequest(
            facts.freshGate(),
            command.step(),
            command.action(),
            TIER_OF_A_WORKERS_GATE,
            command.type(),
            command.name(),
            command.description(),
            command.by().actor(),
            command.requirement(),
            facts.now().plus(command.requirement().expiresIn()));
    var trail = new Trail(running, command.by().actor(), facts.now());
    return opened(trail, command.by(), request, Optional.empty(), facts.now());
  }

  static Outcome vote(Paused paused, CastVote command, Facts facts) {
    Gate gate = paused.course().gates().get(command.gate());
    if (gate == null) {
      return refused(new Refusal.UnknownGate(command.gate()));
    }
    var vote =
        new Vote(
            facts.now(),
            command.by().actor(),
            command.choice(),
            command.comment(),
            command.override());
    return Voting.objection(gate, command.by(), vote)
        .map(objection -> refused(refusal(command.gate(), objection)))
        .orElseGet(() -> counted(handedOver(paused, command, facts), paused, gate, vote));
  }

  static Outcome expire(Paused paused, ExpireGate command, Facts facts) {
    Gate gate = paused.course().gates().get(command.gate());
    if (gate == null || !gate.isOpen()) {
      return late(paused, command, command.gate());
    }
    if (facts.now().isBefore(gate.request().expiresAt())) {
      return refused(new Refusal.GateNotExpired(command.gate(), gate.request().expiresAt()));
    }
    String reason = "nobody answered until " + gate.request().expiresAt();
    var trail = new Trail(paused, command.by().actor(), facts.now());
    trail.add(
        new GateResolved(
            facts.now(),
            command.by().actor(),
            command.gate(),
            GateStatus.EXPIRED,
            Optional.empty(),
            Optional.of(reason)));
    return stopped(trail, gate, StatusCause.GATE_EXPIRED, reason);
  }

  /// Who answers a gate of a run that has moved on is told how the gate ended.
  static Outcome late(RunState state, RunCommand command, GateId id) {
    Gate gate = RunState.course(state).gates().get(id);
    if (gate == null) {
      return refused(new Refusal.UnknownGate(id));
    }
    String by = gate.votes().isEmpty() ? Principal.SYSTEM : gate.votes().getLast().by();
    return gate.isOpen()
        ? RunDecider.wrongState(state, command)
        : refused(new Refusal.GateResolvedAlready(id, gate.status(), by));
  }

  private static Outcome opened(
      Trail trail, Principal by, GateRequest request, Optional<PolicyDecision> flag, Instant now) {
    return trail
        .add(new GateRequested(now, by.actor(), request, flag))
        .change(RunStatus.PAUSED, StatusCause.GATE_OPENED, request.description())
        .accepted();
  }

  private static Trail handedOver(Paused paused, CastVote command, Facts facts) {
    String by = command.by().actor();
    var trail = new Trail(paused, by, facts.now());
    command
        .input()
        .map(i -> new GateResumed(facts.now(), by, command.gate(), command.choice(), i))
        .ifPresent(trail::add);
    return trail;
  }

  private static Outcome counted(Trail trail, Paused paused, Gate gate, Vote vote) {
    GateId id = gate.request().id();
    Instant now = vote.at();
    if (Voting.isOwnRequest(gate, vote)) {
      vote.override().ifPresent(why -> trail.add(new GateOverridden(now, vote.by(), id, why)));
    }
    GateStatus outcome = Voting.outcome(gate, vote);
    if (outcome == GateStatus.PENDING) {
      return trail.add(new GateVoted(now, vote.by(), id, vote)).accepted();
    }
    trail.add(new GateResolved(now, vote.by(), id, outcome, Optional.of(vote), vote.comment()));
    if (outcome == GateStatus.REJECTED) {
      String reason = vote.comment().orElse("rejected by " + vote.by());
      return stopped(trail, gate, StatusCause.GATE_REJECTED, reason);
    }
    return paused.causes().equals(Set.of(PauseCause.GATE))
        ? trail.change(RunStatus.RUNNING, StatusCause.GATE_APPROVED, "").accepted()
        : trail.accepted();
  }

  /// The run fails. A step that policy stopped, or that is at work, is denied for good; otherwise a
  /// gate that a worker asked for stands before a step that nobody has decided yet.
  private static Outcome stopped(Trail trail, Gate gate, StatusCause cause, String reason) {
    boolean isDecided = gate.byPolicy() || trail.isAtWork();
    Trail answered = isDecided ? trail.deny(gate.request().step(), reason) : trail;
    return answered.end(RunStatus.FAILED, cause, reason).accepted();
  }

  private static Refusal refusal(GateId gate, Objection objection) {
    return switch (objection) {
      case Objection.Resolved(var status, var by) ->
          new Refusal.GateResolvedAlready(gate, status, by);
      case Objection.Expired(var at) -> new Refusal.GateExpired(gate, at);
      case Objection.NotAnApprover(var actor) -> new Refusal.NotAnApprover(gate, actor);
      case Objection.VotedAlready(var actor) -> new Refusal.VotedAlready(gate, actor);
      case Objection.OwnRequest(var actor, var overridable) ->
          new Refusal.SeparationOfDuties(gate, actor, overridable);
      case Objection.CommentMissing _ -> new Refusal.CommentMissing(gate);
    };
  }
}
