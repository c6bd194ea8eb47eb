package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunRow;
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
import java.util.function.Consumer;

/// What is done when the program starts: every action that was at work when it stopped is in doubt,
/// and its adapter is asked; so it is about doubts that were there already. And what is done when
/// news of an effect come in.
final class Recovery {

  /// Runs looked at in one read.
  private static final int PAGE = 500;

  /// Runs looked at in one turn while others work.
  private static final int SOME = 50;

  private final Engine engine;
  private final LiveRuns runs;
  private final Again again;
  private final Settling settling;
  private Optional<RunId> lookedAt = Optional.empty();

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
      page.forEach(id -> evenIfOneFails(id, this::recover));
      after = Optional.of(page.getLast());
      page = engine.ledger().atWork(after, PAGE);
    }
  }

  /// Looks again at some of the doubts there are, each time at the next ones. For one thread.
  void lookAgainAtSome() {
    List<RunId> page = engine.ledger().atWork(lookedAt, SOME);
    lookedAt = page.size() < SOME ? Optional.empty() : Optional.of(page.getLast());
    page.forEach(id -> evenIfOneFails(id, this::lookAgain));
  }

  /// Asks the adapter again what became of a step of this run that is in doubt, if there is one.
  void lookAgain(RunId id) {
    stillAtWork(id)
        .ifPresent(run ->
            inDoubt(run)
                .ifPresent(
                    step -> settling.settle(run.header(), step.step().id(), step.attempt())));
  }

  /// A run that cannot be read, or settled, keeps neither the server from starting nor others from
  /// being looked at. Its action stays what it is, at work or in doubt, and the next look finds it.
  private static void evenIfOneFails(RunId id, Consumer<RunId> looking) {
    try {
      looking.accept(id);
    } catch (LedgerUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      System.getLogger(Recovery.class.getName())
          .log(System.Logger.Level.ERROR, "doubt_not_settled run=" + id, e);
    }
  }

  /// The run, unless nothing of it is at work by now: under load that is so of most, and to load
  /// one takes long.
  private Optional<LiveRun> stillAtWork(RunId id) {
    return runs.inMemory(id)
        .or(() -> engine.ledger().run(id).filter(RunRow::atWork).flatMap(_ -> runs.get(id)));
  }

  private static Optional<StepRecord> inDoubt(LiveRun run) {
    run.lock().lock();
    try {
      return RunState.course(run.state())
          .current()
          .filter(step -> step.status() == StepStatus.IN_DOUBT);
    } finally {
      run.lock().unlock();
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
