package dev.fedcore.engine.live;

import dev.fedcore.engine.codec.EventDecoder;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.engine.disclosure.SealedEvents;
import dev.fedcore.engine.disclosure.Sealing;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.Evolution;
import dev.fedcore.kernel.run.RunEvent;
import dev.fedcore.kernel.run.RunEvent.StepRetried;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings a run back into memory: its state by replaying its entries, its payloads from its view.
public final class RunLoader {

  /// A view holds a run's input and all outputs, so it may be much larger than a request.
  ///
  /// @see Payloads#RUN_WEIGHT_MAX
  public static final JsonLimits VIEW_LIMITS = new JsonLimits(64 << 20, 128, 1_000_000);

  private final Ledger ledger;
  private final DefinitionSource definitions;
  private final SubjectKeys subjects;

  public RunLoader(Ledger ledger, DefinitionSource definitions, SubjectKeys subjects) {
    this.ledger = ledger;
    this.definitions = definitions;
    this.subjects = subjects;
  }

  /// Where definitions are found again by the name and version that a run began with.
  @FunctionalInterface
  public interface DefinitionSource {
    WorkflowDefinition pinned(TenantId tenant, String id, String version);
  }

  /// Reads the run; empty when there is none.
  public Optional<LiveRun> load(RunId id) {
    return ledger.run(id).map(this::load);
  }

  private LiveRun load(RunRow row) {
    JsonObject view = JsonReader.readObject(row.view().utf8(), VIEW_LIMITS);
    StreamId stream = StreamId.of(row.run());
    Sealing sealing = subjects.sealing(row.tenant(), stream);
    sealing.know(ledger.disclosures(stream));
    var run = new LiveRun(header(row, JsonFields.of(view, "")), sealing);
    if (JsonFields.of(view, "").bool("erased", false)) {
      run.markErased();
    }
    replay(run, row.version());
    restoreReceipts(run, view);
    for (JsonValue step : JsonFields.of(view, "").array("steps")) {
      restoreNotes(run, JsonFields.of((JsonObject) step, "/steps"));
    }
    JsonFields fields = JsonFields.of(view, "");
    fields.optionalString("started_at").map(Instant::parse).ifPresent(run::started);
    run.completed(fields.optionalString("completed_at").map(Instant::parse));
    fields
        .optionalString("workflow_receipt_hash")
        .ifPresent(hash -> run.ended(hash, fields.string("workflow_hash")));
    return run;
  }

  private RunHeader header(RunRow row, JsonFields view) {
    PayloadSalt salt =
        view.optionalString("payload_salt").map(PayloadSalt::new).orElse(PayloadSalt.NONE);
    return new RunHeader(
        row.run(),
        row.tenant(),
        row.actor(),
        definitions.pinned(row.tenant(), row.workflowId(), view.string("workflow_version")),
        salt,
        Payloads.of(view.optionalObject("input_payload").orElse(JsonObject.EMPTY), salt),
        view.object("metadata"),
        view.strings("tags"),
        view.optionalString("parent_run_id").map(RunId::parse),
        view.optionalString("correlation_id"),
        row.createdAt());
  }

  /// Replays as many entries as the row was written with. Later ones may be there by now; a copy of
  /// the run that mixed their state with the row's receipts could write a broken chain, while one
  /// that is merely old is found out by its version.
  private void replay(LiveRun run, long version) {
    StreamId stream = StreamId.of(run.header().run());
    var opened = SealedEvents.openedBy(run.sealing());
    for (LoggedEntry entry : entries(stream, version)) {
      AuditEntry read = AuditEntry.parse(entry.document().bytes());
      RunEvent written = EventDecoder.decode(read);
      RunEvent event = read.version() == AuditEntry.SEALED ? opened.of(written) : written;
      restoreRelease(run, event);
      run.advance(Evolution.evolve(run.state(), event), entry.document().hash(), event.at());
    }
  }

  private static void restoreRelease(LiveRun run, RunEvent event) {
    if (event instanceof StepStarted started) {
      run.released(started.step(), started.gate());
    } else if (event instanceof StepRetried retried) {
      run.released(retried.step(), Optional.empty());
    }
  }

  private List<LoggedEntry> entries(StreamId stream, long version) {
    var all = new ArrayList<LoggedEntry>();
    while (all.size() < version) {
      int limit = (int) Math.min(Ledger.ROWS_MAX, version - all.size());
      List<LoggedEntry> page = ledger.stream(stream, all.size(), limit);
      if (page.isEmpty()) {
        throw new IllegalStateException(
            "stream %s has %d entries, its run has %d".formatted(stream, all.size(), version));
      }
      all.addAll(page);
    }
    return all;
  }

  private void restoreReceipts(LiveRun run, JsonObject view) {
    Set<String> chain = Set.copyOf(JsonFields.of(view, "").strings("receipt_chain"));
    for (Document receipt : ledger.receipts(run.header().run())) {
      if (chain.contains(receipt.hash())) {
        restoreReceipt(run, receipt);
      }
    }
  }

  private static void restoreReceipt(LiveRun run, Document document) {
    switch (Receipt.parse(document.bytes())) {
      case StepReceipt step -> run.addStepReceipt(document, step.step().hash());
      case GateReceipt gate -> run.addGateReceipt(GateId.parse(gate.gateId()), document);
      case WorkflowReceipt _ ->
          throw new IllegalStateException("a workflow receipt is no link of the chain");
    }
  }

  private static void restoreNotes(LiveRun run, JsonFields step) {
    run.note(
        new StepId(step.string("step_id")),
        new StepNotes(
            step.optionalString("started_at").map(Instant::parse),
            step.optionalString("ended_at").map(Instant::parse),
            step.optionalObject("output").map(run.header()::kept),
            step.optionalString("effect_ref"),
            step.optionalString("step_hash"),
            step.optionalString("receipt_hash"),
            step.optionalObject("decision"),
            step.optionalObject("error")));
  }
}
