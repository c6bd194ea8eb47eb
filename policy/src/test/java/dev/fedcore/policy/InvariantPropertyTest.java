package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.testing.ForAll;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever rules and invariants a bundle has: no answer that breaks an invariant leaves.
///
/// Each invariant is drawn as a text and as a function, so that the test does not ask the code that
/// it tests.
class InvariantPropertyTest {

  private static final int SETS = 120;

  private final ForAll<Drawn> drawn = ForAll.listsOf(InvariantPropertyTest::any, 8);

  private sealed interface Drawn {

    record Rule(Verdict decision, int tier, boolean matches) implements Drawn {}

    record Promise(String text, Predicate<PolicyDecision> holds) implements Drawn {}
  }

  private static Drawn any(RandomGenerator random) {
    return random.nextInt(3) == 0
        ? promise(random, 2)
        : new Drawn.Rule(
            ForAll.oneOf(random, Verdict.values()), 1 + random.nextInt(3), random.nextBoolean());
  }

  private static Drawn.Promise promise(RandomGenerator random, int depth) {
    int kind = random.nextInt(depth == 0 ? 2 : 5);
    int tier = random.nextInt(6);
    String word = ForAll.oneOf(random, "allow", "flag", "deny");
    return switch (kind) {
      case 0 ->
          new Drawn.Promise("decision != '" + word + "'", answer -> !word(answer).equals(word));
      case 1 -> new Drawn.Promise("tier < " + tier, answer -> answer.tier() < tier);
      case 2 -> {
        var inner = promise(random, depth - 1);
        yield new Drawn.Promise("!(" + inner.text() + ")", inner.holds().negate());
      }
      default -> {
        var left = promise(random, depth - 1);
        var right = promise(random, depth - 1);
        yield new Drawn.Promise(
            "(" + left.text() + ") || (" + right.text() + ")", left.holds().or(right.holds()));
      }
    };
  }

  private static String word(PolicyDecision answer) {
    return answer.verdict().name().toLowerCase(Locale.ROOT);
  }

  private static PolicyDecision decide(List<Drawn> set, boolean guarded) {
    var rules = new StringBuilder("rules:\n");
    rules.append("- {id: none, decision: allow, tier: 0, when: false, reason: \"'none'\"}\n");
    var invariants = new StringBuilder("invariants:\n");
    invariants.append("- {id: always, assert: tier >= 0}\n");
    for (int i = 0; i < set.size(); i++) {
      switch (set.get(i)) {
        case Drawn.Rule(Verdict decision, int tier, boolean matches) ->
            rules.append(
                "- {id: d%d, decision: %s, tier: %d, when: %s, reason: \"'x'\"}\n"
                    .formatted(i, decision.name().toLowerCase(Locale.ROOT), tier, matches));
        case Drawn.Promise promise ->
            invariants.append("- {id: d%d, assert: \"%s\"}\n".formatted(i, promise.text()));
      }
    }
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(
        Bundles.sound(Bundles.text(rules.toString() + (guarded ? invariants : ""))));
    return engine.decide(Questions.task("w", JsonObject.EMPTY));
  }

  @Test
  void no_answer_that_breaks_an_invariant_leaves() {
    drawn.seeds(
        SETS,
        set -> {
          PolicyDecision plain = decide(set, false);
          PolicyDecision guarded = decide(set, true);
          boolean broken =
              set.stream()
                  .anyMatch(each ->
                      each instanceof Drawn.Promise promise && !promise.holds().test(plain));

          assertThat(guarded.rulesTriggered()).isEqualTo(plain.rulesTriggered());
          if (broken) {
            assertThat(guarded.verdict()).isEqualTo(Verdict.DENY);
            assertThat(guarded.tier()).isEqualTo(4);
            assertThat(guarded.error().orElseThrow()).startsWith("policy_error:d");
          } else {
            assertThat(guarded.verdict()).isEqualTo(plain.verdict());
            assertThat(guarded.tier()).isEqualTo(plain.tier());
            assertThat(guarded.reason()).isEqualTo(plain.reason());
            assertThat(guarded.error()).isEmpty();
          }
        });
  }
}
