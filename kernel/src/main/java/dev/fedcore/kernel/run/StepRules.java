package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Outcome.refused;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
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
import dev.fedcore.kernel.run.RunState.Running;
import dev.fedcore.kernel.workflow.StepType;
import java.util.Optional;
import java.util.Set;

/// The life of a step: decided, started, over, or in doubt (DESIGN section 3).
final class StepRules {

  private StepRules() {}

  /// Decides the step at the cursor. Deny ends the run; a flag opens a gate, unless an approval of
  /// the same action at the same tier or a higher one is there to be used; else the step starts.
  static Outcome begin(Running running, BeginStep command, Facts facts) {
    Optional<Refusal> refusal = misplaced(running.course(), command.step(), StepStatus.PENDING);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    StepRecord step = running.course().current().orElseThrow();
    var trail = new Trail(running, command.by().actor(), facts.now());
    trail.add(
        new StepDecided(
            facts.now(),
            command.by().actor(),
            command.step(),
            step.attempt(),
            command.input(),
            command.action(),
            command.decision()));
    if (command.decision().verdict() == Verdict.DENY) {
      return deny(trail, command, step.attempt(), facts);
    }
    return asksPeople(running.course(), step, command)
        .map(flag -> GateRules.open(trail, running.course(), command, flag, facts))
        .orElseGet(() -> start(trail, running.course(), command, facts));
  }

  static Outcome finish(Running running, FinishStep command, Facts facts) {
    return misplaced(running.course(), command)
        .map(Outcome::refused)
        .orElseGet(() -> answer(new Trail(running, by(command), facts.now()), command, facts));
  }

  /// An action that was at work when the pause came reports. Not on a step that waits for people.
  static Outcome finishWhilePaused(Paused paused, FinishStep command, Facts facts) {
    Course course = paused.course();
    if (!course.plan().execution().isManaged() && paused.causes().contains(PauseCause.GATE)) {
      return refused(new Refusal.WaitsForGate(course.openGates().getFirst().request().id()));
    }
    return misplaced(course, command)
        .map(Outcome::refused)
        .orElseGet(() -> answer(new Trail(paused, by(command), facts.now()), command, facts));
  }

  /// The last answer of a cancelled run: it is recorded, whatever it is, and then the run is over.
  static Outcome finish(Cancelling cancelling, FinishStep command, Facts facts) {
    Optional<Refusal> refusal = misplaced(cancelling.course(), command);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var trail = new Trail(cancelling, by(command), facts.now());
    return trail
        .add(event(command, facts))
        .close(RunStatus.CANCELLED, "the action at work was answered after the cancellation")
        .accepted();
  }

  static Outcome skip(Running running, SkipStep command, Facts facts) {
    if (running.course().plan().execution().isManaged()) {
      return refused(new Refusal.ManagedRun("SkipStep"));
    }
    return misplaced(running.course(), command.step(), StepStatus.PENDING)
        .map(Outcome::refused)
        .orElseGet(() ->
            Outcome.accepted(
                new StepSkipped(
                    facts.now(),
                    command.by().actor(),
                    command.step(),
                    running.course().current().orElseThrow().attempt(),
                    command.reason())));
  }

  static Outcome settle(Paused paused, SettleStep command, Facts facts) {
    Optional<Refusal> refusal = unsettleable(paused.course(), command);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Trail trail = settled(paused, command, facts);
    if (command.result() instanceof StepResult.Failed failed) {
      return trail.end(RunStatus.FAILED, StatusCause.STEP_FAILED, failed.message()).accepted();
    }
    return paused.causes().equals(Set.of(PauseCause.IN_DOUBT))
        ? trail
            .change(RunStatus.RUNNING, StatusCause.STEP_SETTLED, "")
            .completeIfThrough()
            .accepted()
        : trail.accepted();
  }

  /// Records what became of an action that a run left in doubt when it ended. The run stays as it
  /// ended; it says so again, so that its last receipt covers the settlement.
  static Outcome settle(Ended ended, SettleStep command, Facts facts) {
    if (!isInDoubt(ended)) {
      return RunDecider.wrongState(ended, command);
    }
    return unsettleable(ended.course(), command)
        .map(Outcome::refused)
        .orElseGet(() ->
            settled(ended, command, facts)
                .close(ended.outcome(), "step %s was settled".formatted(command.step()))
                .accepted());
  }

  /// A run that ended before anybody knew what became of its last action.
  static boolean isInDoubt(Ended ended) {
    return ended.course().current().filter(s -> s.status() == StepStatus.IN_DOUBT).isPresent();
  }

  private static Optional<Refusal> unsettleable(Course course, SettleStep command) {
    return misplaced(course, command.step(), StepStatus.IN_DOUBT)
        .or(() ->
            command.result() instanceof StepResult.Unknown
                ? Optional.of(new Refusal.SettlementUnknown(command.step()))
                : Optional.empty());
  }

  private static Trail settled(RunState state, SettleStep command, Facts facts) {
    return new Trail(state, command.by().actor(), facts.now())
        .add(
            new StepSettled(
                facts.now(),
                command.by().actor(),
                command.step(),
                RunState.course(state).current().orElseThrow().attempt(),
                command.result(),
                command.reason()));
  }

