package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.RunCommand;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.FailRun;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.RequestGate;
import dev.fedcore.kernel.run.RunCommand.ResumeRun;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import java.util.Optional;
import java.util.Set;

/// Turns what callers ask into the kernel's commands, and asks them.
final class Requests {

  private final StepReports reports;

  Requests(Engine engine) {
    this.reports = new StepReports(engine.preparer(), engine.driver());
  }

  /// Asks; says why not, if it is refused.
  Optional<CommandResult> ask(Turn turn, Principal by, Request request) {
    return switch (request) {
      case Request.Start _ -> command(turn, new StartRun(by));
      case Request.Pause pause -> command(turn, new PauseRun(by, pause.reason()));
      case Request.Resume _ -> command(turn, new ResumeRun(by));
      case Request.Cancel cancel -> command(turn, new CancelRun(by, cancel.reason()));
      case Request.Retry retry ->
          command(turn, new RetryStep(by, retry.step().orElseGet(() -> current(turn))));
      case Request.Complete _ -> command(turn, new CompleteRun(by));
      case Request.Fail fail -> command(turn, new FailRun(by, fail.reason()));
      case Request.MoveTo move -> command(turn, move(turn, by, move));
      case Request.ReportStep report -> reports.report(turn, by, report);
      case Request.Settle settle -> settle(turn, by, settle);
      case Request.AskGate gate -> command(turn, gate(turn, by, gate));
      case Request.Vote vote -> vote(turn, by, vote);
    };
  }

  static Optional<CommandResult> command(Turn turn, RunCommand command) {
    return turn.ask(command).map(Refused::new);
  }

  private static RunCommand move(Turn turn, Principal by, Request.MoveTo move) {
    return switch (move.status()) {
      case RUNNING ->
          turn.state() instanceof RunState.Paused ? new ResumeRun(by) : new StartRun(by);
      case PAUSED -> new PauseRun(by, move.reason());
      case CANCELLED -> new CancelRun(by, move.reason());
      case COMPLETED -> new CompleteRun(by);
      case FAILED -> new FailRun(by, move.reason());
      case PENDING ->
          throw new MalformedInput(
              "/status", "is where a run begins; ask for RUNNING, PAUSED or CANCELLED");
    };
  }

  private static Optional<CommandResult> settle(Turn turn, Principal by, Request.Settle settle) {
    if (!settle.happened()) {
      var failed = new StepResult.Failed("settled_failed", settle.reason());
      return command(turn, new SettleStep(by, settle.step(), failed, settle.reason()));
    }
    var output = turn.run().header().payload(settle.output());
    turn.produced(output);
    var succeeded = new StepResult.Succeeded(output.hash(), settle.effect());
    return command(turn, new SettleStep(by, settle.step(), succeeded, settle.reason()));
  }

  private RequestGate gate(Turn turn, Principal by, Request.AskGate asked) {
    StepId step = asked.step().orElseGet(() -> current(turn));
    return new RequestGate(
        by,
        step,
        reports.gateAction(turn, step, asked),
        asked.type(),
        asked.name(),
        asked.description(),
        new ApprovalRequirement(
            asked.quorum(),
            Set.of(Role.APPROVER),
            Set.copyOf(asked.approvers()),
            asked.timeout(),
            false,
            SelfApproval.REFUSED));
  }

  private static Optional<CommandResult> vote(Turn turn, Principal by, Request.Vote vote) {
    Optional<Gate> gate =
        Optional.ofNullable(RunState.course(turn.state()).gates().get(vote.gate()));
    boolean sawAnother =
        gate.isPresent()
            && vote.actionSeen()
                .filter(seen -> !seen.equals(gate.get().request().action()))
                .isPresent();
    return sawAnother
        ? Optional.of(
            new Rejected(new Rejection.ActionMismatch(vote.gate(), gate.get().request().action())))
        : command(
            turn,
            new CastVote(
                by,
                vote.gate(),
                vote.choice(),
                vote.comment(),
                vote.override(),
                vote.input().map(handed -> governed(turn, handed))));
  }

  private static GovernedInput governed(Turn turn, Request.Handed handed) {
    return new GovernedInput(turn.run().header().payload(handed.json()).hash(), handed.receipt());
  }

  /// The step that is next or at work; the last one when all are over.
  private static StepId current(Turn turn) {
    Course course = RunState.course(turn.state());
    StepRecord step = course.current().orElseGet(() -> course.steps().getLast());
    return step.step().id();
  }
}
