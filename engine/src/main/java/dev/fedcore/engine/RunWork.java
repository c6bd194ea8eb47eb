package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.Committer.Committed;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.Driver;
import dev.fedcore.engine.live.Driver.Dispatch;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StepResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One turn at a run: ask, drive, append, and afterwards set the next action going.
final class RunWork implements AutoCloseable {

  /// How long the result of an action waits between tries to have it recorded while the ledger does
  /// not answer. The effect has happened; only the process's end may lose its record, and then the
  /// step is in doubt.
  static final Duration RECORD_AGAIN_AFTER = Duration.ofMillis(200);

  private final Engine engine;
  private final LiveRuns runs;
  private final Again again;
  private final Driver driver;
  private final Committer committer;
  private final Dispatcher dispatcher;
  private final Settling settling;
  private final Duration recordAgainAfter;
  private final CountDownLatch closing = new CountDownLatch(1);

  RunWork(Engine engine, LiveRuns runs, Again again, Duration recordAgainAfter) {
    this.recordAgainAfter = recordAgainAfter;
    this.engine = engine;
    this.runs = runs;
    this.again = again;
    this.driver = engine.driver();
    this.committer = new Committer(engine);
    this.dispatcher = new Dispatcher(engine.catalog(), engine.permits());
    this.settling = new Settling(engine.catalog(), again);
  }

  /// Does one turn. The caller holds the run's lock.
  ///
  /// @param asking asks commands of the turn; says why not, if the first of them is refused
  CommandResult inTurn(
      LiveRun run, Function<Turn, Optional<CommandResult>> asking, Optional<IdempotencyKey> key) {
    if (run.isStale()) {
      runs.forget(run);
      return new Rejected(new Rejection.Contended());
    }
    long before = run.version();
    var turn = new Turn(run, engine.clock(), engine.ids());
    Optional<CommandResult> refused;
    Optional<Dispatch> dispatch;
    try {
      refused = asking.apply(turn);
      dispatch = refused.isPresent() ? Optional.empty() : driver.drive(turn);
    } catch (RuntimeException e) {
      abandon(run);
      throw e;
    }
    if (refused.isPresent()) {
      return refused(turn, before, refused.get());
    }
    return commit(turn, before, key, dispatch);
  }

  @Override
  public void close() {
    closing.countDown();
    dispatcher.close();
  }

  /// A refusal is as good as the memory it was decided on: another process, or another copy of the
  /// run, may have moved it on.
  private CommandResult refused(Turn turn, long before, CommandResult refusal) {
    LiveRun run = turn.run();
    boolean isBehind =
        engine
            .ledger()
            .last(StreamId.of(run.header().run()))
            .filter(last -> last.seq() + 1 != before)
            .isPresent();
    if (turn.hasHappened() || isBehind) {
      abandon(run);
    }
    return isBehind ? new Rejected(new Rejection.Contended()) : refusal;
  }

  private CommandResult commit(
      Turn turn, long before, Optional<IdempotencyKey> key, Optional<Dispatch> dispatch) {
    LiveRun run = turn.run();
    Committed committed;
    try {
      committed = committer.commit(turn, before, key);
    } catch (LedgerUnavailable e) {
      abandon(run);
      dispatch.ifPresent(
          d -> dispatcher.inBackground(() -> findOut(d, run.version() - 1, run.head())));
      throw e;
    } catch (RuntimeException e) {
      abandon(run);
      throw e;
    }
    return switch (committed) {
      case Committed.Kept(var done) -> {
        dispatch.ifPresent(d -> dispatcher.carryOut(d, this::record));
        if (RunState.status(run.state()) != RunStatus.RUNNING && !isAtWork(run)) {
          runs.forget(run);
        }
        yield done;
      }
      case Committed.Behind _ -> {
        abandon(run);
        yield new Rejected(new Rejection.Contended());
      }
      case Committed.KeyTaken(var earlier) -> {
        abandon(run);
        yield key.<CommandResult>map(k -> IdempotentAnswers.replay(k, earlier))
            .orElseThrow(() -> new IllegalStateException("a key is taken that was not given"));
      }
    };
  }

  private static boolean isAtWork(LiveRun run) {
    return RunState.course(run.state()).isAtWork();
  }

  /// Forgets what memory has and the ledger has not.
  private void abandon(LiveRun run) {
    run.markStale();
    run.changed().signalAll();
    runs.forget(run);
  }

