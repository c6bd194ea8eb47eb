package dev.fedcore.kernel.policy;

import dev.fedcore.kernel.identity.Digest;
import java.util.List;
import java.util.Optional;

/// What policy answered about one step, and by which rules of which bundle.
///
/// @param bundleHash SHA-256 of the bundle that answered
/// @param tier how much is at stake, 0 to 9; names the approval requirement of a flag
/// @param reason why, in one sentence, of the rule that decided
/// @param rulesTriggered ids of all rules that matched, in the bundle's order
/// @param shadowRules ids of the shadow rules that matched; they decide nothing
/// @param inputDigest hash of the canonical question, with the salt of the run if it is of one
/// @param approval what a flag asks of people; present exactly when the verdict is FLAG
/// @param error why policy could not answer, which is a denial: `policy_error:` and the id of the
///   rule or the invariant
/// @param isQuoting whether the reason quotes what was asked, so that it may say something of
///   people
public record PolicyDecision(
    Verdict verdict,
    String policyId,
    String policyVersion,
    Digest bundleHash,
    int tier,
    String reason,
    List<String> rulesTriggered,
    List<String> shadowRules,
    Digest inputDigest,
    Optional<ApprovalRequirement> approval,
    Optional<String> error,
    boolean isQuoting) {

  /// The highest tier.
  public static final int TIER_MAX = 9;

  /// A decision whose reason quotes nothing.
  public PolicyDecision(
      Verdict verdict,
      String policyId,
      String policyVersion,
      Digest bundleHash,
      int tier,
      String reason,
      List<String> rulesTriggered,
      List<String> shadowRules,
      Digest inputDigest,
      Optional<ApprovalRequirement> approval,
      Optional<String> error) {
    this(
        verdict,
        policyId,
        policyVersion,
        bundleHash,
        tier,
        reason,
        rulesTriggered,
        shadowRules,
        inputDigest,
        approval,
        error,
        false);
  }

  public PolicyDecision {
    rulesTriggered = List.copyOf(rulesTriggered);
    shadowRules = List.copyOf(shadowRules);
    if (tier < 0 || tier > TIER_MAX) {
      throw new IllegalArgumentException("a tier is 0 to 9, got " + tier);
    }
    if (approval.isPresent() != (verdict == Verdict.FLAG)) {
      throw new IllegalArgumentException("a flag, and only a flag, says what it asks of people");
    }
    if (error.isPresent() && verdict != Verdict.DENY) {
      throw new IllegalArgumentException("an error of policy is a denial");
    }
  }
}
