package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Outcome.refused;

import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.CreateRun;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import dev.fedcore.kernel.run.RunCommand.FailRun;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.RequestGate;
import dev.fedcore.kernel.run.RunCommand.ResumeRun;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import dev.fedcore.kernel.run.RunEvent.HoldLifted;
import dev.fedcore.kernel.run.RunEvent.RunCreated;
import dev.fedcore.kernel.run.RunEvent.RunHeld;
import dev.fedcore.kernel.run.RunState.Cancelling;
import dev.fedcore.kernel.run.RunState.Ended;
import dev.fedcore.kernel.run.RunState.New;
import dev.fedcore.kernel.run.RunState.PauseCause;
import dev.fedcore.kernel.run.RunState.Paused;
import dev.fedcore.kernel.run.RunState.Pending;
import dev.fedcore.kernel.run.RunState.Running;
import java.util.List;

/// The rules of a run: one switch a state, total over all commands. What a row does stands below,
/// in [StepRules] or in [GateRules].
///
/// No switch has a `default`, so a new state or command does not compile until someone has said
/// what it means everywhere. `docs/run-transitions.md` is made from this class.
public final class RunDecider {

  private RunDecider() {}

  public static RunState initial() {
    return new New();
  }

  /// Decides `command` for a run in `state`. Same arguments, same outcome.
  public static Outcome decide(RunState state, RunCommand command, Facts facts) {
    return switch (state) {
      case New _ -> whenNew(command, facts);
      case Pending pending -> whenPending(pending, command, facts);
      case Running running -> whenRunning(running, command, facts);
      case Paused paused -> whenPaused(paused, command, facts);
      case Cancelling cancelling -> whenCancelling(cancelling, command, facts);
      case Ended ended -> whenEnded(ended, command, facts);
    };
  }

  /// The commands that a caller from outside can have accepted in `state`, by their type names, in
  /// the order of [RunCommand]. Those that Federation Core gives itself are not among them.
  public static List<String> allowed(RunState state) {
    return switch (state) {
      case New _ -> List.of("CreateRun");
      case Pending _ -> List.of("StartRun", "CancelRun");
      case Running running -> Allowed.whenRunning(running.course());
      case Paused paused -> Allowed.whenPaused(paused);
      case Cancelling _ -> List.of();
      case Ended ended -> Allowed.whenEnded(ended);
    };
  }

  static Outcome wrongState(RunState state, RunCommand command) {
    return refused(isWrong(state, command));
  }

  private static Refusal isWrong(RunState state, RunCommand command) {
    return new Refusal.WrongState(RunState.status(state), name(command), allowed(state));
  }

  private static String name(RunCommand command) {
    return command.getClass().getSimpleName();
  }

  private static Outcome whenNew(RunCommand command, Facts facts) {
    return switch (command) {
      case CreateRun create ->
          Outcome.accepted(
              new RunCreated(
                  facts.now(),
                  create.by().actor(),
                  create.plan(),
                  create.input(),
                  create.gateTimeout()));
      case StartRun _,
          PauseRun _,
          ResumeRun _,
          CancelRun _,
          RetryStep _,
          BeginStep _,
          FinishStep _,
          SkipStep _,
          SettleStep _,
          RequestGate _,
          CastVote _,
          ExpireGate _,
          CompleteRun _,
          FailRun _ ->
          refused(new Refusal.UnknownRun());
    };
  }

  private static Outcome whenPending(Pending pending, RunCommand command, Facts facts) {
    return switch (command) {
      case StartRun _ ->
          trail(pending, command, facts)
              .change(RunStatus.RUNNING, StatusCause.STARTED, "")
              .accepted();
      case CancelRun cancel -> cancel(pending, cancel, facts);
      case CastVote vote -> GateRules.late(pending, vote, vote.gate());
      case ExpireGate expire -> GateRules.late(pending, expire, expire.gate());
      case CreateRun _ -> refused(new Refusal.RunExists());
      case PauseRun _,
          ResumeRun _,
          RetryStep _,
          BeginStep _,
          FinishStep _,
          SkipStep _,
          SettleStep _,
          RequestGate _,
          CompleteRun _,
          FailRun _ ->
          wrongState(pending, command);
    };
  }

  private static Outcome whenRunning(Running running, RunCommand command, Facts facts) {
    return switch (command) {
      case BeginStep begin -> StepRules.begin(running, begin, facts);
      case FinishStep finish -> StepRules.finish(running, finish, facts);
      case SkipStep skip -> StepRules.skip(running, skip, facts);
      case RequestGate request -> GateRules.request(running, request, facts);
      case PauseRun pause ->
          trail(running, pause, facts)
              .change(RunStatus.PAUSED, StatusCause.PAUSED_BY_OPERATOR, pause.reason())
              .accepted();
      case CancelRun cancel -> cancel(running, cancel, facts);
      case CompleteRun complete -> complete(running, complete, facts);
      case FailRun fail -> fail(running, fail, facts);
      case CastVote vote -> GateRules.late(running, vote, vote.gate());
      case ExpireGate expire -> GateRules.late(running, expire, expire.gate());
      case CreateRun _ -> refused(new Refusal.RunExists());
      case StartRun _, ResumeRun _, RetryStep _, SettleStep _ -> wrongState(running, command);
    };
  }

