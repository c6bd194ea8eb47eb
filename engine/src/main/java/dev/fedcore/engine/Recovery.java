package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.run.StepStatus;
import java.util.List;
import java.util.Optional;

/// What is done once, when the program starts: every action that was at work when it stopped is in
/// doubt, and its adapter is asked; so it is about doubts that were there already.
final class Recovery {

  /// Runs looked at in one read.
  private static final int PAGE = 500;

  private final Engine engine;
  private final LiveRuns runs;
  private final Again again;
  private final Settling settling;

  Recovery(Engine engine, LiveRuns runs, Again again) {
    this.engine = engine;
    this.runs = runs;
    this.again = again;
    this.settling = new Settling(engine.catalog(), again);
  }

  void run() {
    Optional<RunId> after = Optional.empty();
    List<RunId> page = engine.ledger().atWork(after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(this::recover);
      after = Optional.of(page.getLast());
      page = engine.ledger().atWork(after, PAGE);
    }
  }

  private void recover(RunId id) {
    LiveRun run = runs.get(id).orElseThrow();
    Optional<StepRecord> step = RunState.course(run.state()).current();
    if (step.isEmpty()) {
      return;
    }
    var by = Principal.system(run.header().tenant());
    if (step.get().status() == StepStatus.RUNNING) {
      again.turn(id, by, turn -> doubt(turn, by, step.get()));
    }
    settling.settle(run.header(), step.get().step().id(), step.get().attempt());
  }

  private static Optional<CommandResult> doubt(Turn turn, Principal by, StepRecord step) {
    var unknown = new StepResult.Unknown("the program stopped while the action was at work");
    return turn.ask(new FinishStep(by, step.step().id(), step.attempt(), unknown))
        .map(Refused::new);
  }
}
