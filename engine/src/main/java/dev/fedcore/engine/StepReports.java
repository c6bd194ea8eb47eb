package dev.fedcore.engine;

import dev.fedcore.engine.Request.ReportStep;
import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.live.Driver;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.PreparedStep;
import dev.fedcore.engine.live.Preparer;
import dev.fedcore.engine.live.RunHeader;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.run.StepStatus;
import java.util.Optional;

/// Takes a worker's reports on the steps of an external run: each is decided as if Federation Core
/// ran it itself.
final class StepReports {

  private final Preparer preparer;
  private final Driver driver;

  StepReports(Preparer preparer, Driver driver) {
    this.preparer = preparer;
    this.driver = driver;
  }

  Optional<CommandResult> report(Turn turn, Principal by, ReportStep report) {
    Course course = RunState.course(turn.state());
    if (course.plan().execution().isManaged()) {
      return refused(new Refusal.ManagedRun("ReportStep"));
    }
    return switch (report.kind()) {
      case SKIPPED -> Requests.command(turn, new SkipStep(by, report.step(), report.reason()));
      case RUNNING -> begin(turn, by, report);
      case COMPLETED, FAILED -> finish(turn, by, report);
    };
  }

  /// What a gate that a worker asks for is bound to: the step, and what people are told about it.
  Digest gateAction(Turn turn, StepId step, Request.AskGate asked) {
    var parameters =
        JsonObject.builder()
            .put("description", asked.description())
            .put("gate_name", asked.name())
            .put("gate_type", asked.type())
            .put("run_id", turn.run().header().run().toString())
            .build();
    RunHeader header = turn.run().header();
    var action = new Action(step.value(), parameters);
    return ActionDigest.of("gate", "1", action, header.actor(), header.salt());
  }

  private Optional<CommandResult> begin(Turn turn, Principal by, ReportStep report) {
    Optional<StepRecord> step =
        RunState.course(turn.state()).current().filter(s -> s.step().id().equals(report.step()));
    if (step.isEmpty()) {
      return misplaced(RunState.course(turn.state()), report.step());
    }
    PreparedStep prepared = prepared(turn, step.get(), report);
    return Requests.command(
        turn,
        new BeginStep(
            by,
            report.step(),
            prepared.input().hash(),
            prepared.binding(),
            driver.decide(turn.run(), step.get(), prepared)));
  }

  /// A step that is reported as over without having been reported as begun is begun first, so that
  /// no step escapes its decision. If policy or people stand in the way, the report ends there.
  private Optional<CommandResult> finish(Turn turn, Principal by, ReportStep report) {
    if (isPending(turn, report.step())) {
      Optional<CommandResult> refused = begin(turn, by, report);
      if (refused.isPresent() || !RunState.course(turn.state()).isAtWork()) {
        return refused;
      }
    }
    int attempt =
        RunState.course(turn.state()).step(report.step()).map(StepRecord::attempt).orElse(1);
    return Requests.command(turn, new FinishStep(by, report.step(), attempt, result(turn, report)));
  }

  private static StepResult result(Turn turn, ReportStep report) {
    if (report.kind() == ReportStep.Kind.FAILED) {
      var error = report.error().orElse(new Request.ReportedError("reported", report.reason()));
      return new StepResult.Failed(error.code(), error.message());
    }
    Payloads.Body output = turn.run().header().payload(report.output());
    turn.produced(output);
    return new StepResult.Succeeded(output.hash(), report.effect());
  }

  private PreparedStep prepared(Turn turn, StepRecord step, ReportStep report) {
    return report
        .action()
        .map(a ->
            preparer.reported(
                turn.run(), report.input(), a.type(), new Action(a.target(), a.parameters())))
        .orElseGet(() -> preparer.reported(turn.run(), step, report.input()));
  }

  private static boolean isPending(Turn turn, StepId id) {
    return turn.state() instanceof RunState.Running
        && RunState.course(turn.state())
            .current()
            .filter(s -> s.step().id().equals(id))
            .filter(s -> s.status() == StepStatus.PENDING)
            .isPresent();
  }

  private static Optional<CommandResult> misplaced(Course course, StepId id) {
    if (course.step(id).isEmpty()) {
      return refused(new Refusal.UnknownStep(id));
    }
    StepId expected = course.current().orElseGet(() -> course.steps().getLast()).step().id();
    return refused(new Refusal.WrongStep(expected, id));
  }

  private static Optional<CommandResult> refused(Refusal refusal) {
    return Optional.of(new CommandResult.Refused(refusal));
  }
}
