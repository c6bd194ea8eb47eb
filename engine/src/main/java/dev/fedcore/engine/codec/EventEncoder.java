package dev.fedcore.engine.codec;

import dev.fedcore.engine.codec.EventForms.StepForm;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote;
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
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.run.StepStatus;
import java.util.Locale;
import java.util.Optional;

/// Writes events. Members of `details` are put in canonical order, which makes them cheap to write.
public final class EventEncoder {

  private EventEncoder() {}

  /// The form of one event.
  ///
  /// @param workflowHash of an ending run, for its event's details
  public static EventForm encode(RunEvent event, Optional<String> workflowHash) {
    return switch (event) {
      case RunCreated created -> created(created);
      case StatusChanged changed -> changed(changed);
      case RunEnded ended -> ended(ended, workflowHash);
      case RunHeld held ->
          EventForms.run(EventType.RUN_HELD, "held: " + held.reason(), reason(held.reason()));
      case HoldLifted _ -> EventForms.run(EventType.HOLD_LIFTED, "hold lifted", JsonObject.EMPTY);
      case StepDecided decided -> decided(decided);
      case StepStarted started -> started(started);
      case StepCompleted done -> completed(done);
      case StepFailed failed -> failed(failed);
      case StepDenied denied ->
          new StepForm(EventType.STEP_DENIED, denied.step(), StepStatus.PENDING, StepStatus.DENIED)
              .form("denied: " + denied.reason(), attempt(denied.attempt(), denied.reason()));
      case StepSkipped skipped ->
          new StepForm(
                  EventType.STEP_SKIPPED, skipped.step(), StepStatus.PENDING, StepStatus.SKIPPED)
              .form("skipped: " + skipped.reason(), attempt(skipped.attempt(), skipped.reason()));
      case StepInDoubt doubt -> inDoubt(doubt);
      case StepSettled settled -> settled(settled);
      case StepRetried retried ->
          new StepForm(
                  EventType.STEP_RETRIED, retried.step(), StepStatus.FAILED, StepStatus.PENDING)
              .form(
                  "is tried again, attempt " + retried.attempt(),
                  JsonObject.builder().put("attempt", retried.attempt()).build());
      case GateRequested asked -> requested(asked);
      case GateVoted voted -> voted(voted);
      case GateOverridden overridden ->
          EventForms.gate(
              EventType.GATE_OVERRIDDEN,
              Optional.empty(),
              "requester votes on their own request: " + overridden.reason(),
              JsonObject.builder()
                  .put("gate_id", overridden.gate().toString())
                  .put("reason", overridden.reason())
                  .build());
      case GateResumed resumed -> resumed(resumed);
      case GateResolved resolved -> resolved(resolved);
    };
  }

  private static EventForm resumed(GateResumed resumed) {
    String choice = resumed.choice().name().toLowerCase(Locale.ROOT);
    var details = JsonObject.builder().put("choice", resumed.choice().name());
    resumed
        .input()
        .receipt()
        .ifPresentOrElse(
            r -> details.put("decision_receipt_id", r),
            () -> details.putNull("decision_receipt_id"));
    details
        .put("gate_id", resumed.gate().toString())
        .put("input_hash", resumed.input().hash().hex());
    return EventForms.gate(
        EventType.GATE_RESUMED,
        Optional.of(choice),
        "Answered with a governed input: " + choice,
        details.build());
  }

  private static EventForm created(RunCreated created) {
    var ref = created.plan().definition();
    var details =
        JsonObject.builder()
            .put("definition_hash", ref.hash().hex())
            .put("execution", created.plan().execution().name());
    created
        .gateTimeout()
        .ifPresentOrElse(
            t -> details.put("gate_timeout_seconds", t.toSeconds()),
            () -> details.putNull("gate_timeout_seconds"));
    details
        .put("input_hash", created.input().hex())
        .put("steps", EventForms.steps(created.plan().steps()))
        .put("workflow_id", ref.id())
        .put("workflow_version", ref.version());
    return new EventForm(
        EventType.RUN_CREATED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(RunStatus.PENDING.name()),
        Optional.empty(),
        "Run of %s %s created".formatted(ref.id(), ref.version()),
        details.build());
  }

  private static EventForm changed(StatusChanged changed) {
    return new EventForm(
        EventType.STATUS_CHANGED,
        Optional.empty(),
        Optional.of(changed.from().name()),
        Optional.of(changed.to().name()),
        Optional.empty(),
        "Status changed from " + changed.from() + " to " + changed.to(),
        JsonObject.builder()
            .put("cause", changed.cause().name())
            .put("reason", changed.reason())
            .build());
  }

  private static EventForm ended(RunEnded ended, Optional<String> workflowHash) {
    var details =
        JsonObject.builder().put("outcome", ended.outcome().name()).put("reason", ended.reason());
    workflowHash.ifPresent(hash -> details.put("workflow_hash", hash));
    String why = ended.reason().isEmpty() ? "" : ": " + ended.reason();
    return EventForms.run(
        EventType.RUN_ENDED, "Run ended " + ended.outcome() + why, details.build());
  }