  private static Outcome whenPaused(Paused paused, RunCommand command, Facts facts) {
    return switch (command) {
      case ResumeRun resume -> resume(paused, resume, facts);
      case PauseRun pause -> hold(paused, pause, facts);
      case FinishStep finish -> StepRules.finishWhilePaused(paused, finish, facts);
      case SettleStep settle -> StepRules.settle(paused, settle, facts);
      case CastVote vote -> GateRules.vote(paused, vote, facts);
      case ExpireGate expire -> GateRules.expire(paused, expire, facts);
      case CancelRun cancel -> cancel(paused, cancel, facts);
      case FailRun fail -> fail(paused, fail, facts);
      case CreateRun _ -> refused(new Refusal.RunExists());
      case SkipStep _, RequestGate _, CompleteRun _ -> refused(workersOnly(paused, command));
      case BeginStep begin -> refused(notNow(paused, begin));
      case RetryStep retry ->
          paused.causes().contains(PauseCause.IN_DOUBT)
              ? refused(notNow(paused, retry))
              : wrongState(paused, retry);
      case StartRun _ -> wrongState(paused, command);
    };
  }

  private static Outcome whenCancelling(Cancelling cancelling, RunCommand command, Facts facts) {
    return switch (command) {
      case FinishStep finish -> StepRules.finish(cancelling, finish, facts);
      case CastVote vote -> GateRules.late(cancelling, vote, vote.gate());
      case ExpireGate expire -> GateRules.late(cancelling, expire, expire.gate());
      case CreateRun _ -> refused(new Refusal.RunExists());
      case StartRun _,
          PauseRun _,
          ResumeRun _,
          CancelRun _,
          RetryStep _,
          BeginStep _,
          SkipStep _,
          SettleStep _,
          RequestGate _,
          CompleteRun _,
          FailRun _ ->
          wrongState(cancelling, command);
    };
  }

  private static Outcome whenEnded(Ended ended, RunCommand command, Facts facts) {
    return switch (command) {
      case RetryStep retry -> StepRules.retry(ended, retry, facts);
      case SettleStep settle -> StepRules.settle(ended, settle, facts);
      case CastVote vote -> GateRules.late(ended, vote, vote.gate());
      case ExpireGate expire -> GateRules.late(ended, expire, expire.gate());
      case CreateRun _ -> refused(new Refusal.RunExists());
      case StartRun _,
          PauseRun _,
          ResumeRun _,
          CancelRun _,
          BeginStep _,
          FinishStep _,
          SkipStep _,
          RequestGate _,
          CompleteRun _,
          FailRun _ ->
          wrongState(ended, command);
    };
  }

  private static Outcome cancel(RunState state, CancelRun command, Facts facts) {
    return trail(state, command, facts)
        .end(RunStatus.CANCELLED, StatusCause.CANCELLED, command.reason())
        .accepted();
  }

  private static Outcome complete(Running running, CompleteRun command, Facts facts) {
    Course course = running.course();
    if (course.plan().execution().isManaged()) {
      return refused(new Refusal.ManagedRun("CompleteRun"));
    }
    if (course.isAtWork()) {
      return refused(new Refusal.StepsOpen(course.current().orElseThrow().step().id()));
    }
    return trail(running, command, facts)
        .end(RunStatus.COMPLETED, StatusCause.REPORTED, "")
        .accepted();
  }

  private static Outcome fail(RunState state, FailRun command, Facts facts) {
    if (RunState.course(state).plan().execution().isManaged()) {
      return refused(new Refusal.ManagedRun("FailRun"));
    }
    return trail(state, command, facts)
        .end(RunStatus.FAILED, StatusCause.REPORTED, command.reason())
        .accepted();
  }

  private static Outcome hold(Paused paused, PauseRun command, Facts facts) {
    return paused.causes().contains(PauseCause.OPERATOR)
        ? wrongState(paused, command)
        : Outcome.accepted(new RunHeld(facts.now(), command.by().actor(), command.reason()));
  }

  private static Outcome resume(Paused paused, ResumeRun command, Facts facts) {
    if (!paused.causes().contains(PauseCause.OPERATOR)) {
      return refused(notNow(paused, command));
    }
    Trail trail = trail(paused, command, facts);
    return paused.causes().size() > 1
        ? trail.add(new HoldLifted(facts.now(), command.by().actor())).accepted()
        : trail
            .change(RunStatus.RUNNING, StatusCause.RESUMED_BY_OPERATOR, "")
            .completeIfThrough()
            .accepted();
  }

  /// Why a paused run refuses what it would not refuse were it running: it waits for people, for a
  /// settlement, or, if for neither, for its operator.
  private static Refusal notNow(Paused paused, RunCommand command) {
    if (paused.causes().contains(PauseCause.GATE)) {
      return new Refusal.WaitsForGate(paused.course().openGates().getFirst().request().id());
    }
    return paused.causes().contains(PauseCause.IN_DOUBT)
        ? new Refusal.WaitsForSettlement(paused.course().current().orElseThrow().step().id())
        : isWrong(paused, command);
  }

  private static Refusal workersOnly(Paused paused, RunCommand command) {
    return paused.course().plan().execution().isManaged()
        ? new Refusal.ManagedRun(name(command))
        : notNow(paused, command);
  }

  private static Trail trail(RunState state, RunCommand command, Facts facts) {
    return new Trail(state, command.by().actor(), facts.now());
  }
}
