package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.sound;
import static dev.fedcore.policy.Bundles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import java.util.Collections;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong while a rule that would allow is evaluated, the answer is a denial that says
/// which rule, and why.
class FailClosedTest {

  private static final JsonObject EMPTY = JsonObject.EMPTY;

  private static PolicyDecision decide(String condition, String reason, JsonObject input) {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(
        sound(
            text(
                """
                inputs:
                  input.n: int
                  input.text: string
                  input.flag: bool
                  input.names: list(string)
                  input.numbers: list(int)
                  input.deep.er: int
                  input.maybe: {type: int, default: 1}
                rules:
                - id: others
                  decision: allow
                  tier: 0
                  when: true
                  reason: "'others'"
                - id: r
                  decision: allow
                  tier: 2
                  when: >-
                    %s
                  reason: >-
                    %s
                """
                    .formatted(condition, reason))));
    return engine.decide(Questions.withInput(input));
  }

  private static void assertDenied(String condition, JsonObject input, String why) {
    PolicyDecision decision = decide(condition, "'x'", input);

    assertThat(decision.reason()).isEqualTo("rule r could not be evaluated: " + why);
    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.tier()).isEqualTo(4);
    assertThat(decision.error()).contains("policy_error:r");
    assertThat(decision.rulesTriggered()).containsExactly("others");
  }

  private static JsonObject input(String name, JsonValue value) {
    return JsonObject.builder().put(name, value).build();
  }

  @Nested
  class A_missing_input {

    @Test
    void denies() {
      assertDenied("input.n > 5", EMPTY, "input.n is missing");
    }

    @Test
    void denies_when_it_is_null() {
      assertDenied("input.n > 5", input("n", JsonNull.NULL), "input.n is missing");
    }

    @Test
    void denies_inside_an_object_that_is_missing() {
      assertDenied("input.deep.er > 5", EMPTY, "input.deep.er is missing");
      assertDenied("input.deep.er > 5", input("deep", JsonNull.NULL), "input.deep.er is missing");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "input.n > 5 || true",
          "true || input.n > 5 || input.flag",
          "!(input.n > 5 && false)",
          "input.n > 5 || input.maybe == 1",
          "[input.n, 2].exists(x, x == 2)",
          "(input.maybe == 2 ? input.maybe : input.n) == 1 || true"
        })
    void denies_even_where_the_language_would_forget_it(String condition) {
      PolicyDecision decision = decide(condition, "'x'", EMPTY);

      assertThat(decision.verdict())
          .as(decision.reason())
          .isEqualTo(condition.startsWith("true ||") ? Verdict.ALLOW : Verdict.DENY);
    }

    @Test
    void is_not_asked_for_where_a_guard_stands_before_it() {
      assertThat(decide("action.type == 'task' || input.n > 5", "'x'", EMPTY).verdict())
          .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void with_a_default_is_that_default() {
      assertThat(decide("input.maybe == 1", "'x'", EMPTY).verdict()).isEqualTo(Verdict.ALLOW);
    }
  }

  @Nested
  class A_value_of_another_type {

    @Test
    void denies() {
      assertDenied(
          "input.n > 5",
          input("n", new JsonString("6")),
          "input.n must be an integer, is a string");
      assertDenied(
          "input.text == ''",
          input("text", JsonNumber.of(1)),
          "input.text must be a string, is a number");
      assertDenied(
          "input.flag",
          input("flag", new JsonString("true")),
          "input.flag must be a boolean, is a string");
      assertDenied(
          "'a' in input.names",
          input("names", new JsonString("a")),
          "input.names must be an array, is a string");
      assertDenied(
          "'a' in input.names",
          input("names", JsonArray.of(new JsonString("a"), JsonNumber.of(1))),
          "input.names must be a string, is a number");
    }

    @Test
    void denies_although_there_is_a_default() {
      assertDenied(
          "input.maybe == 1",
          input("maybe", new JsonString("1")),
          "input.maybe must be an integer, is a string");
    }

    @Test
    void denies_where_an_object_should_be() {
      assertDenied(
          "input.deep.er > 5",
          input("deep", JsonNumber.of(1)),
          "input.deep.er lies inside a number, not an object");
    }

    @Test
    void denies_when_money_has_a_fraction() {
      assertDenied(
          "input.n > 5",
          input("n", JsonNumber.of(10.5)),
          "input.n must be an integer, has a fraction; count in minor units");
    }

    @Test
    void denies_where_the_compiler_could_not_see_it() {
      assertDenied("dyn(input.maybe) > 'a'", EMPTY, "a value has the wrong type");
    }
  }

  @Nested
  class Arithmetic {

    @Test
    void that_overflows_denies() {
      assertDenied("input.maybe + 9223372036854775807 > 0", EMPTY, "a number overflows");
      assertDenied("-9223372036854775808 - input.maybe < 0", EMPTY, "a number overflows");
      assertDenied("9223372036854775807 * (input.maybe + 1) > 0", EMPTY, "a number overflows");
    }

    @Test
    void that_divides_by_zero_denies() {
      assertDenied("10 / (input.maybe - 1) > 0", EMPTY, "it divides by zero");
      assertDenied("10 % (input.maybe - 1) == 0", EMPTY, "it divides by zero");
    }
  }

  @Nested
  class A_list {

    private static JsonObject numbers(int count) {
      return input(
          "numbers",
          new JsonArray(LongStream.range(0, count).<JsonValue>mapToObj(JsonNumber::of).toList()));
    }

    @Test
    void may_be_gone_through_once() {
      assertThat(decide("input.numbers.exists(n, n == 999)", "'x'", numbers(1_000)).verdict())
          .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void denies_when_loops_inside_each_other_take_too_long() {
      assertDenied(
          "input.numbers.all(a, input.numbers.all(b, a + b >= 0))",
          numbers(1_000),
          "it takes more than 10,000 iterations");
    }

    @Test
    void denies_when_it_is_too_long() {
      assertDenied(
          "input.numbers.all(a, input.numbers.all(b, a + b >= 0))",
          numbers(2_000),
          "input.numbers has more than 1,000 items");
    }

    @Test
    void denies_when_an_index_is_outside_it() {
      assertDenied("input.numbers[5] == 5", numbers(5), "an index is outside its list");
    }
  }

  @Nested
  class A_text {

    @Test
    void does_not_make_a_regular_expression_explode() {
      var hostile = input("text", new JsonString("a".repeat(60_000) + "b"));

      assertThat(decide("input.text.matches('^(a+)+$')", "'x'", hostile).rulesTriggered())
          .containsExactly("others");
    }

    @Test
    void denies_when_it_is_too_long() {
      assertDenied(
          "input.text.matches('a')",
          input("text", new JsonString("a".repeat(65_537))),
          "input.text has more than 65,536 characters");
    }

    @Test
    void denies_when_it_is_no_number() {
      assertDenied(
          "int(input.text) > 5",
          input("text", new JsonString("six")),
          "a value has the wrong form");
    }
  }

  @Nested
  class A_reason {

    @Test
    void that_fails_denies() {
      PolicyDecision decision = decide("true", "string(10 / (input.maybe - 1))", EMPTY);

      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.error()).contains("policy_error:r");
      assertThat(decision.reason())
          .isEqualTo("rule r could not be evaluated: its reason: it divides by zero");
    }

    @Test
    void that_lacks_an_input_denies() {
      assertThat(decide("true", "input.text", EMPTY).reason())
          .isEqualTo("rule r could not be evaluated: its reason: input.text is missing");
    }

    @Test
    void that_is_too_long_is_cut_between_characters() {
      var emoji = input("text", new JsonString("\uD83D\uDE00".repeat(600)));
      String reason = decide("true", "input.text", emoji).reason();

      assertThat(reason).hasSizeLessThanOrEqualTo(1_000).endsWith("\uDE00…");
    }

    @Test
    void of_a_rule_that_does_not_decide_is_never_evaluated() {
      assertThat(decide("input.maybe == 2", "string(10 / (input.maybe - 1))", EMPTY).verdict())
          .isEqualTo(Verdict.ALLOW);
    }
  }

  @Test
  void a_question_without_a_canonical_form_is_denied() {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(
        sound(text("rules:\n- {id: r, decision: allow, tier: 0, when: true, reason: \"'x'\"}\n")));
    var sound = Questions.withInput(EMPTY);
    var broken =
        new PolicyQuestion(
            sound.tenant(),
            "\uD800",
            sound.workflow(),
            sound.execution(),
            sound.step(),
            sound.stepType(),
            sound.attempt(),
            sound.actionType(),
            sound.target(),
            sound.parameters(),
            sound.actionHash(),
            sound.input(),
            sound.inputHash(),
            sound.salt());

    assertThat(engine.decide(broken).error()).contains("policy_error:internal");
    assertThat(engine.decide(sound).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void an_action_that_nobody_knows_is_denied_by_every_built_in_workflow_policy() {
    for (PolicyBundle bundle : BuiltInBundles.all()) {
      for (String workflow : bundle.appliesTo()) {
        var engine = new CelPolicyEngine(() -> 0);
        engine.activateBuiltIn(bundle);
        var asked = Questions.task(workflow, EMPTY);
        var unknown =
            new PolicyQuestion(
                asked.tenant(),
                asked.actor(),
                asked.workflow(),
                asked.execution(),
                asked.step(),
                asked.stepType(),
                asked.attempt(),
                "launch",
                asked.target(),
                asked.parameters(),
                asked.actionHash(),
                asked.input(),
                asked.inputHash(),
                asked.salt());

        assertThat(engine.decide(unknown).verdict()).isEqualTo(Verdict.DENY);
        assertThat(engine.decide(asked).verdict()).isEqualTo(Verdict.ALLOW);
      }
    }
  }

  @Test
  void a_shadow_rule_that_fails_is_reported_and_decides_nothing() {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(
        sound(
            text(
                """
                inputs: {input.n: int}
                rules:
                - {id: s, mode: shadow, decision: deny, tier: 4, when: input.n > 1, reason: "'s'"}
                - {id: t, mode: shadow, decision: deny, tier: 4, when: true, reason: "'t'"}
                - {id: a, decision: allow, tier: 0, when: true, reason: "'a'"}
                """)));
    PolicyDecision decision = engine.decide(Questions.withInput(EMPTY));

    assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(decision.shadowRules()).containsExactly("policy_error:s", "t");
    assertThat(decision.rulesTriggered()).isEqualTo(Collections.singletonList("a"));
  }
}