  private static EventForm decided(StepDecided decided) {
    var decision = decided.decision();
    String word = DecisionJson.word(decision.verdict());
    return new EventForm(
        EventType.STEP_DECIDED,
        Optional.of(decided.step().value()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(word),
        "Policy says " + word + " to step " + decided.step() + ": " + decision.reason(),
        JsonObject.builder()
            .put("action_hash", decided.action().hash().hex())
            .put("action_type", decided.action().type())
            .put("attempt", decided.attempt())
            .put("decision", DecisionJson.of(decision))
            .put("input_hash", decided.input().hex())
            .build());
  }

  private static EventForm started(StepStarted started) {
    var details = JsonObject.builder().put("attempt", started.attempt());
    started
        .gate()
        .ifPresentOrElse(
            g -> details.put("gate_id", g.toString()), () -> details.putNull("gate_id"));
    return new StepForm(
            EventType.STEP_STARTED, started.step(), StepStatus.PENDING, StepStatus.RUNNING)
        .form("started", details.build());
  }

  private static EventForm completed(StepCompleted done) {
    var details = JsonObject.builder().put("attempt", done.attempt());
    effect(details, done.effect());
    details.put("output_hash", done.output().hex());
    return new StepForm(
            EventType.STEP_COMPLETED, done.step(), StepStatus.RUNNING, StepStatus.COMPLETED)
        .form("completed", details.build());
  }

  private static EventForm failed(StepFailed failed) {
    return new StepForm(EventType.STEP_FAILED, failed.step(), StepStatus.RUNNING, StepStatus.FAILED)
        .form(
            "failed: " + failed.message(),
            JsonObject.builder()
                .put("attempt", failed.attempt())
                .put("code", failed.code())
                .put("message", failed.message())
                .build());
  }

  private static EventForm inDoubt(StepInDoubt doubt) {
    return new StepForm(
            EventType.STEP_IN_DOUBT, doubt.step(), StepStatus.RUNNING, StepStatus.IN_DOUBT)
        .form(
            "is in doubt: " + doubt.cause(),
            JsonObject.builder()
                .put("attempt", doubt.attempt())
                .put("cause", doubt.cause())
                .build());
  }

  private static EventForm settled(StepSettled settled) {
    boolean happened = settled.result() instanceof StepResult.Succeeded;
    var details = JsonObject.builder().put("attempt", settled.attempt());
    switch (settled.result()) {
      case StepResult.Succeeded done -> {
        effect(details, done.effect());
        details.put("output_hash", done.output().hex());
      }
      case StepResult.Failed failed ->
          details.put("code", failed.code()).put("message", failed.message());
      case StepResult.Unknown _ ->
          throw new IllegalStateException("a settlement says what happened");
    }
    details.put("reason", settled.reason());
    return new StepForm(
            EventType.STEP_SETTLED,
            settled.step(),
            StepStatus.IN_DOUBT,
            happened ? StepStatus.COMPLETED : StepStatus.FAILED)
        .form("settled: " + settled.reason(), details.build());
  }

  private static EventForm requested(GateRequested asked) {
    var request = asked.request();
    return new EventForm(
        EventType.GATE_REQUESTED,
        Optional.of(request.step().value()),
        Optional.empty(),
        Optional.of(GateStatus.PENDING.name()),
        Optional.empty(),
        "Gate requested for step " + request.step() + ": " + request.description(),
        EventForms.request(asked));
  }

  private static EventForm voted(GateVoted voted) {
    return EventForms.gate(
        EventType.GATE_VOTED,
        Optional.of(voted.vote().choice().name().toLowerCase(Locale.ROOT)),
        voted.by() + " votes to " + voted.vote().choice(),
        JsonObject.builder()
            .put("gate_id", voted.gate().toString())
            .put("vote", vote(voted.vote()))
            .build());
  }

  private static EventForm resolved(GateResolved resolved) {
    var details = JsonObject.builder().put("gate_id", resolved.gate().toString());
    resolved
        .reason()
        .ifPresentOrElse(r -> details.put("reason", r), () -> details.putNull("reason"));
    details.put("status", resolved.status().name());
    resolved
        .vote()
        .ifPresentOrElse(v -> details.put("vote", vote(v)), () -> details.putNull("vote"));
    return new EventForm(
        EventType.GATE_RESOLVED,
        Optional.empty(),
        Optional.of(GateStatus.PENDING.name()),
        Optional.of(resolved.status().name()),
        Optional.of(resolved.status().name().toLowerCase(Locale.ROOT)),
        "Gate " + resolved.status() + " by " + resolved.by(),
        details.build());
  }

  /// A vote as it stands in entries, receipts and answers.
  public static JsonObject vote(Vote vote) {
    var json = JsonObject.builder().put("actor_id", vote.by()).put("at", Timestamp.of(vote.at()));
    json.put("choice", vote.choice().name());
    vote.comment().ifPresentOrElse(c -> json.put("comment", c), () -> json.putNull("comment"));
    vote.override()
        .ifPresentOrElse(
            o -> json.put("override_reason", o), () -> json.putNull("override_reason"));
    return json.build();
  }

  private static void effect(JsonObject.Builder details, Optional<String> effect) {
    effect.ifPresentOrElse(e -> details.put("effect_ref", e), () -> details.putNull("effect_ref"));
  }

  private static JsonObject reason(String reason) {
    return JsonObject.builder().put("reason", reason).build();
  }

  private static JsonObject attempt(int attempt, String reason) {
    return JsonObject.builder().put("attempt", attempt).put("reason", reason).build();
  }
}
