package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Recorder;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.engine.outbox.OutboxWriter;
import dev.fedcore.engine.view.GateView;
import dev.fedcore.engine.view.RunView;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.RunState;
import java.util.List;
import java.util.Optional;

/// Appends what a turn has recorded, with everything readers will see of it, in one transaction.
final class Committer {

  private final Ledger ledger;
  private final Commits commits;
  private final OutboxWriter outbox;
  private final RunWatcher watcher;
  private final SubjectKeys subjects;

  Committer(Engine engine) {
    this.ledger = engine.ledger();
    this.commits = engine.commits();
    this.outbox = engine.outbox();
    this.watcher = engine.watcher();
    this.subjects = engine.subjects();
  }

  /// How a commit went.
  sealed interface Committed {

    record Kept(Done done) implements Committed {}

    /// Memory was behind the ledger. The run has been marked stale.
    record Behind() implements Committed {}

    /// The idempotency key was used meanwhile. The run has been marked stale.
    record KeyTaken(KeptAnswer earlier) implements Committed {}
  }

  /// Appends. The caller holds the run's lock.
  ///
  /// @throws LedgerUnavailable if the ledger did not answer; the run has been marked stale
  Committed commit(Turn turn, long expectedVersion, Optional<IdempotencyKey> key) {
    LiveRun run = turn.run();
    RunRow row = row(run);
    var snapshot = new RunSnapshot(run.header().run(), run.version(), row.status(), row.view());
    var done = new Done(snapshot, lastGate(turn.recorder()));
    Append append = append(turn, expectedVersion, row, key.map(k -> k.answer().apply(done)));
    AppendResult result;
    try {
      result = ledger.append(append);
    } catch (LedgerUnavailable e) {
      run.markStale();
      throw e;
    }
    return switch (result) {
      case AppendResult.Appended appended -> {
        commits.reached(appended.lastIndex(), !append.outbox().isEmpty());
        run.committed(row);
        watcher.happened(run, turn.recorder().events());
        run.changed().signalAll();
        yield new Committed.Kept(done);
      }
      case AppendResult.VersionConflict _ -> {
        run.markStale();
        // It may be that not the run has moved on, but that a name's key has been erased.
        append.personal().subjects().forEach(k -> subjects.forget(k.tenant(), k.subject()));
        yield new Committed.Behind();
      }
      case AppendResult.KeyTaken taken -> {
        run.markStale();
        yield new Committed.KeyTaken(taken.earlier());
      }
    };
  }

  private Append append(Turn turn, long expectedVersion, RunRow row, Optional<KeptAnswer> answer) {
    Recorder recorder = turn.recorder();
    var stream = StreamId.of(row.run());
    return new Append(
        stream,
        row.tenant(),
        expectedVersion,
        recorder.entries(),
        recorder.receipts(),
        Optional.of(row),
        gates(turn.run(), recorder),
        recorder.timers(),
        recorder.timersOver(),
        List.of(),
        outbox.messages(row, expectedVersion, recorder.entries()),
        answer,
        turn.run().sealing().taken());
  }

  private static RunRow row(LiveRun run) {
    Course course = RunState.course(run.state());
    return new RunRow(
        run.header().run(),
        run.header().tenant(),
        course.plan().definition().id(),
        RunState.status(run.state()),
        run.header().actor(),
        run.version(),
        awaitsAnswer(run.state()) && course.plan().execution().isManaged(),
        run.header().createdAt(),
        run.updatedAt(),
        RunView.of(run));
  }

  /// A step in doubt counts as well: its adapter may know more after the next start.
  private static boolean awaitsAnswer(RunState state) {
    Course course = RunState.course(state);
    return course.isAtWork()
        || (state instanceof RunState.Paused paused
            && paused.causes().contains(RunState.PauseCause.IN_DOUBT));
  }

  private static List<GateRow> gates(LiveRun run, Recorder recorder) {
    Course course = RunState.course(run.state());
    return course.gates().values().stream()
        .filter(gate -> recorder.gates().contains(gate.request().id()))
        .map(gate -> GateView.row(run, gate))
        .toList();
  }

  private static Optional<GateId> lastGate(Recorder recorder) {
    return recorder.gates().stream().reduce((_, last) -> last);
  }
}
