package dev.fedcore.engine.codec;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.run.ActionBinding;
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
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StatusCause;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.Plan;
import dev.fedcore.kernel.workflow.PlannedStep;
import dev.fedcore.kernel.workflow.StepType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads events back from audit entries.
public final class EventDecoder {

  private EventDecoder() {}

  /// Reads what [EventEncoder] wrote.
  ///
  /// @throws RuntimeException of some kind if the entry was not written by this program or an older
  ///   one; the hashes are checked elsewhere
  public static RunEvent decode(AuditEntry entry) {
    var source = new Source(entry);
    return switch (EventType.named(entry.event())) {
      case RUN_CREATED -> created(source);
      case STATUS_CHANGED -> changed(source, entry);
      case RUN_ENDED -> ended(source);
      case RUN_HELD -> new RunHeld(source.at, source.by, source.text("reason"));
      case HOLD_LIFTED -> new HoldLifted(source.at, source.by);
      case STEP_DECIDED -> decided(source);
      case STEP_STARTED ->
          new StepStarted(
              source.at,
              source.by,
              source.step(),
              source.attempt(),
              source.optional("gate_id").map(GateId::parse));
      case STEP_COMPLETED ->
          new StepCompleted(
              source.at,
              source.by,
              source.step(),
              source.attempt(),
              source.digest("output_hash"),
              source.optional("effect_ref"));
      case STEP_FAILED ->
          new StepFailed(
              source.at,
              source.by,
              source.step(),
              source.attempt(),
              source.text("code"),
              source.text("message"));
      case STEP_DENIED ->
          new StepDenied(
              source.at, source.by, source.step(), source.attempt(), source.text("reason"));
      case STEP_SKIPPED ->
          new StepSkipped(
              source.at, source.by, source.step(), source.attempt(), source.text("reason"));
      case STEP_IN_DOUBT ->
          new StepInDoubt(
              source.at, source.by, source.step(), source.attempt(), source.text("cause"));
      case STEP_SETTLED -> settled(source);
      case STEP_RETRIED -> new StepRetried(source.at, source.by, source.step(), source.attempt());
      case GATE_REQUESTED -> requested(source);
      case GATE_VOTED ->
          new GateVoted(source.at, source.by, source.gate(), vote(source.details.object("vote")));
      case GATE_OVERRIDDEN ->
          new GateOverridden(source.at, source.by, source.gate(), source.text("reason"));
      case GATE_RESUMED -> resumed(source);
      case GATE_RESOLVED -> resolved(source);
    };
  }

  private static RunEvent resumed(Source source) {
    return new GateResumed(
        source.at,
        source.by,
        source.gate(),
        Vote.Choice.valueOf(source.text("choice")),
        new GovernedInput(source.digest("input_hash"), source.optional("decision_receipt_id")));
  }

  private static RunEvent resolved(Source source) {
    return new GateResolved(
        source.at,
        source.by,
        source.gate(),
        GateStatus.valueOf(source.text("status")),
        source.details.optionalObject("vote").map(EventDecoder::vote),
        source.optional("reason"));
  }

  private static RunEvent created(Source source) {
    var ref =
        new DefinitionRef(
            source.text("workflow_id"),
            source.text("workflow_version"),
            source.digest("definition_hash"));
    List<PlannedStep> steps =
        source.details.array("steps").stream()
            .map(step -> JsonFields.of((JsonObject) step, "/details/steps"))
            .map(step ->
                new PlannedStep(
                    new StepId(step.string("id")), StepType.valueOf(step.string("type"))))
            .toList();
    var timeout = source.details.optionalInteger("gate_timeout_seconds", 1, JsonNumber.INTEGER_MAX);
    return new RunCreated(
        source.at,
        source.by,
        new Plan(ref, Execution.valueOf(source.text("execution")), steps),
        source.digest("input_hash"),
        timeout.isPresent()
            ? Optional.of(Duration.ofSeconds(timeout.getAsLong()))
            : Optional.empty());
  }

  private static RunEvent changed(Source source, AuditEntry entry) {
    return new StatusChanged(
        source.at,
        source.by,
        RunStatus.valueOf(entry.previousStatus().orElseThrow()),
        RunStatus.valueOf(entry.newStatus().orElseThrow()),
        StatusCause.valueOf(source.text("cause")),
        source.text("reason"));
  }

  private static RunEvent ended(Source source) {
    return new RunEnded(
        source.at, source.by, RunStatus.valueOf(source.text("outcome")), source.text("reason"));
  }

  private static RunEvent decided(Source source) {
    return new StepDecided(
        source.at,
        source.by,
        source.step(),
        source.attempt(),
        source.digest("input_hash"),
        new ActionBinding(source.digest("action_hash"), source.text("action_type")),
        DecisionJson.read(source.details.object("decision")));
  }

  private static RunEvent settled(Source source) {
    StepResult result =
        source.details.has("output_hash")
            ? new StepResult.Succeeded(source.digest("output_hash"), source.optional("effect_ref"))
            : new StepResult.Failed(source.text("code"), source.text("message"));
    return new StepSettled(
        source.at, source.by, source.step(), source.attempt(), result, source.text("reason"));
  }

  private static RunEvent requested(Source source) {
    var details = source.details;
    var request =
        new GateRequest(
            source.gate(),
            source.step(),
            source.digest("action_hash"),
            (int) details.integer("tier", 0, PolicyDecision.TIER_MAX),
            source.text("gate_type"),
            source.text("name"),
            source.text("description"),
            source.text("requested_by"),
            DecisionJson.readApproval(details.object("requirement")),
            Instant.parse(source.text("expires_at")));
    return new GateRequested(
        source.at, source.by, request, details.optionalObject("decision").map(DecisionJson::read));
  }

  private static Vote vote(JsonObject json) {
    var fields = JsonFields.of(json, "/details/vote");
    return new Vote(
        Instant.parse(fields.string("at")),
        fields.string("actor_id"),
        Vote.Choice.valueOf(fields.string("choice")),
        fields.optionalString("comment"),
        fields.optionalString("override_reason"));
  }

  /// An entry, taken apart.
  private static final class Source {

    private final AuditEntry entry;
    private final Instant at;
    private final String by;
    private final JsonFields details;

    Source(AuditEntry entry) {
      this.entry = entry;
      this.at = Instant.parse(entry.timestamp());
      this.by = entry.actorId();
      this.details = JsonFields.of(entry.details(), "/details");
    }

    String text(String name) {
      return details.string(name);
    }

    Optional<String> optional(String name) {
      return details.optionalString(name);
    }

    Digest digest(String name) {
      return new Digest(details.string(name));
    }

    StepId step() {
      return new StepId(entry.stepId().orElseThrow());
    }

    GateId gate() {
      return GateId.parse(details.string("gate_id"));
    }

    int attempt() {
      return (int) details.integer("attempt", 1, StepRecord.ATTEMPTS_MAX);
    }
  }
}
