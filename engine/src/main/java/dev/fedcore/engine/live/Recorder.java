package dev.fedcore.engine.live;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.codec.EventEncoder;
import dev.fedcore.engine.codec.EventForm;
import dev.fedcore.engine.disclosure.SealedEvents;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.engine.live.Receipts.StepWork;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.Evolution;
import dev.fedcore.kernel.run.RunEvent;
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
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.run.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Turns the events of one append into entries and receipts, and moves the run along. Used by one
/// thread, under the run's lock.
///
/// What is hashed holds commitments where people and their words stand; the state does not.
///
/// Each event is applied, gives its receipt if it ends something, and becomes the next link of the
/// chain, in this order; so a receipt is named by the entry that made it.
public final class Recorder {

  /// A document of so many bytes has fewer members and items than are read, whatever it holds.
  private static final int SURELY_READABLE_BYTES = JsonLimits.DEFAULT.membersMax() * 2;

  private final LiveRun run;
  private final SealedEvents sealed;
  private final CanonicalWriter writer = new CanonicalWriter();
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Document> entries = new ArrayList<>();
  private final List<Document> receipts = new ArrayList<>();
  private final Set<GateId> gates = new LinkedHashSet<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<GateId> timersOver = new ArrayList<>();
  private Optional<Payloads.Body> output = Optional.empty();

  public Recorder(LiveRun run) {
    this.run = run;
    this.sealed = SealedEvents.by(run.sealing());
  }

  /// The output that the next completed or settled step has put out.
  public void produced(Payloads.Body body) {
    output = Optional.of(body);
  }

  /// Makes `event` part of the run.
  public void record(RunEvent event) {
    RunState next = Evolution.evolve(run.state(), event);
    Optional<String> receipt = noteAndGive(event, next);
    RunEvent hashed = sealed.of(event);
    EventForm form =
        EventEncoder.encode(
            hashed, event instanceof RunEnded ? run.workflowHash() : Optional.empty());
    Document entry = entry(hashed, form, receipt);
    events.add(event);
    entries.add(entry);
    run.advance(next, entry.hash(), event.at());
  }

  public List<RunEvent> events() {
    return events;
  }

  public List<Document> entries() {
    return entries;
  }

  public List<Document> receipts() {
    return receipts;
  }

  /// Gates that have changed, in the order they did.
  public Set<GateId> gates() {
    return gates;
  }

  public List<Timer> timers() {
    return timers;
  }

  public List<GateId> timersOver() {
    return timersOver;
  }

  private Document entry(RunEvent event, EventForm form, Optional<String> receipt) {
    var entry =
        new AuditEntry(
            run.header().run().toString(),
            run.header().tenant().value(),
            run.version(),
            form.type().code(),
            form.type().typeName(),
            form.stepId().or(() -> gateOf(event).map(this::stepOf)),
            form.previousStatus(),
            form.newStatus(),
            event.by(),
            form.decision(),
            receipt,
            form.message(),
            form.details(),
            Timestamp.of(event.at()),
            run.head(),
            AuditEntry.SEALED);
    byte[] bytes = entry.writeTo(writer.reset()).toBytes();
    if (bytes.length > SURELY_READABLE_BYTES) {
      // Refuses what could not be read back: a run with such an entry would be lost to everybody.
      AuditEntry.parse(bytes);
    }
    return new Document(bytes, Sha256.hex(bytes));
  }

  /// The gate that an event is about whose form says nothing of a step.
  private static Optional<GateId> gateOf(RunEvent event) {
    if (event instanceof GateVoted voted) {
      return Optional.of(voted.gate());
    }
    if (event instanceof GateOverridden overridden) {
      return Optional.of(overridden.gate());
    }
    if (event instanceof GateResumed resumed) {
      return Optional.of(resumed.gate());
    }
    return event instanceof GateResolved resolved ? Optional.of(resolved.gate()) : Optional.empty();
  }

  private String stepOf(GateId gate) {
    Gate opened = RunState.course(run.state()).gates().get(gate);
    if (opened == null) {
      throw new IllegalStateException("an event is about a gate that was never opened");
    }
    return opened.request().step().value();
  }