  /// Nobody said whether the start of an action was kept. Once the ledger answers again the action
  /// is carried out if it was, since nobody else will; until then it has not been sent.
  private void findOut(Dispatch dispatch, long lastSeq, String lastHash) {
    RunId run = dispatch.run().header().run();
    boolean isAnswered = false;
    while (!isAnswered && !isClosing()) {
      try {
        boolean isKept =
            engine.ledger().stream(StreamId.of(run), lastSeq, 1).stream()
                .anyMatch(entry -> entry.document().hash().equals(lastHash));
        if (isKept) {
          carryOutLate(dispatch, engine.ledger().run(run).orElseThrow().status());
        }
        isAnswered = true;
      } catch (LedgerUnavailable e) {
        log(dispatch, "start_not_known", "again", e);
      }
    }
  }

  private void carryOutLate(Dispatch dispatch, RunStatus status) {
    if (status == RunStatus.CANCELLED) {
      record(
          dispatch,
          new AdapterOutcome.Rejected("not_sent", "the run was cancelled before it was sent"));
    } else {
      dispatcher.carryOut(dispatch, this::record);
    }
  }

  /// Brings the answer of an action back in, as often as it takes. An answer that cannot be written
  /// down leaves the step in doubt, for a person; a run that cannot be written at all is left to
  /// the next start.
  private void record(Dispatch dispatch, AdapterOutcome outcome) {
    AdapterOutcome answer = outcome;
    boolean recorded = false;
    while (!recorded) {
      try {
        recorded = isDone(recordOnce(dispatch, answer));
      } catch (LedgerUnavailable e) {
        log(dispatch, "result_not_recorded", "again", e);
      } catch (RuntimeException e) {
        if (answer instanceof AdapterOutcome.InDoubt) {
          log(dispatch, "doubt_not_recordable", "at the next start", e);
          return;
        }
        log(dispatch, "result_not_recordable", "in doubt", e);
        answer = new AdapterOutcome.InDoubt("its answer could not be recorded");
      }
      if (!recorded && isClosing()) {
        return;
      }
    }
    if (outcome instanceof AdapterOutcome.InDoubt) {
      settle(dispatch);
    }
  }

  private void settle(Dispatch dispatch) {
    boolean isSettled = false;
    while (!isSettled) {
      try {
        isSettled =
            isDone(settling.settle(dispatch.run().header(), dispatch.step(), dispatch.attempt()));
      } catch (LedgerUnavailable e) {
        log(dispatch, "settlement_not_recorded", "again", e);
      } catch (RuntimeException e) {
        log(dispatch, "settlement_not_recordable", "left in doubt", e);
        return;
      }
      if (!isSettled && isClosing()) {
        return;
      }
    }
  }

  /// Whether asking once more would change nothing: only who was not fast enough asks again. An
  /// erased run takes nothing more.
  private static boolean isDone(CommandResult result) {
    return !(result instanceof Rejected(Rejection.Contended _));
  }

  private CommandResult recordOnce(Dispatch dispatch, AdapterOutcome outcome) {
    return again.turn(
        dispatch.run().header().run(),
        Principal.system(dispatch.run().header().tenant()),
        turn -> finish(turn, dispatch, outcome).map(Refused::new));
  }

  private static void log(Dispatch dispatch, String what, String next, RuntimeException cause) {
    System.getLogger(RunWork.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "%s run=%s step=%s cause=%s next=\"%s\""
                .formatted(what, dispatch.run().header().run(), dispatch.step(), cause, next));
  }

  /// Turns what an adapter says into the command that records it, and asks it.
  private static Optional<Refusal> finish(Turn turn, Dispatch dispatch, AdapterOutcome outcome) {
    StepResult result =
        switch (outcome) {
          case AdapterOutcome.Done done -> {
            Payloads.Body output = turn.run().header().payload(done.output());
            turn.produced(output);
            yield new StepResult.Succeeded(output.hash(), Optional.of(done.effect()));
          }
          case AdapterOutcome.Rejected rejected ->
              new StepResult.Failed(rejected.code(), rejected.message());
          case AdapterOutcome.NotNow notNow ->
              new StepResult.Failed(notNow.code(), notNow.message());
          case AdapterOutcome.InDoubt doubt -> new StepResult.Unknown(doubt.cause());
        };
    Principal by = Principal.system(turn.run().header().tenant());
    return turn.ask(new FinishStep(by, dispatch.step(), dispatch.attempt(), result));
  }

  private boolean isClosing() {
    try {
      return closing.await(recordAgainAfter.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
