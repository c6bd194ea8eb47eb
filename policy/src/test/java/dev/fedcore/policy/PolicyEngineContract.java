package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every policy engine must do. Each implementation has a test class that extends this one and
/// overrides nothing but the two factories.
///
/// The rules that [#purchasing] makes it follow, for every workflow, reading two inputs of the run,
/// the text `list` (`inbox` when missing) and the integer `amount` (missing is an error):
///
/// | id | decision | tier | when | reason |
/// | --- | --- | --- | --- | --- |
/// | no-payroll | deny | 4 | list is `payroll` | `payroll is closed` |
/// | big | flag | 3: two approvers, one hour, with a comment | amount > 1000 | `1001 is big` |
/// | medium | flag | 2: one approver, four hours | amount > 100 | `1001 is medium` |
/// | small | allow | 1 | amount >= 0 | `small` |
/// | divides | allow | 0 | list is `divide` and 10 / amount > 1 | `divides` |
///
/// What none of them matches is denied with tier 4, since `no rule allows this step`.
public abstract class PolicyEngineContract {

  private static final int THREADS = 8;
  private static final int QUESTIONS_EACH = 500;

  /// An engine that follows the rules above.
  protected abstract PolicyEngine purchasing();

  /// An engine to which nobody has given any rules.
  protected abstract PolicyEngine withoutRules();

  private static PolicyQuestion asks(String list, long amount) {
    return Questions.withInput(
        JsonObject.builder().put("list", list).put("amount", amount).build());
  }

  @Test
  void what_a_rule_allows_is_allowed() {
    PolicyDecision decision = purchasing().decide(asks("inbox", 100));

    assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(decision.tier()).isEqualTo(1);
    assertThat(decision.reason()).isEqualTo("small");
    assertThat(decision.rulesTriggered()).containsExactly("small");
    assertThat(decision.approval()).isEmpty();
    assertThat(decision.error()).isEmpty();
  }

  @Test
  void a_flag_beats_an_allowance_and_says_who_must_approve() {
    PolicyDecision decision = purchasing().decide(asks("inbox", 101));

    assertThat(decision.verdict()).isEqualTo(Verdict.FLAG);
    assertThat(decision.rulesTriggered()).containsExactly("medium", "small");
    assertThat(decision.approval())
        .contains(
            new ApprovalRequirement(
                1,
                Set.of(Role.APPROVER),
                Set.of(),
                Duration.ofHours(4),
                false,
                SelfApproval.REFUSED));
  }

  @Test
  void of_two_flags_the_higher_tier_wins() {
    PolicyDecision decision = purchasing().decide(asks("inbox", 1001));

    assertThat(decision.tier()).isEqualTo(3);
    assertThat(decision.reason()).isEqualTo("1001 is big");
    assertThat(decision.rulesTriggered()).containsExactly("big", "medium", "small");
    assertThat(decision.approval().orElseThrow().quorum()).isEqualTo(2);
    assertThat(decision.approval().orElseThrow().commentRequired()).isTrue();
  }

  @Test
  void a_denial_beats_everything_and_hides_no_rule() {
    PolicyDecision decision = purchasing().decide(asks("payroll", 1001));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.tier()).isEqualTo(4);
    assertThat(decision.reason()).isEqualTo("payroll is closed");
    assertThat(decision.rulesTriggered()).containsExactly("no-payroll", "big", "medium", "small");
    assertThat(decision.error()).isEmpty();
  }

  @Test
  void what_no_rule_matches_is_denied() {
    PolicyDecision decision = purchasing().decide(asks("inbox", -1));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.tier()).isEqualTo(4);
    assertThat(decision.reason()).isEqualTo("no rule allows this step");
    assertThat(decision.rulesTriggered()).isEmpty();
    assertThat(decision.error()).isEmpty();
  }

  @Test
  void a_missing_value_denies() {
    PolicyDecision decision = purchasing().decide(Questions.withInput(JsonObject.EMPTY));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.error()).contains("policy_error:big");
  }

  @Test
  void a_value_of_another_type_denies() {
    PolicyDecision decision =
        purchasing().decide(Questions.withInput("amount", new JsonString("50")));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.error()).contains("policy_error:big");
  }

  @Test
  void an_error_denies_even_where_other_rules_allow() {
    PolicyDecision decision = purchasing().decide(asks("divide", 0));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.tier()).isEqualTo(4);
    assertThat(decision.error()).contains("policy_error:divides");
    assertThat(decision.rulesTriggered()).containsExactly("small");
  }

  @Test
  void without_rules_everything_is_denied() {
    PolicyDecision decision = withoutRules().decide(asks("inbox", 1));

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.error()).isPresent();
    assertThat(decision.reason()).isEqualTo("no policy bundle is active for workflow any_workflow");
  }

  @Test
  void a_decision_names_its_bundle_and_its_question() {
    PolicyQuestion question = asks("inbox", 5);
    PolicyDecision decision = purchasing().decide(question);

    assertThat(decision.policyId()).isEqualTo("purchasing");
    assertThat(decision.policyVersion()).isEqualTo("1.0.0");
    assertThat(decision.bundleHash().hex()).isNotEqualTo("0".repeat(64));
    assertThat(decision.inputDigest()).isEqualTo(question.digest());
  }

  @Test
  void the_same_question_gets_the_same_answer() {
    PolicyEngine engine = purchasing();
    PolicyEngine another = purchasing();

    for (long amount : List.of(-1L, 0L, 100L, 101L, 1001L)) {
      PolicyDecision first = engine.decide(asks("inbox", amount));
      assertThat(engine.decide(asks("inbox", amount))).isEqualTo(first);
      assertThat(another.decide(asks("inbox", amount))).isEqualTo(first);
    }
  }

  @Test
  void many_may_ask_at_once() throws Exception {
    PolicyEngine engine = purchasing();
    List<PolicyQuestion> questions = new ArrayList<>();
    for (long amount = -1; amount <= 1_200; amount += 50) {
      questions.add(asks(amount % 4 == 1 ? "payroll" : "inbox", amount));
    }
    List<PolicyDecision> alone = questions.stream().map(engine::decide).toList();

    Callable<List<PolicyDecision>> asking =
        () -> {
          List<PolicyDecision> last = List.of();
          for (int i = 0; i < QUESTIONS_EACH; i++) {
            last = questions.stream().map(engine::decide).toList();
          }
          return last;
        };
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var answers : threads.invokeAll(Collections.nCopies(THREADS, asking))) {
        assertThat(answers.get()).isEqualTo(alone);
      }
    }
  }
}