  private Optional<String> noteAndGive(RunEvent event, RunState next) {
    return switch (event) {
      case RunCreated _, RunHeld _, HoldLifted _ -> Optional.empty();
      case StatusChanged changed -> statusChanged(changed);
      case RunEnded _ -> Optional.of(workflowReceipt());
      case StepDecided decided -> {
        note(decided.step(), n -> n.decided(DecisionJson.of(decided.decision())));
        yield Optional.empty();
      }
      case StepStarted started -> {
        started.gate().ifPresent(gates::add);
        run.released(started.step(), started.gate());
        note(started.step(), n -> n.started(started.at()));
        yield Optional.empty();
      }
      case StepRetried retried -> {
        run.note(retried.step(), StepNotes.NONE);
        run.released(retried.step(), Optional.empty());
        run.goesOn();
        yield Optional.empty();
      }
      case StepCompleted done -> {
        note(done.step(), n -> n.produced(takeOutput(), done.effect()));
        yield stepReceipt(next, done, done.step(), done.effect());
      }
      case StepSettled settled -> settled(settled, next);
      case StepFailed failed -> {
        note(failed.step(), n -> n.wentWrong(failed.code(), failed.message()));
        yield stepReceipt(next, failed, failed.step(), Optional.empty());
      }
      case StepDenied denied -> {
        note(denied.step(), n -> n.wentWrong("denied", denied.reason()));
        yield stepReceipt(next, denied, denied.step(), Optional.empty());
      }
      case StepSkipped skipped -> stepReceipt(next, skipped, skipped.step(), Optional.empty());
      case StepInDoubt doubt -> {
        note(doubt.step(), n -> n.wentWrong("in_doubt", doubt.cause()));
        yield stepReceipt(next, doubt, doubt.step(), Optional.empty());
      }
      case GateRequested asked -> {
        gates.add(asked.request().id());
        timers.add(
            new Timer(asked.request().id(), run.header().run(), asked.request().expiresAt()));
        yield Optional.empty();
      }
      case GateVoted voted -> {
        gates.add(voted.gate());
        yield Optional.empty();
      }
      case GateOverridden _, GateResumed _ -> Optional.empty();
      case GateResolved resolved -> Optional.of(gateReceipt(resolved, next));
    };
  }

  private Optional<String> statusChanged(StatusChanged changed) {
    Instant at = changed.at();
    if (changed.to() == RunStatus.RUNNING && run.startedAt().isEmpty()) {
      run.started(at);
    }
    run.completed(changed.to().isTerminal() ? Optional.of(at) : Optional.empty());
    return Optional.empty();
  }

  private Optional<String> settled(StepSettled settled, RunState next) {
    Optional<String> effect =
        switch (settled.result()) {
          case StepResult.Succeeded done -> {
            note(settled.step(), n -> n.produced(takeOutput(), done.effect()));
            yield done.effect();
          }
          case StepResult.Failed failed -> {
            note(settled.step(), n -> n.wentWrong(failed.code(), failed.message()));
            yield Optional.empty();
          }
          case StepResult.Unknown _ -> Optional.empty();
        };
    return stepReceipt(next, settled, settled.step(), effect);
  }

  private Optional<String> stepReceipt(
      RunState next, RunEvent event, StepId id, Optional<String> effect) {
    StepRecord step = RunState.course(next).step(id).orElseThrow();
    Optional<GateId> gate = gateBehind(RunState.course(next), step);
    var given = Receipts.step(run, new StepWork(step, event.by(), effect, gate));
    run.addStepReceipt(given.document(), given.stepHash());
    receipts.add(given.document());
    note(id, n -> n.ended(event.at(), given.stepHash(), given.document().hash()));
    return Optional.of(given.document().hash());
  }

  /// The gate whose approval started this attempt, or whose refusal denied it.
  private Optional<GateId> gateBehind(Course course, StepRecord step) {
    return step.status() == StepStatus.DENIED
        ? course.gates().values().stream()
            .filter(gate -> refuses(gate, step))
            .reduce((_, last) -> last)
            .map(gate -> gate.request().id())
        : run.releasedBy(step.step().id());
  }

  private static boolean refuses(Gate gate, StepRecord step) {
    boolean isRefused = gate.status() == GateStatus.REJECTED || gate.status() == GateStatus.EXPIRED;
    Digest asked = gate.request().action();
    return isRefused
        && gate.request().step().equals(step.step().id())
        && step.action().map(action -> action.hash().equals(asked)).orElse(true);
  }

  private String gateReceipt(GateResolved resolved, RunState next) {
    Gate gate = RunState.course(next).gates().get(resolved.gate());
    if (gate == null) {
      throw new IllegalStateException("a gate is resolved that was never opened");
    }
    Document receipt = Receipts.gate(run, gate, flagBehind(RunState.course(next), gate));
    run.addGateReceipt(resolved.gate(), receipt);
    receipts.add(receipt);
    gates.add(resolved.gate());
    timersOver.add(resolved.gate());
    return receipt.hash();
  }

  /// The policy decision that asked for the gate; a worker's gate has none.
  private Optional<JsonObject> flagBehind(Course course, Gate gate) {
    return course.steps().stream()
        .filter(
            step -> step.action().filter(a -> a.hash().equals(gate.request().action())).isPresent())
        .map(StepRecord::decision)
        .flatMap(Optional::stream)
        .filter(decision -> decision.approval().isPresent())
        .filter(decision -> decision.tier() == gate.request().tier())
        .map(sealed::of)
        .map(DecisionJson::of)
        .findFirst();
  }

  private String workflowReceipt() {
    var given = Receipts.workflow(run);
    receipts.add(given.document());
    run.ended(given.document().hash(), given.workflowHash());
    return given.document().hash();
  }

  private Payloads.Body takeOutput() {
    Payloads.Body body =
        output.orElseThrow(() -> new IllegalStateException("a step completed without output"));
    output = Optional.empty();
    return body;
  }

  private void note(StepId step, UnaryOperator<StepNotes> change) {
    run.note(step, change.apply(run.notes(step)));
  }
}
