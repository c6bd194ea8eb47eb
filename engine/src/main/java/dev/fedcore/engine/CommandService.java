package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.engine.disclosure.Sealing;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.RunHeader;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.CreateRun;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The one door: whatever is asked of a run comes through here, people's requests and the results
/// of the engine's own work alike. Safe for use by many threads.
///
/// A request is decided under the run's lock, together with every pure step that follows from it,
/// and is appended as a whole; the answer leaves when that is durable. Several runs are worked on
/// at once, and their appends share a flush.
public final class CommandService implements AutoCloseable {

  /// How often a request is decided afresh when others were faster.
  private static final int TRIES_MAX = 3;

  /// A run with so many entries takes no request but to be ended: with those that the engine adds
  /// of its own accord it stays within what is read at once, and what an evidence bundle holds.
  static final int ENTRIES_MAX = 9_000;

  private final Engine engine;
  private final int entriesMax;
  private final Ledger ledger;
  private final LiveRuns runs;
  private final RunWaits waits;
  private final RunWork work;
  private final IdempotentAnswers answers;
  private final Requests requests;
  private final Recovery recovery;
  private final GateExpiry expiry;

  /// Puts the parts together; nothing is started.
  public CommandService(Engine engine) {
    this(engine, RunWork.RECORD_AGAIN_AFTER, ENTRIES_MAX);
  }

  CommandService(Engine engine, Duration recordAgainAfter, int entriesMax) {
    this.engine = engine;
    this.entriesMax = entriesMax;
    this.ledger = engine.ledger();
    this.runs = new LiveRuns(engine.loader());
    this.waits = new RunWaits(ledger, runs);
    this.work = new RunWork(engine, runs, this::again, recordAgainAfter);
    this.answers = new IdempotentAnswers(ledger);
    this.requests = new Requests(engine);
    this.recovery = new Recovery(engine, runs, this::again);
    this.expiry = new GateExpiry(ledger, engine.clock(), this::again);
  }

  /// Creates a run, and starts it if that is wanted.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput if the input lacks what the workflow needs
  /// @throws LedgerUnavailable if the ledger did not answer
  public CommandResult create(Principal by, NewRun wanted, Optional<IdempotencyKey> key) {
    return answers.once(by.tenant(), key, () -> created(by, wanted, key));
  }

  /// A new run has nobody to contend with, but a key that it is sealed with may go meanwhile.
  private CommandResult created(Principal by, NewRun wanted, Optional<IdempotencyKey> key) {
    CommandResult result = createOnce(by, wanted, key);
    for (int attempt = 1; attempt < TRIES_MAX && isContended(result); attempt++) {
      result = createOnce(by, wanted, key);
    }
    return result;
  }

  /// Asks `request` of the run.
  ///
  /// @param expectedVersion the version of the run that the caller decided on, if it says so
  /// @throws dev.fedcore.evidence.json.MalformedInput naming a member that cannot be used
  /// @throws LedgerUnavailable if the ledger did not answer
  public CommandResult handle(
      Principal by,
      RunId run,
      Request request,
      Optional<IdempotencyKey> key,
      OptionalLong expectedVersion) {
    CommandResult result =
        answers.once(
            by.tenant(),
            key,
            () -> inTurn(run, by, turn -> asked(turn, by, request, expectedVersion), key));
    if (result instanceof Refused(Refusal refusal)) {
      engine.refusals().note(by, run, request.getClass().getSimpleName(), refusal);
    }
    return result;
  }

  /// Waits until the run has nothing to do by itself: it is paused or over. Says how it stands
  /// then, or when time is up; empty for a run that does not exist.
  ///
  /// @throws InterruptedException if the waiting thread is told to stop
  public Optional<RunSnapshot> await(RunId id, Duration atMost) throws InterruptedException {
    return waits.await(id, atMost).map(CommandService::snapshot);
  }

  /// Settles what was at work when the process stopped, as far as adapters can tell. To be called
  /// before requests are taken.
  public void recover() {
    recovery.run();
  }

  /// Asks adapters once more about steps in doubt: about some of them, and the next time about
  /// others. Not for several threads.
  public void settleDoubts() {
    recovery.lookAgainAtSome();
  }

  /// Asks the adapter of a run's step in doubt once more, because there is news of its effect.
  /// Nothing happens when no step is in doubt.
  ///
  /// @throws LedgerUnavailable if the ledger did not answer
  public void lookAgain(RunId run) {
    recovery.lookAgain(run);
  }

