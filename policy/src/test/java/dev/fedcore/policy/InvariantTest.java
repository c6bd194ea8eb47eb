package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.load;
import static dev.fedcore.policy.Bundles.problems;
import static dev.fedcore.policy.Bundles.sound;
import static dev.fedcore.policy.Bundles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.LoadResult.Loaded;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvariantTest {

  /// Allows small amounts at tier 1, flags larger ones at tier 2, denies what is negative.
  private static final String RULES =
      """
      inputs: {input.amount: {type: int, default: 0}, input.n: int}
      rules:
      - {id: small, decision: allow, tier: 1, when: input.amount >= 0, reason: "'small'"}
      - {id: large, decision: flag, tier: 2, when: input.amount > 100, reason: "'large'"}
      - {id: negative, decision: deny, tier: 3, when: input.amount < 0, reason: "'negative'"}
      """;

  private static String withInvariants(String... assertions) {
    return text(
        RULES
            + "invariants:\n"
            + IntStream.range(0, assertions.length)
                .mapToObj(i -> "- {id: i%d, assert: \"%s\"}\n".formatted(i, assertions[i]))
                .collect(Collectors.joining()));
  }

  private static PolicyDecision decide(long amount, String... assertions) {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(sound(withInvariants(assertions)));
    return engine.decide(Questions.withInput("amount", JsonNumber.of(amount)));
  }

  @Nested
  class That_holds {

    @ParameterizedTest
    @CsvSource({"5, ALLOW, 1, small", "500, FLAG, 2, large", "-1, DENY, 3, negative"})
    void leaves_the_answer_as_it_is(long amount, Verdict verdict, int tier, String reason) {
      PolicyDecision decision =
          decide(
              amount,
              "input.amount <= 100 || decision != 'allow'",
              "decision in ['allow', 'flag', 'deny'] && tier >= 1 && tier <= 3",
              "step.type == 'ACT' && action.type == 'task' && actor.id == 'ann'");

      assertThat(decision.error()).isEmpty();
      assertThat(decision.verdict()).isEqualTo(verdict);
      assertThat(decision.tier()).isEqualTo(tier);
      assertThat(decision.reason()).isEqualTo(reason);
      assertThat(decision.approval().isPresent()).isEqualTo(verdict == Verdict.FLAG);
    }
  }

  @Nested
  class That_is_broken {

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        textBlock =
            """
            5   ~ decision != 'allow'                ~ small
            5   ~ tier > 1                           ~ small
            500 ~ decision == 'deny' || tier == 3    ~ small large
            500 ~ decision != 'flag'                 ~ small large
            -1  ~ decision != 'deny'                 ~ negative
            5   ~ false                              ~ small
            5   ~ input.amount != 5                  ~ small
            """)
    void denies_with_the_highest_tier_and_says_which(
        long amount, String assertion, String triggered) {
      PolicyDecision decision = decide(amount, assertion);

      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.tier()).isEqualTo(4);
      assertThat(decision.error()).contains("policy_error:i0");
      assertThat(decision.reason()).isEqualTo("invariant i0 does not hold for this answer");
      assertThat(decision.approval()).isEmpty();
      assertThat(decision.rulesTriggered()).containsExactly(triggered.split(" "));
    }

    @Test
    void is_the_first_of_those_in_the_bundles_order() {
      assertThat(decide(5, "tier >= 0", "tier > 1", "tier > 2").error())
          .contains("policy_error:i1");
    }

    @Test
    void denies_with_an_error_where_nothing_matched() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(
          sound(
              text(
                  """
                  default: {decision: deny, tier: 2, reason: no}
                  rules:
                  - {id: r, decision: allow, tier: 0, when: false, reason: "'x'"}
                  invariants:
                  - {id: i, assert: decision != 'deny' || tier == 4}
                  """)));
      PolicyDecision decision = engine.decide(Questions.withInput(JsonObject.EMPTY));

      assertThat(decision.error()).contains("policy_error:i");
      assertThat(decision.rulesTriggered()).isEmpty();
    }
  }

  @Nested
  class That_cannot_be_evaluated {

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        textBlock =
            """
            input.n > 5                              ~ input.n is missing
            input.n > 5 || true                      ~ input.n is missing
            tier + 9223372036854775807 > 0           ~ a number overflows
            10 / (tier - 1) > 0                      ~ it divides by zero
            [1, 2][tier + 1] > 0                     ~ an index is outside its list
            """)
    void denies_and_says_why(String assertion, String why) {
      PolicyDecision decision = decide(5, assertion);

      assertThat(decision.reason()).isEqualTo("invariant i0 could not be evaluated: " + why);
      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.tier()).isEqualTo(4);
      assertThat(decision.error()).contains("policy_error:i0");
      assertThat(decision.rulesTriggered()).containsExactly("small");
    }

    @Test
    void counts_when_the_time_is_up() {
      var readings = new AtomicLong();
      long untilInvariants = 4; // one at the start, one before each of the three rules
      var engine =
          new CelPolicyEngine(() -> readings.getAndIncrement() < untilInvariants ? 0 : 251_000_000);
      engine.activateBuiltIn(sound(withInvariants("tier >= 0")));

      assertThat(engine.decide(Questions.withInput(JsonObject.EMPTY)).reason())
          .isEqualTo("invariant i0 could not be evaluated: the decision took more than 250 ms");
    }
  }

  @Test
  void a_denial_by_error_is_not_checked_again() {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(
        sound(
            text(
                """
                inputs: {input.n: int}
                rules:
                - {id: r, decision: allow, tier: 0, when: input.n > 1, reason: "'x'"}
                invariants:
                - {id: never-deny, assert: decision != 'deny'}
                """)));

    assertThat(engine.decide(Questions.withInput(JsonObject.EMPTY)).error())
        .contains("policy_error:r");
  }

  @Test
  void a_shadow_rule_cannot_take_the_time_of_an_invariant() {
    var readings = new AtomicLong();
    var engine = new CelPolicyEngine(() -> readings.getAndIncrement() < 3 ? 0 : 251_000_000);
    engine.activateBuiltIn(
        sound(
            text(
                """
                rules:
                - {id: s, mode: shadow, decision: deny, tier: 4, when: true, reason: "'s'"}
                - {id: a, decision: allow, tier: 0, when: true, reason: "'a'"}
                invariants:
                - {id: i, assert: tier == 0}
                """)));
    PolicyDecision decision = engine.decide(Questions.withInput(JsonObject.EMPTY));

    assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(decision.shadowRules()).containsExactly("policy_error:s");
  }

  @Nested
  class At_load {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {id: i, assert: verdict == 'deny'}       | /invariants/0/assert: line 1, column 1: \
            undeclared reference to 'verdict'
            {id: i, assert: tier == 'high'}          | /invariants/0/assert: line 1, column 6: \
            found no matching overload for '_==_'
            {id: i, assert: tier + 1}                | /invariants/0/assert: line 1, column 6: \
            expected type 'bool' but found 'int'
            {id: i}                                  | /invariants/0/assert: must be a string, \
            is missing
            {assert: tier > 0}                       | /invariants/0/id: must be a string, is \
            missing
            {id: a b, assert: tier > 0}              | /invariants/0/id: an id has 1 to 64 letters
            {id: large, assert: tier > 0}            | /invariants/0/id: there is another rule or \
            invariant "large"
            {id: i, assert: tier > 0, when: true}    | /invariants/0/when: unknown field; known \
            here: id, assert, description
            {id: i, assert: tier > 0, description: 1} | /invariants/0/description: must be a string
            text                                     | /invariants/0: must be an object
            """)
    void is_refused_with_the_place_and_the_remedy(String invariant, String message) {
      assertThat(problems(text(RULES + "invariants:\n- " + invariant + "\n")))
          .singleElement()
          .asString()
          .startsWith(message);
    }

    @Test
    void is_unknown_to_rules() {
      assertThat(problems(text(RULES.replace("input.amount > 100", "decision == 'allow'"))))
          .singleElement()
          .asString()
          .contains("/rules/1/when", "undeclared reference to 'decision'");
    }

    @Test
    void is_one_of_fifty_at_most() {
      String[] fifty =
          IntStream.range(0, RuleReader.INVARIANTS_MAX)
              .mapToObj(_ -> "tier < 9")
              .toArray(String[]::new);
      assertThat(sound(withInvariants(fifty)).invariants()).hasSize(50);
      assertThat(problems(withInvariants(fifty) + "- {id: one-more, assert: tier < 9}\n"))
          .containsExactly("/invariants: a bundle has at most 50 invariants");
    }

    @Test
    void is_rejected_with_the_bundle_whose_own_test_breaks_it() {
      assertThat(
              problems(
                  withInvariants("decision != 'allow' || tier == 0")
                      + "tests:\n- {name: small, expect: {decision: allow, tier: 1}}\n"))
          .containsExactly(
              "/tests/0: test \"small\" fails: decision should be allow, is deny, tier should be"
                  + " 1, is 4, error should be none, is policy_error:i0; it was decided because"
                  + " invariant i0 does not hold for this answer");
    }

    @Test
    void may_be_expected_to_deny() {
      assertThat(
              sound(
                      withInvariants("decision != 'allow' || tier == 0")
                          + "tests:\n- {name: small, expect: {decision: deny, error:"
                          + " 'policy_error:i0'}}\n")
                  .invariants())
          .singleElement()
          .extracting(Invariant::id)
          .isEqualTo("i0");
    }

    @Test
    void is_doubted_when_it_says_nothing_of_the_answer() {
      assertThat(load(withInvariants("input.n > 0", "tier < 9")))
          .isInstanceOfSatisfying(
              Loaded.class,
              loaded ->
                  assertThat(loaded.warnings())
                      .extracting(Problem::toString)
                      .containsExactly(
                          "/invariants/0/assert: mentions neither decision nor tier, so it"
                              + " restricts nothing that the bundle decides",
                          "/tests: the bundle has no tests"));
    }
  }
}
