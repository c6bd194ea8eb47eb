package dev.fedcore.kernel.run;

import dev.fedcore.kernel.identity.Digest;
import java.util.Optional;

/// How an attempt at a step went.
public sealed interface StepResult {

  /// It happened.
  ///
  /// @param output digest of the canonical output
  /// @param effect what the outside world calls the effect, such as a task's id
  record Succeeded(Digest output, Optional<String> effect) implements StepResult {}

  /// It did not happen, for sure.
  ///
  /// @param code such as `task_parent_unknown`, for machines
  /// @param message for people, one sentence
  record Failed(String code, String message) implements StepResult {}

  /// Nobody knows whether it happened: something was sent and no complete answer was read.
  record Unknown(String cause) implements StepResult {}
}
