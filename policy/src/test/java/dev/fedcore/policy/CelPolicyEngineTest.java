package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.sound;
import static dev.fedcore.policy.Bundles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.CelPolicyEngine.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CelPolicyEngineTest extends PolicyEngineContract {

  private static final String PURCHASING =
      text(
          "purchasing",
          """
          inputs: {input.amount: int, input.list: {type: string, default: inbox}}
          rules:
          - {id: no-payroll, decision: deny, tier: 4, when: input.list == 'payroll', \
          reason: "'payroll is closed'"}
          - {id: big, decision: flag, tier: 3, when: input.amount > 1000, \
          reason: "string(input.amount) + ' is big'"}
          - {id: medium, decision: flag, tier: 2, when: input.amount > 100, \
          reason: "string(input.amount) + ' is medium'"}
          - {id: small, decision: allow, tier: 1, when: input.amount >= 0, reason: "'small'"}
          - {id: divides, decision: allow, tier: 0, \
          when: input.list == 'divide' && 10 / input.amount > 1, reason: "'divides'"}
          """);

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");

  @Override
  protected PolicyEngine purchasing() {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(sound(PURCHASING));
    return engine;
  }

  @Override
  protected PolicyEngine withoutRules() {
    return new CelPolicyEngine(() -> 0);
  }

  /// A bundle that allows everything and says who it is.
  private static PolicyBundle saying(String id, String reason, String... workflows) {
    String appliesTo =
        workflows.length == 0 ? "" : "applies_to: [" + String.join(", ", workflows) + "]\n";
    return sound(
        text(
            id,
            appliesTo
                + "rules:\n- {id: r, decision: allow, tier: 0, when: true, reason: \"'"
                + reason
                + "'\"}\n"));
  }

  private static String reason(CelPolicyEngine engine, TenantId tenant, String workflow) {
    return engine.decide(Questions.of(tenant, workflow)).reason();
  }

  @Nested
  class The_bundle_that_decides {

    @Test
    void names_the_workflow_or_else_is_the_default() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "spine", "w1", "w2"));
      engine.activateBuiltIn(saying("rest", "rest"));

      assertThat(reason(engine, ACME, "w1")).isEqualTo("spine");
      assertThat(reason(engine, ACME, "w2")).isEqualTo("spine");
      assertThat(reason(engine, ACME, "w3")).isEqualTo("rest");
    }

    @Test
    void is_nobody_when_none_names_the_workflow_and_there_is_no_default() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "spine", "w1"));
      PolicyDecision decision = engine.decide(Questions.of(ACME, "w3"));

      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.reason()).isEqualTo("no policy bundle is active for workflow w3");
      assertThat(decision.error()).contains("policy_error:no_policy");
      assertThat(decision.policyId()).isEqualTo(CelPolicyEngine.NO_POLICY);
    }

    @Test
    void is_the_operators_rather_than_the_built_in_one() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "built in", "w1"));
      engine.activateFromDirectory(saying("mine", "mine", "w1"));

      assertThat(reason(engine, ACME, "w1")).isEqualTo("mine");
    }

    @Test
    void is_the_tenants_own_for_that_tenant_alone() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "built in", "w1"));
      engine.activate(ACME, saying("spine", "acme", "w1"));

      assertThat(reason(engine, ACME, "w1")).isEqualTo("acme");
      assertThat(reason(engine, OTHER, "w1")).isEqualTo("built in");
    }

    @Test
    void stays_the_one_that_names_the_workflow_when_a_tenant_brings_a_default() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "spine", "w1"));
      engine.activateBuiltIn(saying("default", "built in"));
      engine.activate(ACME, saying("house-rules", "acme"));

      assertThat(reason(engine, ACME, "w1")).isEqualTo("spine");
      assertThat(reason(engine, ACME, "w2")).isEqualTo("acme");
    }

    @Test
    void is_hidden_by_a_later_version_that_names_other_workflows() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("spine", "old", "w1"));
      engine.activateFromDirectory(saying("spine", "new", "w2"));

      assertThat(reason(engine, ACME, "w2")).isEqualTo("new");
      assertThat(engine.decide(Questions.of(ACME, "w1")).verdict()).isEqualTo(Verdict.DENY);
    }
  }

  @Nested
  class An_activation {

    @Test
    void says_what_it_replaced() {
      var engine = new CelPolicyEngine(() -> 0);
      PolicyBundle old = saying("spine", "old", "w1");
      PolicyBundle young = saying("spine", "young", "w1");

      assertThat(engine.activateBuiltIn(old))
          .isEqualTo(new Activation.Activated(old, Optional.empty()));
      assertThat(engine.activate(ACME, young))
          .isEqualTo(new Activation.Activated(young, Optional.of(old)));
      assertThat(engine.active(ACME)).containsExactly(new ActiveBundle(young, Source.API));
      assertThat(engine.active(OTHER)).containsExactly(new ActiveBundle(old, Source.BUILT_IN));
    }

    @Test
    void is_refused_when_another_policy_decides_about_the_same_workflow() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activate(ACME, saying("one", "one", "w1", "w2"));
      Activation activation = engine.activate(ACME, saying("two", "two", "w2", "w3"));

      assertThat(activation)
          .isInstanceOfSatisfying(
              Activation.Conflict.class,
              conflict ->
                  assertThat(conflict.problem().sentence())
                      .isEqualTo(
                          "policy one decides about workflow w2 already; give this bundle its"
                              + " policy_id to replace it"));
      assertThat(reason(engine, ACME, "w2")).isEqualTo("one");
      assertThat(engine.active(ACME)).hasSize(1);
    }

    @Test
    void is_refused_for_a_second_default() {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(saying("one", "one"));

      assertThat(engine.activateBuiltIn(saying("two", "two")))
          .isInstanceOfSatisfying(
              Activation.Conflict.class,
              conflict ->
                  assertThat(conflict.problem().sentence())
                      .startsWith("policy one decides about every workflow that no other"));
    }

    @Test
    void can_be_rehearsed_without_changing_anything() {
      var engine = new CelPolicyEngine(() -> 0);
      PolicyBundle old = saying("spine", "old", "w1");
      PolicyBundle young = saying("spine", "young", "w1");
      engine.activateBuiltIn(old);

      assertThat(engine.rehearse(ACME, young))
          .isEqualTo(new Activation.Activated(young, Optional.of(old)));
      assertThat(reason(engine, ACME, "w1")).isEqualTo("old");
    }

    @Test
    void swaps_the_bundle_at_once_while_others_ask() throws Exception {
      var engine = new CelPolicyEngine(() -> 0);
      PolicyBundle one = saying("spine", "one", "w1");
      PolicyBundle two = saying("spine", "two", "w1");
      engine.activateBuiltIn(one);
      var asked = new CountDownLatch(4);
      var done = new AtomicBoolean();
      Callable<Boolean> asking =
          () -> {
            boolean whole = true;
            while (!done.get()) {
              PolicyDecision decision = engine.decide(Questions.of(ACME, "w1"));
              String by = decision.bundleHash().equals(one.hash()) ? "one" : "two";
              whole &= decision.reason().equals(by);
              asked.countDown();
            }
            return whole;
          };
      try (var threads = Executors.newFixedThreadPool(4)) {
        var askers = Collections.nCopies(4, asking).stream().map(threads::submit).toList();
        asked.await();
        for (int i = 0; i < 2_000; i++) {
          engine.activateBuiltIn(i % 2 == 0 ? two : one);
        }
        done.set(true);
        for (var asker : askers) {
          assertThat(asker.get()).isTrue();
        }
      }
    }
  }

  @Nested
  class A_flag {

    private PolicyDecision decide(String rules) {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(sound(text(rules)));
      return engine.decide(Questions.task("w", JsonObject.EMPTY));
    }

    @Test
    void is_tightened_by_every_flag_that_matched() {
      PolicyDecision decision =
          decide(
              """
              rules:
              - {id: a, decision: flag, tier: 1, when: true, reason: "'a'", require: {quorum: 3, \
              comment: required}}
              - {id: b, decision: flag, tier: 2, when: true, reason: "'b'"}
              - {id: c, decision: flag, tier: 1, when: true, reason: "'c'", \
              require: {expires_in: PT5M}}
              - {id: d, decision: flag, tier: 1, when: false, reason: "'d'", require: {quorum: 9}}
              """);

      assertThat(decision.tier()).isEqualTo(2);
      assertThat(decision.reason()).isEqualTo("b");
      assertThat(decision.approval().orElseThrow().quorum()).isEqualTo(3);
      assertThat(decision.approval().orElseThrow().commentRequired()).isTrue();
      assertThat(decision.approval().orElseThrow().expiresIn()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void may_let_the_requester_override_only_while_no_rule_refuses_it() {
      String own = "- {id: a, decision: flag, tier: 1, when: true, reason: \"'a'\"}\n";
      String strict =
          "- {id: b, decision: flag, tier: 1, when: true, reason: \"'b'\", require: {self_approval:"
              + " refused}}\n";

      assertThat(decide("rules:\n" + own).approval().orElseThrow().selfApproval())
          .isEqualTo(SelfApproval.WITH_OVERRIDE);
      assertThat(decide("rules:\n" + own + strict).approval().orElseThrow().selfApproval())
          .isEqualTo(SelfApproval.REFUSED);
    }

    @Test
    void takes_its_reason_from_the_first_rule_of_its_tier() {
      assertThat(
              decide(
                      """
                      rules:
                      - {id: a, decision: flag, tier: 1, when: true, reason: "'a'"}
                      - {id: b, decision: flag, tier: 2, when: true, reason: "'b'"}
                      - {id: c, decision: flag, tier: 2, when: true, reason: "'c'"}
                      - {id: d, decision: allow, tier: 4, when: true, reason: "'d'"}
                      """)
                  .reason())
          .isEqualTo("b");
    }
  }

  @Nested
  class Time {

    @Test
    void that_runs_out_denies() {
      var clock = new AtomicLong();
      var engine =
          new CelPolicyEngine(() -> clock.getAndAdd(Evaluation.TIME_MAX.toNanos() / 2 + 1));
      engine.activateBuiltIn(
          sound(
              text(
                  """
                  rules:
                  - {id: a, decision: allow, tier: 0, when: true, reason: "'a'"}
                  - {id: b, decision: allow, tier: 0, when: true, reason: "'b'"}
                  - {id: c, decision: allow, tier: 0, when: true, reason: "'c'"}
                  """)));
      PolicyDecision decision = engine.decide(Questions.task("w", JsonObject.EMPTY));

      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.error()).contains("policy_error:b");
      assertThat(decision.reason())
          .isEqualTo("rule b could not be evaluated: the decision took more than 250 ms");
    }

    @Test
    void that_only_shadow_rules_take_changes_nothing() {
      var clock = new AtomicLong();
      var engine =
          new CelPolicyEngine(() -> clock.getAndAdd(Evaluation.TIME_MAX.toNanos() / 2 + 1));
      engine.activateBuiltIn(
          sound(
              text(
                  """
                  rules:
                  - {id: s, mode: shadow, decision: deny, tier: 4, when: true, reason: "'s'"}
                  - {id: t, mode: shadow, decision: deny, tier: 4, when: true, reason: "'t'"}
                  - {id: a, decision: allow, tier: 0, when: true, reason: "'a'"}
                  """)));
      PolicyDecision decision = engine.decide(Questions.task("w", JsonObject.EMPTY));

      assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
      assertThat(decision.shadowRules()).containsExactly("policy_error:s", "policy_error:t");
    }

    @Test
    void that_fails_denies_too() {
      var engine =
          new CelPolicyEngine(() -> {
            throw new IllegalStateException("no clock");
          });
      engine.activateBuiltIn(saying("one", "one"));
      PolicyDecision decision = engine.decide(Questions.task("w", JsonObject.EMPTY));

      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.error()).contains("policy_error:internal");
      assertThat(decision.reason()).doesNotContain("clock");
    }
  }
}
