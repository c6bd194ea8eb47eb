package dev.fedcore.engine.codec;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.StepStatus;
import dev.fedcore.kernel.workflow.PlannedStep;
import java.util.List;
import java.util.Optional;

/// The forms that several events share.
final class EventForms {

  private EventForms() {}

  static EventForm run(EventType type, String message, JsonObject details) {
    return new EventForm(
        type,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message,
        details);
  }

  static EventForm gate(
      EventType type, Optional<String> decision, String message, JsonObject details) {
    return new EventForm(
        type, Optional.empty(), Optional.empty(), Optional.empty(), decision, message, details);
  }

  static JsonArray steps(List<PlannedStep> steps) {
    return new JsonArray(
        steps.stream()
            .<JsonValue>map(s ->
                JsonObject.builder().put("id", s.id().value()).put("type", s.type().name()).build())
            .toList());
  }

  static JsonObject request(GateRequested asked) {
    GateRequest request = asked.request();
    var json = JsonObject.builder().put("action_hash", request.action().hex());
    asked
        .decision()
        .ifPresentOrElse(
            d -> json.put("decision", DecisionJson.of(d)), () -> json.putNull("decision"));
    return json.put("description", request.description())
        .put("expires_at", Timestamp.of(request.expiresAt()))
        .put("gate_id", request.id().toString())
        .put("gate_type", request.type())
        .put("name", request.name())
        .put("requested_by", request.requestedBy())
        .put("requirement", DecisionJson.of(request.requirement()))
        .put("tier", request.tier())
        .build();
  }

  /// What all events about one step have in common.
  record StepForm(EventType type, StepId step, StepStatus from, StepStatus to) {

    EventForm form(String what, JsonObject details) {
      return new EventForm(
          type,
          Optional.of(step.value()),
          Optional.of(from.name()),
          Optional.of(to.name()),
          Optional.empty(),
          "Step " + step + " " + what,
          details);
    }
  }
}
