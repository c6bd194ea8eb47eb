package dev.fedcore.kernel.run;

import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.workflow.PlannedStep;
import java.util.Optional;

/// What is known of one step of a run: its latest attempt.
///
/// @param attempt counts from 1
/// @param decision policy's latest answer about this attempt
/// @param action what it is bound to, once decided
public record StepRecord(
    PlannedStep step,
    StepStatus status,
    int attempt,
    Optional<PolicyDecision> decision,
    Optional<ActionBinding> action,
    Optional<Digest> input,
    Optional<Digest> output) {

  /// The most attempts at one step, so that a run stays readable.
  public static final int ATTEMPTS_MAX = 100;

  static StepRecord planned(PlannedStep step) {
    return new StepRecord(
        step,
        StepStatus.PENDING,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  StepRecord decided(PolicyDecision answer, ActionBinding binding, Digest inputDigest) {
    return new StepRecord(
        step,
        status,
        attempt,
        Optional.of(answer),
        Optional.of(binding),
        Optional.of(inputDigest),
        output);
  }

  StepRecord in(StepStatus next) {
    return new StepRecord(step, next, attempt, decision, action, input, output);
  }

  StepRecord completed(Digest outputDigest) {
    return new StepRecord(
        step, StepStatus.COMPLETED, attempt, decision, action, input, Optional.of(outputDigest));
  }

  StepRecord retried() {
    return new StepRecord(
        step,
        StepStatus.PENDING,
        attempt + 1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  boolean isFlagged() {
    return decision.filter(d -> d.verdict() == Verdict.FLAG).isPresent();
  }
}
