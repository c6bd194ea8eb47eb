package dev.fedcore.engine.view;

import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.RunHeader;
import dev.fedcore.engine.live.StepNotes;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.RunState.Ended;
import dev.fedcore.kernel.run.RunState.Paused;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepStatus;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A run as readers see it. Kept in the ledger beside its entries, with the payloads that the
/// entries hold only the digests of.
public final class RunView {

  /// Room for the view of a run of five steps, so that it is written without growing.
  private static final int BYTES_USUAL = 8 * 1024;

  private RunView() {}

  /// Writes the run's JSON, members in canonical order. The caller holds the run's lock.
  public static Payload of(LiveRun run) {
    RunHeader header = run.header();
    RunState state = run.state();
    Course course = RunState.course(state);
    var json = new CanonicalWriter(BYTES_USUAL).beginObject();
    json.name("actor_id").string(header.actor());
    json.name("audit_head").string(run.head());
    Fields.optional(json, "completed_at", run.completedAt().map(Timestamp::of));
    Fields.optional(json, "correlation_id", header.correlationId());
    json.name("created_at").string(Timestamp.of(header.createdAt()));
    Fields.optional(json, "current_step", course.current().map(s -> s.step().id().value()));
    json.name("definition_hash").string(course.plan().definition().hash().hex());
    json.name("erased").bool(run.isErased());
    json.name("error_details").value(error(run));
    json.name("evidence_pack_hash").nul();
    json.name("evidence_pack_refs").beginArray().endArray();
    json.name("execution").string(course.plan().execution().name().toLowerCase(Locale.ROOT));
    json.name("gate_timeout_seconds");
    course.gateTimeout().ifPresentOrElse(t -> json.integer(t.toSeconds()), json::nul);
    json.name("input_hash").string(header.input().hash().hex());
    json.name("input_payload").raw(header.input().canonical());
    json.name("metadata").value(header.metadata());
    json.name("output_payload");
    output(run).ifPresentOrElse(o -> json.raw(o.canonical()), json::nul);
    Fields.optional(json, "parent_run_id", header.parent().map(Object::toString));
    Fields.strings(json, "paused_for", pausedFor(state));
    Fields.optional(json, "payload_salt", header.hashSalt());
    Fields.strings(json, "receipt_chain", run.receipts());
    json.name("run_id").string(header.run().toString());
    Fields.optional(json, "started_at", run.startedAt().map(Timestamp::of));
    json.name("status").string(RunState.status(state).name());
    json.name("step_index").integer(course.cursor());
    json.name("steps").beginArray();
    course.steps().forEach(step -> step(json, step, run.notes(step.step().id())));
    json.endArray();
    Fields.strings(json, "tags", header.tags());
    json.name("tenant_id").string(header.tenant().value());
    json.name("updated_at").string(Timestamp.of(run.updatedAt()));
    json.name("version").integer(run.version());
    Fields.optional(json, "workflow_hash", run.workflowHash());
    json.name("workflow_id").string(course.plan().definition().id());
    Fields.optional(json, "workflow_receipt_hash", run.workflowReceipt());
    json.name("workflow_version").string(course.plan().definition().version());
    return new Payload(json.endObject().toBytes());
  }

  private static void step(CanonicalWriter json, StepRecord step, StepNotes notes) {
    json.beginObject();
    Fields.optional(json, "action_hash", step.action().map(a -> a.hash().hex()));
    Fields.optional(json, "action_type", step.action().map(a -> a.type()));
    json.name("attempt").integer(step.attempt());
    json.name("decision");
    notes.decision().ifPresentOrElse(json::value, json::nul);
    Fields.optional(json, "effect_ref", notes.effect());
    Fields.optional(json, "ended_at", notes.endedAt().map(Timestamp::of));
    json.name("error");
    notes.error().ifPresentOrElse(json::value, json::nul);
    Fields.optional(json, "input_hash", step.input().map(Digest::hex));
    json.name("output");
    notes.output().ifPresentOrElse(o -> json.raw(o.canonical()), json::nul);
    Fields.optional(json, "output_hash", notes.output().map(o -> o.hash().hex()));
    Fields.optional(json, "receipt_hash", notes.receiptHash());
    Fields.optional(json, "started_at", notes.startedAt().map(Timestamp::of));
    json.name("status").string(step.status().name());
    Fields.optional(json, "step_hash", notes.stepHash());
    json.name("step_id").string(step.step().id().value());
    json.name("step_type").string(step.step().type().name());
    json.endObject();
  }

  /// The output of the last step that put one out, once the run is complete.
  private static Optional<Payloads.Body> output(LiveRun run) {
    if (RunState.status(run.state()) != RunStatus.COMPLETED) {
      return Optional.empty();
    }
    return RunState.course(run.state()).steps().reversed().stream()
        .map(step -> run.notes(step.step().id()).output())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static JsonObject error(LiveRun run) {
    if (!(run.state() instanceof Ended ended) || ended.outcome() != RunStatus.FAILED) {
      return JsonObject.EMPTY;
    }
    var json = JsonObject.builder();
    ended
        .course()
        .current()
        .filter(step -> step.status() == StepStatus.FAILED || step.status() == StepStatus.DENIED)
        .ifPresent(step -> {
          StepNotes notes = run.notes(step.step().id());
          notes.error().ifPresent(why -> why.members().forEach(json::put));
          notes.error().flatMap(why -> why.get("message")).ifPresent(m -> json.put("reason", m));
          json.put("step_id", step.step().id().value());
        });
    boolean rejected =
        ended.course().gates().values().stream()
            .anyMatch(g -> g.status() == GateStatus.REJECTED || g.status() == GateStatus.EXPIRED);
    if (rejected) {
      json.put("gate_rejected", true);
    }
    return json.build();
  }

  private static Collection<String> pausedFor(RunState state) {
    return state instanceof Paused paused
        ? paused.causes().stream().map(Enum::name).sorted().toList()
        : List.of();
  }
}
