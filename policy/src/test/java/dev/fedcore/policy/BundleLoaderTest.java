package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.load;
import static dev.fedcore.policy.Bundles.problems;
import static dev.fedcore.policy.Bundles.sound;
import static dev.fedcore.policy.Bundles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.policy.LoadResult.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLoaderTest {

  private static final String ALLOW_ALL =
      "rules:\n- {id: all, decision: allow, tier: 0, when: true, reason: \"'yes'\"}\n";

  private static String rule(String fields) {
    return text("rules:\n- {id: r, tier: 2, when: true, reason: \"'x'\", " + fields + "}\n");
  }

  private static String when(String condition) {
    return text(
        """
        inputs:
          input.amount: int
          input.list: {type: string, default: inbox}
          input.labels: {type: list(string), default: []}
        rules:
        - id: r
          decision: allow
          tier: 0
          when: >-
            %s
          reason: "'x'"
        """
            .formatted(condition));
  }

  @Nested
  class A_sound_bundle {

    @Test
    void is_named_by_the_hash_of_its_canonical_document() {
      PolicyBundle bundle = sound(text(ALLOW_ALL));

      assertThat(bundle.hash().hex()).isEqualTo(Sha256.hex(bundle.document().canonicalBytes()));
      assertThat(load(new String(bundle.document().canonicalBytes(), StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              Loaded.class, json -> assertThat(json.bundle().hash()).isEqualTo(bundle.hash()));
    }

    @Test
    void keeps_its_hash_when_only_comments_and_order_change() {
      PolicyBundle one = sound(text(ALLOW_ALL));
      PolicyBundle other = sound("# hello\n" + ALLOW_ALL + text(""));

      assertThat(other.hash()).isEqualTo(one.hash());
      assertThat(sound(text(ALLOW_ALL.replace("yes", "no"))).hash()).isNotEqualTo(one.hash());
    }

    @Test
    void denies_with_its_highest_tier_unless_it_says_otherwise() {
      assertThat(sound(text(ALLOW_ALL)).fallback())
          .isEqualTo(new PolicyBundle.Fallback(4, "no rule allows this step"));
      assertThat(
              sound(text("default: {decision: deny, tier: 2, reason: no}\n" + ALLOW_ALL))
                  .fallback())
          .isEqualTo(new PolicyBundle.Fallback(2, "no"));
    }

    @Test
    void says_who_must_approve_what() {
      var tiers =
          text(ALLOW_ALL)
              .replace(
                  "expires_in: PT4H",
                  "roles: [admin, Approver], approvers: [ann, ben], expires_in: P2D");

      assertThat(sound(tiers).tiers().get(2))
          .isEqualTo(
              new Tier(
                  2,
                  "material",
                  Optional.of(
                      new ApprovalRequirement(
                          1,
                          Set.of(Role.ADMIN, Role.APPROVER),
                          Set.of("ann", "ben"),
                          Duration.ofDays(2),
                          false,
                          SelfApproval.REFUSED))));
    }

    @Test
    void is_warned_of_what_is_doubtful() {
      var doubtful =
          text(
              """
              inputs:
                input.unused: int
                action.parameters.title: string
              rules:
              - {id: a, decision: allow, tier: 0, when: action.parameters.title == '', \
              reason: "'x'"}
              """);

      assertThat(load(doubtful))
          .isInstanceOfSatisfying(
              Loaded.class,
              loaded ->
                  assertThat(loaded.warnings())
                      .extracting(Problem::toString)
                      .containsExactly(
                          "/inputs/input.unused: no rule reads it",
                          "/inputs/action.parameters.title: has no default, so whatever reads it"
                              + " denies every step without it",
                          "/tests: the bundle has no tests"));
    }

    @Test
    void is_warned_of_rules_that_no_test_matches_and_of_milder_tiers() {
      var untested =
          text(ALLOW_ALL
                  + "- {id: never, decision: deny, tier: 4, when: false, reason: \"'x'\"}\n"
                  + "tests:\n- {name: all, expect: {decision: allow}}\n")
              .replace("{quorum: 1, expires_in: PT8H, self", "{quorum: 3, expires_in: PT8H, self");

      assertThat(load(untested))
          .isInstanceOfSatisfying(
              Loaded.class,
              loaded ->
                  assertThat(loaded.warnings())
                      .extracting(Problem::toString)
                      .containsExactly(
                          "/tiers/2: asks for less than tier 1",
                          "/rules/1: no test matches rule never"));
    }
  }

  @Nested
  class A_rule {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            input.amuont > 5                    | undeclared reference to 'input'
            input.amount > '5'                  | no matching overload for '_>_'
            input.amount                        | expected type 'bool' but found 'int'
            input.list.matches('(')             | Regex validation failed
            input.list.matches(input.list)      | a regular expression must be a literal
            input.amount > 5 &&                 | mismatched input '<EOF>'
            input.amount > 1.5 ? true : 'a'     | no matching overload for '_?_:_'
            [1, 'a'] == [1]                     | expected type 'int' but found 'string'
            now() > 5                           | undeclared reference to 'now'
            has(input.amount)                   | line 1, \
            column 4: has() is not for inputs; give the input a default
            """)
    void does_not_load_when_its_condition_does_not_compile(String condition, String message) {
      assertThat(problems(when(condition)))
          .first()
          .asString()
          .startsWith("/rules/0/when: ")
          .contains(message);
    }

    @Test
    void says_where_in_the_condition_the_fault_is() {
      assertThat(problems(when("input.amount > 5 && input.list > 3")))
          .containsExactly(
              "/rules/0/when: line 1, column 32: found no matching overload for '_>_' applied to"
                  + " '(string, int)'");
    }

    @Test
    void is_bounded_in_length_and_depth() {
      assertThat(problems(when("true || ".repeat(600) + "true")))
          .singleElement()
          .asString()
          .contains("exceeds");
      assertThat(problems(when("(".repeat(100) + "true" + ")".repeat(100)))).isNotEmpty();
      assertThat(
              problems(
                  when(
                      "!(input.amount + ".repeat(1)
                          + "1 + (1".repeat(40)
                          + ")".repeat(40)
                          + " > 0)")))
          .isNotEmpty();
    }

    @Test
    void has_a_reason_that_is_a_text() {
      assertThat(
              problems(
                  text("rules:\n- {id: r, decision: deny, tier: 4, when: true, reason: 5 > 3}\n")))
          .singleElement()
          .asString()
          .contains("/rules/0/reason", "expected type 'string' but found 'bool'");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            decision: permit                            | /rules/0/decision: must be one of \
            ALLOW, FLAG, DENY; is "permit"
            decision: allow, tier: 2                    | stands twice
            decision: deny, mode: audit                 | /rules/0/mode: must be one of ENFORCE, \
            SHADOW; is "audit"
            decision: deny, obligations: []             | /rules/0/obligations: unknown field
            decision: deny, require: {quorum: 2}        | /rules/0/require: only a flag asks people
            decision: flag, require: {quorum: 0}        | /rules/0/require/quorum: must be from \
            1 to 16, is 0
            decision: flag, require: {quorum: 17}       | /rules/0/require/quorum: must be from \
            1 to 16, is 17
            decision: flag, require: {expires_in: PT5H} | /rules/0/require/expires_in: a rule \
            may only tighten; tier 2 asks for at most PT4H
            decision: flag, require: {expires_in: soon} | /rules/0/require/expires_in: must be \
            an ISO 8601 duration
            decision: flag, require: {roles: [admin]}   | /rules/0/require/roles: unknown field
            decision: flag, require: {self_approval: override} | /rules/0/require/self_approval: \
            a rule may only tighten
            """)
    void is_refused_with_the_place_and_the_remedy(String fields, String message) {
      assertThat(problems(rule(fields))).singleElement().asString().contains(message);
    }

    @Test
    void may_not_ask_for_less_than_its_tier() {
      assertThat(
              problems(
                  text(
                      """
                      rules:
                      - {id: r, decision: flag, tier: 3, when: true, reason: "'x'", \
                      require: {quorum: 1}}
                      - {id: s, decision: flag, tier: 3, when: true, reason: "'x'", \
                      require: {comment: optional}}
                      """)))
          .containsExactly(
              "/rules/0/require/quorum: a rule may only tighten; tier 3 asks for a quorum of 2",
              "/rules/1/require/comment: a rule may only tighten; tier 3 asks for a comment");
    }

    @Test
    void may_not_ask_for_more_people_than_may_vote() {
      assertThat(
              problems(
                  rule("decision: flag, require: {quorum: 3}")
                      .replace("expires_in: PT4H", "approvers: [ann, ben], expires_in: PT4H")))
          .containsExactly("/rules/0/require/quorum: is more than the approvers of tier 2");
    }

    @Test
    void flags_only_with_a_tier_that_says_who_approves() {
      assertThat(problems(text(ALLOW_ALL.replace("allow", "flag"))))
          .containsExactly("/rules/0: flags with tier 0, which declares no approval");
    }

    @Test
    void names_a_declared_tier() {
      assertThat(problems(text(ALLOW_ALL.replace("tier: 0", "tier: 7"))))
          .containsExactly("/rules/0/tier: tier 7 is not declared; declared are [0, 1, 2, 3, 4]");
    }
  }

  @Nested
  class A_bundle {

    @Test
    void is_refused_for_all_its_faults_at_once() {
      assertThat(
              problems(
                  """
                  apiVersion: fedcore.policy/v2
                  kind: Bundle
                  metadata: {policy_id: a b, version: 1.0.0}
                  tiers: {0: {name: free}, 2: {name: x, approval: {quorum: 1, roles: [boss], \
                  expires_in: PT1H}}}
                  inputs: {input.rate: double, step.tool: string}
                  rules:
                  - {id: r, decision: allow, tier: 0, when: input.rate > 1, reason: "'x'"}
                  - {id: r, decision: allow, tier: 9, when: true, reason: "'x'", note: 1}
                  extra: 1
                  """))
          .containsExactly(
              "/apiVersion: must be \"fedcore.policy/v1\"",
              "/kind: must be \"PolicyBundle\"",
              "/metadata/policy_id: has 1 to 64 letters, digits, '_', '.' or '-'",
              "/tiers/2/approval/roles: there is no role \"boss\"; there are viewer, operator,"
                  + " approver, executor, auditor, admin",
              "/inputs/input.rate: there is no double; count money in minor units, as an int",
              "/inputs/step.tool: an input is named input.… or action.parameters.…",
              "/rules/0/when: line 1, column 1: undeclared reference to 'input' (in container '')",
              "/rules/1/id: there is another rule or invariant \"r\"",
              "/rules/1/tier: tier 9 is not declared; declared are [0]",
              "/rules/1/note: unknown field; known here: id, decision, tier, mode, when, reason,"
                  + " require, description",
              "/extra: unknown field; known here: apiVersion, kind, metadata, applies_to, tiers,"
                  + " default, inputs, rules, invariants, tests, signatures");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            default: {decision: allow, tier: 0}         | /default/decision: must be deny; to \
            allow the rest, add a rule that says so
            default: {decision: deny, tier: 8}          | /default/tier: tier 8 is not declared
            applies_to: []                              | /applies_to: names no workflow; leave \
            it out for a default bundle
            applies_to: [a, a]                          | /applies_to: names a workflow twice
            inputs: {input.a: money}                    | /inputs/input.a: there is no type \
            "money"; there are string, int, bool, list(string), list(int)
            inputs: {input.a: {type: int, \
            default: x}}  | /inputs/input.a/default: must be an integer, is a string
            inputs: {input.a: {type: int, \
            default: 1.5}} | /inputs/input.a/default: must be an integer, \
            has a fraction; count in minor units
            inputs: {input.a-b: int}                    | /inputs/input.a-b: a path has 1 to 10 \
            names
            inputs: {input.a: int, input.a.b: int}      | /inputs/input.a.b: lies inside \
            input.a, which is declared as a plain value
            tests: [{name: x, expect: {decision: allow}, clock: 5}] | /tests/0/clock: unknown field
            tests: [{name: x, step: {type: RUN}, \
            expect: {decision: allow}}] | /tests/0/step/type: must be one of
            tests: [{name: x, step: {id: a b}, \
            expect: {decision: allow}}] | /tests/0/step/id: a step id has 1 to 64
            tests: [{name: x}]                          | /tests/0/expect/decision: must be \
            one of ALLOW, FLAG, DENY, is missing
            """)
    void is_refused_with_the_place_and_the_remedy(String section, String message) {
      assertThat(problems(text(section + "\n" + ALLOW_ALL)))
          .singleElement()
          .asString()
          .startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "text", "5", "null", "{}", "a: [", ""})
    void is_refused_when_it_is_something_else(String text) {
      assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void is_refused_with_line_and_column_when_it_is_no_yaml() {
      assertThat(problems(text("rules:\n- {id: a, id: b}\n")))
          .singleElement()
          .asString()
          .startsWith("/rules/0/id: line 11, column 11: the key \"id\" stands twice");
    }
  }

  @Nested
  class Its_own_tests {

    @Test
    void reject_the_bundle_that_fails_them_and_say_what_came_out() {
      assertThat(
              problems(
                  text(
                      ALLOW_ALL
                          + """
                          - {id: pay, decision: deny, tier: 4, when: action.type == 'pay', \
                          reason: "'no'"}
                          tests:
                          - {name: all is well, expect: {decision: allow, tier: 0, rules: [all]}}
                          - {name: paying is free, action: {type: pay}, \
                          expect: {decision: allow, tier: 1, rules: [all]}}
                          - {name: shadows, expect: {decision: allow, shadow: [x], \
                          reason: other, error: some}}
                          """)))
          .containsExactly(
              "/tests/1: test \"paying is free\" fails: decision should be allow, is deny, tier"
                  + " should be 1, is 4, rules should be [all], is [all, pay]; it was decided"
                  + " because no",
              "/tests/2: test \"shadows\" fails: shadow should be [x], is [], reason should be"
                  + " other, is yes, error should be some, is none; it was decided because yes");
    }

    @Test
    void do_not_take_an_error_for_the_denial_they_expect() {
      assertThat(
              problems(
                  text(
                      """
                      inputs: {input.n: int}
                      rules:
                      - {id: r, decision: deny, tier: 4, when: input.n > 5, reason: "'x'"}
                      tests:
                      - {name: six, expect: {decision: deny}}
                      """)))
          .containsExactly(
              "/tests/0: test \"six\" fails: error should be none, is policy_error:r; it was"
                  + " decided because rule r could not be evaluated: input.n is missing");
    }

    @Test
    void have_names_of_their_own() {
      assertThat(
              problems(
                  text(
                      ALLOW_ALL
                          + "tests:\n- {name: a, expect: {decision: allow}}\n"
                          + "- {name: a, expect: {decision: allow}}\n")))
          .isEqualTo(List.of("/tests/1/name: there is another test of this name"));
    }
  }
}
