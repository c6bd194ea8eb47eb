package dev.fedcore.engine.live;

import dev.fedcore.evidence.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// What readers want to know of a step beside its state: when, with what, and under which receipt.
///
/// @param output of the latest attempt, once it is over
/// @param decision policy's answer as JSON
/// @param error code and message of a failure, a denial or a doubt
public record StepNotes(
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Payloads.Body> output,
    Optional<String> effect,
    Optional<String> stepHash,
    Optional<String> receiptHash,
    Optional<JsonObject> decision,
    Optional<JsonObject> error) {

  static final StepNotes NONE =
      new StepNotes(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  StepNotes decided(JsonObject answer) {
    return new StepNotes(
        startedAt, endedAt, output, effect, stepHash, receiptHash, Optional.of(answer), error);
  }

  StepNotes started(Instant at) {
    return new StepNotes(
        Optional.of(at), endedAt, output, effect, stepHash, receiptHash, decision, error);
  }

  StepNotes produced(Payloads.Body body, Optional<String> effectName) {
    return new StepNotes(
        startedAt,
        endedAt,
        Optional.of(body),
        effectName,
        stepHash,
        receiptHash,
        decision,
        Optional.empty());
  }

  StepNotes wentWrong(String code, String message) {
    JsonObject why = JsonObject.builder().put("code", code).put("message", message).build();
    return new StepNotes(
        startedAt, endedAt, output, effect, stepHash, receiptHash, decision, Optional.of(why));
  }

  StepNotes ended(Instant at, String hash, String receipt) {
    return new StepNotes(
        startedAt,
        Optional.of(at),
        output,
        effect,
        Optional.of(hash),
        Optional.of(receipt),
        decision,
        error);
  }
}
