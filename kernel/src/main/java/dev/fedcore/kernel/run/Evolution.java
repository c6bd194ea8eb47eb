package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunEvent.GateOverridden;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.GateResumed;
import dev.fedcore.kernel.run.RunEvent.GateVoted;
import dev.fedcore.kernel.run.RunEvent.HoldLifted;
import dev.fedcore.kernel.run.RunEvent.RunCreated;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.RunHeld;
import dev.fedcore.kernel.run.RunEvent.StatusChanged;
import dev.fedcore.kernel.run.RunEvent.StepCompleted;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepFailed;
import dev.fedcore.kernel.run.RunEvent.StepInDoubt;
import dev.fedcore.kernel.run.RunEvent.StepRetried;
import dev.fedcore.kernel.run.RunEvent.StepSettled;
import dev.fedcore.kernel.run.RunEvent.StepSkipped;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import dev.fedcore.kernel.run.RunState.Cancelling;
import dev.fedcore.kernel.run.RunState.Ended;
import dev.fedcore.kernel.run.RunState.PauseCause;
import dev.fedcore.kernel.run.RunState.Paused;
import dev.fedcore.kernel.run.RunState.Pending;
import dev.fedcore.kernel.run.RunState.Running;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// How what happened changes a run. Never refuses: an event that was appended is a fact. That the
/// history is ours, and in order, is what the ledger's hashes prove; it is not checked again here.
public final class Evolution {

  private Evolution() {}

  /// Applies one event.
  public static RunState evolve(RunState state, RunEvent event) {
    return switch (event) {
      case RunCreated created ->
          new Pending(Course.begin(created.plan(), created.by(), created.gateTimeout()));
      case StatusChanged changed -> status(RunState.course(state), changed);
      case RunEnded ended -> new Ended(RunState.course(state), ended.outcome());
      case RunHeld _ -> paused(state, PauseCause.OPERATOR);
      case HoldLifted _ -> lifted(state, PauseCause.OPERATOR);
      case StepDecided decided ->
          course(
              state,
              c ->
                  c.withStep(
                      decided.step(),
                      s -> s.decided(decided.decision(), decided.action(), decided.input())));
      case StepStarted started -> course(state, c -> started(c, started));
      case StepCompleted done ->
          course(state, c -> c.withStep(done.step(), s -> s.completed(done.output())).advanced());
      case StepFailed failed -> course(state, c -> over(c, failed.step(), StepStatus.FAILED));
      case StepDenied denied -> course(state, c -> over(c, denied.step(), StepStatus.DENIED));
      case StepSkipped skipped ->
          course(state, c -> over(c, skipped.step(), StepStatus.SKIPPED).advanced());
      case StepInDoubt doubt ->
          paused(
              course(state, c -> over(c, doubt.step(), StepStatus.IN_DOUBT)), PauseCause.IN_DOUBT);
      case StepSettled settled ->
          lifted(course(state, c -> settled(c, settled)), PauseCause.IN_DOUBT);
      case StepRetried retried ->
          course(state, c -> c.withStep(retried.step(), StepRecord::retried));
      case GateRequested asked ->
          course(
              state,
              c ->
                  c.withGate(Gate.open(asked.request(), asked.decision().isPresent(), asked.at())));
      case GateVoted voted ->
          course(state, c -> c.withGate(gate(c, voted.gate()).with(voted.vote())));
      case GateOverridden _, GateResumed _ -> state;
      case GateResolved resolved ->
          lifted(course(state, c -> c.withGate(resolved(c, resolved))), PauseCause.GATE);
    };
  }

  /// Rebuilds the state that `history` leads to, oldest event first.
  public static RunState replay(List<RunEvent> history) {
    RunState state = RunDecider.initial();
    for (RunEvent event : history) {
      state = evolve(state, event);
    }
    return state;
  }

  private static RunState status(Course course, StatusChanged changed) {
    return switch (changed.to()) {
      case PENDING -> new Pending(course);
      case RUNNING -> new Running(course);
      case PAUSED -> new Paused(course, Set.of(pauseCause(changed.cause())));
      case CANCELLED ->
          course.isAtWork() && course.plan().execution().isManaged()
              ? new Cancelling(course)
              : new Ended(course, RunStatus.CANCELLED);
      case COMPLETED, FAILED -> new Ended(course, changed.to());
    };
  }

  private static PauseCause pauseCause(StatusCause cause) {
    return switch (cause) {
      case GATE_OPENED -> PauseCause.GATE;
      case STEP_IN_DOUBT -> PauseCause.IN_DOUBT;
      case STARTED,
          PAUSED_BY_OPERATOR,
          RESUMED_BY_OPERATOR,
          GATE_APPROVED,
          GATE_REJECTED,
          GATE_EXPIRED,
          STEP_DENIED,
          STEP_FAILED,
          STEP_SETTLED,
          STEP_RETRIED,
          ALL_STEPS_OVER,
          REPORTED,
          CANCELLED ->
          PauseCause.OPERATOR;
    };
  }

  private static Course started(Course course, StepStarted started) {
    Course begun = course.withStep(started.step(), s -> s.in(StepStatus.RUNNING));
    return started.gate().map(id -> begun.withGate(gate(begun, id).used())).orElse(begun);
  }

  private static Course over(Course course, StepId step, StepStatus how) {
    return course.withStep(step, s -> s.in(how));
  }

  private static Course settled(Course course, StepSettled settled) {
    return switch (settled.result()) {
      case StepResult.Succeeded done ->
          course.withStep(settled.step(), s -> s.completed(done.output())).advanced();
      case StepResult.Failed _ -> over(course, settled.step(), StepStatus.FAILED);
      case StepResult.Unknown _ -> course;
    };
  }

  private static Gate resolved(Course course, GateResolved resolved) {
    Gate gate = gate(course, resolved.gate());
    Gate voted = resolved.vote().map(gate::with).orElse(gate);
    return voted.resolved(resolved.status(), resolved.at(), resolved.reason());
  }

  private static Gate gate(Course course, GateId id) {
    Gate gate = course.gates().get(id);
    if (gate == null) {
      throw new IllegalStateException(
          "an event names the gate %s before it was opened".formatted(id));
    }
    return gate;
  }

  private static RunState paused(RunState state, PauseCause more) {
    return state instanceof Paused(Course course, Set<PauseCause> causes)
        ? new Paused(course, with(causes, more))
        : state;
  }

  private static RunState lifted(RunState state, PauseCause less) {
    return state instanceof Paused(Course course, Set<PauseCause> causes)
        ? new Paused(course, without(causes, less))
        : state;
  }

  private static Set<PauseCause> with(Set<PauseCause> causes, PauseCause more) {
    var changed = EnumSet.of(more);
    changed.addAll(causes);
    return changed;
  }

  private static Set<PauseCause> without(Set<PauseCause> causes, PauseCause less) {
    var changed = EnumSet.noneOf(PauseCause.class);
    changed.addAll(causes);
    changed.remove(less);
    return changed;
  }

  private static RunState course(RunState state, UnaryOperator<Course> change) {
    return switch (state) {
      case RunState.New _ -> throw new IllegalStateException("the history begins in the middle");
      case Pending pending -> new Pending(change.apply(pending.course()));
      case Running running -> new Running(change.apply(running.course()));
      case Paused paused -> new Paused(change.apply(paused.course()), paused.causes());
      case Cancelling cancelling -> new Cancelling(change.apply(cancelling.course()));
      case Ended ended -> new Ended(change.apply(ended.course()), ended.outcome());
    };
  }
}
