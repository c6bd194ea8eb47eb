package dev.fedcore.engine.codec;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A policy decision as JSON: the same members in entries, receipts and answers.
///
/// Members are put in canonical order, which makes them cheap to write canonically.
public final class DecisionJson {

  private DecisionJson() {}

  public static JsonObject of(PolicyDecision decision) {
    var json = JsonObject.builder();
    decision
        .approval()
        .ifPresentOrElse(a -> json.put("approval", of(a)), () -> json.putNull("approval"));
    json.put("bundle_hash", decision.bundleHash().hex());
    json.put("decision", word(decision.verdict()));
    decision.error().ifPresentOrElse(e -> json.put("error", e), () -> json.putNull("error"));
    return json.put("input_digest", decision.inputDigest().hex())
        .put("policy_id", decision.policyId())
        .put("policy_version", decision.policyVersion())
        .put("reason", decision.reason())
        .put("rules_triggered", strings(decision.rulesTriggered()))
        .put("shadow_rules", strings(decision.shadowRules()))
        .put("tier", decision.tier())
        .build();
  }

  /// Reads what [#of(PolicyDecision)] wrote into a hashed document, where a reason that quotes is
  /// sealed.
  static PolicyDecision read(JsonObject json) {
    var fields = JsonFields.of(json, "");
    return new PolicyDecision(
        Verdict.valueOf(fields.string("decision").toUpperCase(Locale.ROOT)),
        fields.string("policy_id"),
        fields.string("policy_version"),
        new Digest(fields.string("bundle_hash")),
        (int) fields.integer("tier", 0, PolicyDecision.TIER_MAX),
        fields.string("reason"),
        fields.strings("rules_triggered"),
        fields.strings("shadow_rules"),
        new Digest(fields.string("input_digest")),
        fields.optionalObject("approval").map(DecisionJson::readApproval),
        fields.optionalString("error"),
        Commitment.is(fields.string("reason")));
  }

  static JsonObject of(ApprovalRequirement asked) {
    return JsonObject.builder()
        .put("approvers", strings(sorted(asked.approvers())))
        .put("comment_required", asked.commentRequired())
        .put("expires_in", asked.expiresIn().toString())
        .put("quorum", asked.quorum())
        .put("roles", strings(sorted(roleWords(asked.roles()))))
        .put("self_approval", selfApprovalWord(asked.selfApproval()))
        .build();
  }

  static ApprovalRequirement readApproval(JsonObject json) {
    var fields = JsonFields.of(json, "");
    return new ApprovalRequirement(
        (int) fields.integer("quorum", 1, ApprovalRequirement.QUORUM_MAX),
        fields.strings("roles").stream()
            .map(r -> Role.valueOf(r.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet()),
        Set.copyOf(fields.strings("approvers")),
        Duration.parse(fields.string("expires_in")),
        fields.bool("comment_required", false),
        fields.string("self_approval").equals("override")
            ? SelfApproval.WITH_OVERRIDE
            : SelfApproval.REFUSED);
  }

  /// The verdict as the seeds write it: `allow`, `flag` or `deny`.
  public static String word(Verdict verdict) {
    return switch (verdict) {
      case ALLOW -> "allow";
      case FLAG -> "flag";
      case DENY -> "deny";
    };
  }

  public static String selfApprovalWord(SelfApproval selfApproval) {
    return switch (selfApproval) {
      case REFUSED -> "refused";
      case WITH_OVERRIDE -> "override";
    };
  }

  /// Role names in lower case, sorted.
  public static List<String> roleWords(Collection<Role> roles) {
    return roles.stream().map(r -> r.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }

  /// A JSON array of strings, in the given order.
  public static JsonArray strings(Collection<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static List<String> sorted(Collection<String> texts) {
    return texts.stream().sorted().toList();
  }
}
