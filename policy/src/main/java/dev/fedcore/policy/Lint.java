package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds what is sound but doubtful in a bundle. Its findings are warnings.
final class Lint {

  private Lint() {}

  static void inspect(PolicyBundle bundle, Findings findings) {
    unusedInputs(bundle, findings);
    unguardedParameters(bundle, findings);
    milderTiers(bundle, findings);
    invariantsAboutNothing(bundle, findings);
  }

  private static void unusedInputs(PolicyBundle bundle, Findings findings) {
    Set<String> used = used(bundle);
    bundle.inputs().keySet().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> findings.warning(input(name), "no rule reads it"));
  }

  /// Every step of a run is asked about, and most have other parameters or none.
  private static void unguardedParameters(PolicyBundle bundle, Findings findings) {
    Set<String> used = used(bundle);
    bundle.inputs().values().stream()
        .filter(input -> input.root() == InputDeclaration.Root.PARAMETERS)
        .filter(input -> input.otherwise().isEmpty() && used.contains(input.name()))
        .forEach(input ->
            findings.warning(
                input(input.name()),
                "has no default, so whatever reads it denies every step without it"));
  }

  /// People expect a higher tier to ask for at least as much.
  private static void milderTiers(PolicyBundle bundle, Findings findings) {
    List<Tier> flagging =
        bundle.tiers().values().stream().filter(tier -> tier.approval().isPresent()).toList();
    for (int i = 1; i < flagging.size(); i++) {
      Tier lower = flagging.get(i - 1);
      Tier higher = flagging.get(i);
      if (isMilder(higher.approval().orElseThrow(), lower.approval().orElseThrow())) {
        findings.warning("/tiers/" + higher.number(), "asks for less than tier " + lower.number());
      }
    }
  }

  private static boolean isMilder(ApprovalRequirement higher, ApprovalRequirement lower) {
    return higher.quorum() < lower.quorum()
        || (lower.commentRequired() && !higher.commentRequired())
        || (lower.selfApproval() == SelfApproval.REFUSED
            && higher.selfApproval() == SelfApproval.WITH_OVERRIDE);
  }

  private static void invariantsAboutNothing(PolicyBundle bundle, Findings findings) {
    for (int i = 0; i < bundle.invariants().size(); i++) {
      if (!bundle.invariants().get(i).isAboutAnswers()) {
        findings.warning(
            JsonPointers.child("/invariants", i) + "/assert",
            "mentions neither decision nor tier, so it restricts nothing that the bundle decides");
      }
    }
  }

  /// Says which rules none of the bundle's own tests has matched.
  static void untestedRules(
      PolicyBundle bundle, List<PolicyDecision> decisions, Findings findings) {
    var reached = new HashSet<String>();
    for (PolicyDecision decision : decisions) {
      reached.addAll(decision.rulesTriggered());
      reached.addAll(decision.shadowRules());
    }
    for (int i = 0; i < bundle.rules().size(); i++) {
      String id = bundle.rules().get(i).id();
      if (!reached.contains(id)) {
        findings.warning(JsonPointers.child("/rules", i), "no test matches rule " + id);
      }
    }
  }

  private static Set<String> used(PolicyBundle bundle) {
    var used = new HashSet<String>();
    for (Rule rule : bundle.rules()) {
      used.addAll(rule.when().variables());
      used.addAll(rule.reason().variables());
    }
    bundle.invariants().forEach(invariant -> used.addAll(invariant.condition().variables()));
    return used;
  }

  private static String input(String name) {
    return JsonPointers.child("/inputs", name);
  }
}
