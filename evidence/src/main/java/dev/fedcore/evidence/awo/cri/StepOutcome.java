package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.json.JsonObject;

/// How one step ended, with what its step file says besides id and operator.
sealed interface StepOutcome {

  JsonObject result();

  /// It did what it should.
  record Done(JsonObject result) implements StepOutcome {}

  /// The run ends here, with `error`.
  record Failed(JsonObject result, String error) implements StepOutcome {}

  /// The run waits for people.
  record AwaitsReview(JsonObject result) implements StepOutcome {}
}
