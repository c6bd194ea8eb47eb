package dev.fedcore.policy;

import dev.fedcore.policy.cel.CelExpression;
import dev.fedcore.policy.cel.InputType;
import dev.fedcore.policy.cel.Variables;
import java.util.Map;
import java.util.Optional;

/// What every answer of a bundle keeps to: a condition over the question and the answer. It guards
/// each answer when it is given, and proves nothing about answers that are not.
///
/// @param condition true of every answer that may leave
public record Invariant(String id, CelExpression condition) {

  private static final String DECISION = "decision";
  private static final String TIER = "tier";

  /// What only an invariant sees: `allow`, `flag` or `deny`, and the tier of that.
  static final Map<String, InputType> OF_THE_ANSWER =
      Map.of(DECISION, InputType.STRING, TIER, InputType.INT);

  /// Whether it says anything about answers, and not only about questions.
  boolean isAboutAnswers() {
    return condition.variables().stream().anyMatch(OF_THE_ANSWER::containsKey);
  }

  /// The variables of a question together with the answer to it.
  static Variables seen(Variables question, String decision, long tier) {
    return name ->
        switch (name) {
          case DECISION -> Optional.of(decision);
          case TIER -> Optional.of(tier);
          default -> question.find(name);
        };
  }
}
