package dev.fedcore.benchmarks;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.CelPolicyEngine;
import dev.fedcore.policy.LoadResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long one policy decision takes with a bundle of 20 rules, all of which are evaluated.
final class DecisionTiming {

  private static final int RULES = 20;
  private static final int WARMUP = 100_000;
  private static final int MEASURED = 100_000;
  private static final Digest ZERO = new Digest("0".repeat(Digest.HEX_DIGITS));

  private DecisionTiming() {}

  /// The time in microseconds that 99 of 100 decisions did not exceed.
  static double p99Micros() {
    CelPolicyEngine engine = engine();
    PolicyQuestion question = question();
    for (int i = 0; i < WARMUP; i++) {
      requireAllowed(engine.decide(question).verdict());
    }
    var times = new Latencies();
    for (int i = 0; i < MEASURED; i++) {
      long begun = System.nanoTime();
      Verdict verdict = engine.decide(question).verdict();
      times.add(System.nanoTime() - begun);
      requireAllowed(verdict);
    }
    return Latencies.sorted(List.of(times)).millis(0.99) * 1_000;
  }

  private static void requireAllowed(Verdict verdict) {
    if (verdict != Verdict.ALLOW) {
      throw new IllegalStateException("the bench's own bundle says " + verdict);
    }
  }

  private static CelPolicyEngine engine() {
    var engine = new CelPolicyEngine(System::nanoTime);
    byte[] text = bundle().getBytes(StandardCharsets.UTF_8);
    if (!(BundleLoader.load(text) instanceof LoadResult.Loaded loaded)) {
      throw new IllegalStateException("the bench's own bundle was rejected");
    }
    engine.activateBuiltIn(loaded.bundle());
    return engine;
  }

  private static String bundle() {
    String denials =
        IntStream.range(1, RULES)
            .mapToObj(i ->
                """
                  - {id: deny-%d, decision: deny, tier: 4, reason: "'no'",
                     when: "action.type == 'task' && input.amount_minor > %d && input.team != 'team-%d'"}
                """
                    .formatted(i, 1_000 * i, i))
            .collect(Collectors.joining());
    return """
    apiVersion: fedcore.policy/v1
    kind: PolicyBundle
    metadata: {policy_id: bench, version: 1.0.0, owner: bench, description: twenty rules}
    default: {decision: deny, tier: 4, reason: no rule allows this step}
    tiers:
      0: {name: free}
      4: {name: prohibited}
    inputs:
      input.amount_minor: int
      input.team: string
    rules:
    %s  - {id: allow, decision: allow, tier: 0, when: "true", reason: "'small enough'"}
    tests:
      - name: small amounts are allowed
        action: {type: task}
        step: {type: ACT, id: act}
        input: {amount_minor: 5, team: blue}
        expect: {decision: allow, tier: 0, rules: [allow]}
    """
        .formatted(denials);
  }

  private static PolicyQuestion question() {
    return new PolicyQuestion(
        TenantId.DEFAULT,
        "bench",
        new DefinitionRef("bench", "1.0.0", ZERO),
        Execution.MANAGED,
        new StepId("act"),
        StepType.ACT,
        1,
        "task",
        "list/ops",
        JsonObject.EMPTY,
        ZERO,
        JsonObject.builder().put("amount_minor", 5).put("team", "blue").build(),
        ZERO,
        PayloadSalt.NONE);
  }
}
