package dev.fedcore.engine;

import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Answers what the action's own `policy` parameter says, or else the input's: words with commas
/// between them, the first that fits the step counts. `deny@step_4` is about one step.
final class RulePolicy implements PolicyEngine {

  /// How long its gates stay open.
  static final Duration EXPIRES_IN = Duration.ofHours(1);

  private static final Digest BUNDLE = new Digest("b".repeat(64));

  private final AtomicReference<Optional<String>> changed = new AtomicReference<>(Optional.empty());

  /// From now on every question has this answer, whatever its parameters say.
  void changeTo(String rule) {
    changed.set(Optional.of(rule));
  }

  @Override
  public PolicyDecision decide(PolicyQuestion question) {
    String rules =
        changed
            .get()
            .or(() -> text(question.parameters(), "policy"))
            .or(() -> text(question.input(), "policy"))
            .orElse("allow");
    return switch (word(rules, question)) {
      case "deny" -> answer(question, Verdict.DENY, 3, Optional.empty());
      case "flag" -> flag(question, 2, 1, false, SelfApproval.REFUSED);
      case "flag_quorum" -> flag(question, 3, 2, false, SelfApproval.REFUSED);
      case "flag_comment" -> flag(question, 2, 1, true, SelfApproval.REFUSED);
      case "flag_override" -> flag(question, 1, 1, false, SelfApproval.WITH_OVERRIDE);
      case "quote" -> quoting(question);
      case "fault" -> throw new IllegalStateException("the policy has a fault");
      default -> answer(question, Verdict.ALLOW, 0, Optional.empty());
    };
  }

  private static String word(String rules, PolicyQuestion question) {
    for (String rule : rules.split(",", -1)) {
      String[] parts = rule.split("@", 2);
      if (parts.length == 1 || parts[1].equals(question.step().value())) {
        return parts[0];
      }
    }
    return "allow";
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.get(name)
        .flatMap(v -> v instanceof JsonString s ? Optional.of(s.value()) : Optional.empty());
  }

  private static PolicyDecision flag(
      PolicyQuestion question, int tier, int quorum, boolean comment, SelfApproval self) {
    var requirement =
        new ApprovalRequirement(quorum, Set.of(Role.APPROVER), Set.of(), EXPIRES_IN, comment, self);
    return answer(question, Verdict.FLAG, tier, Optional.of(requirement));
  }

  /// Denies in the words of the action.
  private static PolicyDecision quoting(PolicyQuestion question) {
    return new PolicyDecision(
        Verdict.DENY,
        "rules",
        "1",
        BUNDLE,
        3,
        "nobody may do " + question.parameters(),
        List.of("rule.QUOTE"),
        List.of(),
        question.digest(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private static PolicyDecision answer(
      PolicyQuestion question, Verdict verdict, int tier, Optional<ApprovalRequirement> approval) {
    return new PolicyDecision(
        verdict,
        "rules",
        "1",
        BUNDLE,
        tier,
        "the rule says " + verdict,
        List.of("rule." + verdict),
        List.of(),
        question.digest(),
        approval,
        Optional.empty());
  }
}
