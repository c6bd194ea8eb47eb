package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for every set of rules, however odd. The conditions are constants, since how rules
/// combine does not depend on what they look at; `fails` divides by an input that is zero.
class CombiningPropertyTest {

  private static final int SETS = 60;

  private final ForAll<Drawn> rules = ForAll.listsOf(CombiningPropertyTest::anyRule, 6);

  private record Drawn(Verdict decision, int tier, String when, boolean shadow) {

    boolean matches() {
      return when.equals("true") && !shadow;
    }

    boolean fails() {
      return when.startsWith("1 /") && !shadow;
    }
  }

  private static Drawn anyRule(RandomGenerator random) {
    return new Drawn(
        ForAll.oneOf(random, Verdict.values()),
        1 + random.nextInt(3),
        ForAll.oneOf(random, "true", "true", "true", "false", "false", "1 / input.zero == 1"),
        random.nextInt(4) == 0);
  }

  private static PolicyDecision decide(List<Drawn> rules) {
    var text = new StringBuilder("inputs: {input.zero: {type: int, default: 0}}\nrules:\n");
    text.append("- {id: none, decision: allow, tier: 0, when: false, reason: \"'none'\"}\n");
    for (int i = 0; i < rules.size(); i++) {
      Drawn rule = rules.get(i);
      text.append(
          "- {id: r%d, decision: %s, tier: %d, when: %s, mode: %s, reason: \"'r%d'\"}\n"
              .formatted(
                  i,
                  rule.decision().name().toLowerCase(Locale.ROOT),
                  rule.tier(),
                  rule.when(),
                  rule.shadow() ? "shadow" : "enforce",
                  i));
    }
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(Bundles.sound(Bundles.text(text.toString())));
    return engine.decide(Questions.task("w", JsonObject.EMPTY));
  }

  @Test
  void deny_beats_flag_beats_allow_and_the_highest_tier_wins() {
    rules.seeds(
        SETS,
        set -> {
          PolicyDecision decision = decide(set);
          if (set.stream().anyMatch(Drawn::fails)) {
            assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
            assertThat(decision.tier()).isEqualTo(4);
            assertThat(decision.error()).isPresent();
            return;
          }
          List<Drawn> matching = set.stream().filter(Drawn::matches).toList();
          Verdict strictest =
              matching.stream().map(Drawn::decision).reduce(Verdict::stricter).orElse(Verdict.DENY);
          int tier =
              matching.stream()
                  .filter(rule -> rule.decision() == strictest)
                  .mapToInt(Drawn::tier)
                  .max()
                  .orElse(4);

          assertThat(decision.verdict()).isEqualTo(strictest);
          assertThat(decision.tier()).isEqualTo(tier);
          assertThat(decision.approval().isPresent()).isEqualTo(strictest == Verdict.FLAG);
        });
  }

  @Test
  void the_reason_is_that_of_the_first_rule_of_the_answers_tier() {
    rules.seeds(
        SETS,
        set -> {
          PolicyDecision decision = decide(set);
          if (decision.error().isPresent() || decision.rulesTriggered().isEmpty()) {
            return;
          }
          int first =
              IntStream.range(0, set.size())
                  .filter(i -> set.get(i).matches())
                  .filter(i -> set.get(i).decision() == decision.verdict())
                  .filter(i -> set.get(i).tier() == decision.tier())
                  .findFirst()
                  .orElseThrow();

          assertThat(decision.reason()).isEqualTo("r" + first);
        });
  }

  @Test
  void all_rules_that_match_are_named_in_order_and_shadow_rules_apart() {
    rules.seeds(
        SETS,
        set -> {
          PolicyDecision decision = decide(set);

          assertThat(decision.rulesTriggered())
              .isEqualTo(
                  IntStream.range(0, set.size())
                      .filter(i -> set.get(i).matches())
                      .mapToObj(i -> "r" + i)
                      .toList());
          assertThat(decision.shadowRules())
              .hasSize(
                  (int)
                      set.stream()
                          .filter(rule -> rule.shadow() && !rule.when().equals("false"))
                          .count());
        });
  }

  @Test
  void one_more_rule_never_turns_a_denial_by_rule_or_error_into_anything_else() {
    rules.seeds(
        SETS,
        set -> {
          if (set.isEmpty()) {
            return;
          }
          PolicyDecision before = decide(set.subList(0, set.size() - 1));
          boolean byDefault = before.rulesTriggered().isEmpty() && before.error().isEmpty();
          if (before.verdict() == Verdict.DENY && !byDefault) {
            assertThat(decide(set).verdict()).isEqualTo(Verdict.DENY);
          }
          if (!byDefault) {
            assertThat(decide(set).verdict()).isGreaterThanOrEqualTo(before.verdict());
          }
        });
  }

  @Test
  void the_order_of_rules_changes_the_reason_at_most() {
    rules.seeds(
        SETS,
        set -> {
          var reversed = new ArrayList<>(set).reversed();
          PolicyDecision one = decide(set);
          PolicyDecision other = decide(reversed);

          assertThat(other.verdict()).isEqualTo(one.verdict());
          assertThat(other.tier()).isEqualTo(one.tier());
          assertThat(other.approval()).isEqualTo(one.approval());
          assertThat(other.error().isPresent()).isEqualTo(one.error().isPresent());
        });
  }
}