  /// Forgets what is in memory of a run, so that it is read again if somebody asks.
  public void forget(RunId id) {
    runs.inMemory(id)
        .ifPresent(run -> {
          run.lock().lock();
          try {
            run.markStale();
            runs.forget(run);
          } finally {
            run.lock().unlock();
          }
        });
  }

  /// Rejects gates whose time is up. Not for several threads.
  public void expireGates() {
    expiry.run();
  }

  @Override
  public void close() {
    work.close();
  }

  /// A turn of the engine's own at a run: the way back in for results.
  @FunctionalInterface
  interface Again {
    CommandResult turn(RunId run, Principal by, Function<Turn, Optional<CommandResult>> asking);
  }

  private CommandResult again(
      RunId run, Principal by, Function<Turn, Optional<CommandResult>> asking) {
    return inTurn(run, by, asking, Optional.empty());
  }

  private CommandResult createOnce(Principal by, NewRun wanted, Optional<IdempotencyKey> key) {
    Optional<WorkflowDefinition> definition =
        engine.definitions().find(by.tenant(), wanted.workflowId(), wanted.workflowVersion());
    if (definition.isEmpty()) {
      return new Rejected(unknown(by, wanted));
    }
    RunId id = engine.ids().run();
    Sealing sealing = engine.subjects().sealing(by.tenant(), StreamId.of(id));
    PayloadSalt salt = sealing.payloads(by.actor(), wanted.input().canonicalBytes());
    LiveRun run = new LiveRun(header(id, by, wanted, definition.get(), salt), sealing);
    var plan = definition.get().plan(wanted.execution().orElse(definition.get().execution()));
    if (plan.execution().isManaged()) {
      engine.preparer().check(run);
    }
    run.lock().lock();
    try {
      runs.keep(run);
      var create = new CreateRun(by, plan, run.header().input().hash(), wanted.gateTimeout());
      return work.inTurn(
          run,
          turn ->
              turn.ask(create)
                  .or(() -> wanted.start() ? turn.ask(new StartRun(by)) : Optional.empty())
                  .map(Refused::new),
          key);
    } finally {
      run.lock().unlock();
    }
  }

  private CommandResult inTurn(
      RunId id,
      Principal by,
      Function<Turn, Optional<CommandResult>> asking,
      Optional<IdempotencyKey> key) {
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      Optional<LiveRun> run = runs.get(id).filter(r -> r.header().tenant().equals(by.tenant()));
      if (run.isEmpty()) {
        return new Refused(new Refusal.UnknownRun());
      }
      if (run.get().isErased()) {
        return new Rejected(new Rejection.Erased());
      }
      run.get().lock().lock();
      try {
        CommandResult result = work.inTurn(run.get(), asking, key);
        if (!isContended(result)) {
          return result;
        }
      } finally {
        run.get().lock().unlock();
      }
    }
    return new Rejected(new Rejection.Contended());
  }

  private Optional<CommandResult> asked(
      Turn turn, Principal by, Request request, OptionalLong expectedVersion) {
    long actual = turn.run().version();
    if (expectedVersion.isPresent() && expectedVersion.getAsLong() != actual) {
      return Optional.of(
          new Rejected(new Rejection.StaleVersion(expectedVersion.getAsLong(), actual)));
    }
    if (actual >= entriesMax && !request.endsTheRun()) {
      return Optional.of(new Rejected(new Rejection.TooLong(actual)));
    }
    return requests.ask(turn, by, request);
  }

  private Rejection unknown(Principal by, NewRun wanted) {
    return new Rejection.UnknownWorkflow(
        wanted.workflowId(),
        wanted.workflowVersion().orElse("any"),
        engine.definitions().ids(by.tenant()));
  }

  private RunHeader header(
      RunId id, Principal by, NewRun wanted, WorkflowDefinition definition, PayloadSalt salt) {
    return new RunHeader(
        id,
        by.tenant(),
        by.actor(),
        definition,
        salt,
        Payloads.bounded(wanted.input(), salt),
        wanted.metadata(),
        wanted.tags(),
        wanted.parent(),
        wanted.correlationId(),
        engine.clock().instant().truncatedTo(ChronoUnit.MICROS));
  }

  private static boolean isContended(CommandResult result) {
    return result instanceof Rejected(Rejection.Contended _);
  }

  private static RunSnapshot snapshot(RunRow row) {
    return new RunSnapshot(row.run(), row.version(), row.status(), row.view());
  }
}