  static Outcome retry(Ended ended, RetryStep command, Facts facts) {
    Optional<StepRecord> step = ended.course().step(command.step());
    if (step.isEmpty()) {
      return refused(new Refusal.UnknownStep(command.step()));
    }
    if (!isRetryable(ended) || !isCurrent(ended.course(), command.step())) {
      return refused(new Refusal.NotRetryable(command.step(), step.get().status()));
    }
    return new Trail(ended, command.by().actor(), facts.now())
        .add(
            new StepRetried(
                facts.now(), command.by().actor(), command.step(), step.get().attempt() + 1))
        .change(RunStatus.RUNNING, StatusCause.STEP_RETRIED, "")
        .accepted();
  }

  /// A run can go on when it failed at a step that was tried and did not work.
  static boolean isRetryable(Ended ended) {
    return ended.outcome() == RunStatus.FAILED
        && ended
            .course()
            .current()
            .filter(s -> s.status() == StepStatus.FAILED)
            .filter(s -> s.attempt() < StepRecord.ATTEMPTS_MAX)
            .isPresent();
  }

  private static Outcome deny(Trail trail, BeginStep command, int attempt, Facts facts) {
    String reason = command.decision().reason();
    return trail
        .add(new StepDenied(facts.now(), command.by().actor(), command.step(), attempt, reason))
        .end(RunStatus.FAILED, StatusCause.STEP_DENIED, reason)
        .accepted();
  }

  private static Outcome start(Trail trail, Course course, BeginStep command, Facts facts) {
    StepRecord step = course.current().orElseThrow();
    boolean isAboutLaterAction =
        step.step().type() == StepType.GATE || step.step().type() == StepType.DECIDE;
    Optional<Gate> used =
        isAboutLaterAction ? Optional.empty() : covering(course, command, command.decision());
    return trail
        .add(
            new StepStarted(
                facts.now(),
                command.by().actor(),
                command.step(),
                step.attempt(),
                used.map(gate -> gate.request().id())))
        .accepted();
  }

  /// The flag that people must answer before the step starts; empty when it may start.
  ///
  /// A DECIDE step never waits: a flag is its answer. The GATE step after it takes that flag up.
  private static Optional<PolicyDecision> asksPeople(
      Course course, StepRecord step, BeginStep command) {
    Optional<PolicyDecision> flag =
        switch (step.step().type()) {
          case DECIDE -> Optional.empty();
          case GATE -> flagOf(command.decision()).or(() -> flagBefore(course));
          case OBSERVE, ACT, TRANSFORM -> flagOf(command.decision());
        };
    return flag.filter(f -> covering(course, command, f).isEmpty());
  }

  private static Optional<PolicyDecision> flagOf(PolicyDecision decision) {
    return decision.verdict() == Verdict.FLAG ? Optional.of(decision) : Optional.empty();
  }

  private static Optional<PolicyDecision> flagBefore(Course course) {
    for (int i = course.cursor() - 1; i >= 0; i--) {
      StepRecord earlier = course.steps().get(i);
      if (earlier.step().type() == StepType.DECIDE) {
        return earlier.isFlagged() ? earlier.decision() : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Gate> covering(
      Course course, BeginStep command, PolicyDecision decision) {
    return course.covering(command.action().hash(), decision);
  }

  private static Outcome answer(Trail trail, FinishStep command, Facts facts) {
    trail.add(event(command, facts));
    return switch (command.result()) {
      case StepResult.Succeeded _ -> trail.completeIfThrough().accepted();
      case StepResult.Failed failed ->
          trail.end(RunStatus.FAILED, StatusCause.STEP_FAILED, failed.message()).accepted();
      case StepResult.Unknown unknown -> trail.doubt(unknown.cause()).accepted();
    };
  }

  private static RunEvent event(FinishStep command, Facts facts) {
    StepId step = command.step();
    int attempt = command.attempt();
    return switch (command.result()) {
      case StepResult.Succeeded done ->
          new StepCompleted(facts.now(), by(command), step, attempt, done.output(), done.effect());
      case StepResult.Failed failed ->
          new StepFailed(facts.now(), by(command), step, attempt, failed.code(), failed.message());
      case StepResult.Unknown unknown ->
          new StepInDoubt(facts.now(), by(command), step, attempt, unknown.cause());
    };
  }

  private static String by(FinishStep command) {
    return command.by().actor();
  }

  private static Optional<Refusal> misplaced(Course course, FinishStep command) {
    return misplaced(course, command.step(), StepStatus.RUNNING)
        .or(() -> {
          int attempt = course.current().orElseThrow().attempt();
          return attempt == command.attempt()
              ? Optional.empty()
              : Optional.of(new Refusal.WrongAttempt(command.step(), attempt, command.attempt()));
        });
  }

  private static Optional<Refusal> misplaced(Course course, StepId step, StepStatus needed) {
    if (course.step(step).isEmpty()) {
      return Optional.of(new Refusal.UnknownStep(step));
    }
    if (!isCurrent(course, step)) {
      StepId expected = course.current().orElseGet(() -> course.steps().getLast()).step().id();
      return Optional.of(new Refusal.WrongStep(expected, step));
    }
    StepStatus actual = course.current().orElseThrow().status();
    return actual == needed
        ? Optional.empty()
        : Optional.of(new Refusal.WrongStepStatus(step, actual, needed));
  }

  private static boolean isCurrent(Course course, StepId step) {
    return course.current().filter(s -> s.step().id().equals(step)).isPresent();
  }
}
