package dev.fedcore.server.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.CelPolicyEngine.Source;
import dev.fedcore.policy.Invariant;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.Rule;
import java.util.List;
import java.util.Locale;

/// Policy bundles as readers see them.
public final class PolicyJson {

  private PolicyJson() {}

  /// A bundle without its document.
  ///
  /// @param signers by whose keys it is well signed
  static JsonObject of(PolicyBundle bundle, Source source, List<String> signers) {
    return JsonObject.builder()
        .put("policy_id", bundle.policyId())
        .put("version", bundle.version())
        .put("bundle_hash", bundle.hash().hex())
        .put("source", source.name().replace("_", "").toLowerCase(Locale.ROOT))
        .put("signed_by", strings(signers))
        .put("applies_to", strings(bundle.appliesTo()))
        .put("rules", new JsonArray(bundle.rules().stream().map(PolicyJson::rule).toList()))
        .put("invariants", strings(bundle.invariants().stream().map(Invariant::id).toList()))
        .build();
  }

  /// A bundle by name, version and hash.
  public static JsonValue brief(ActiveBundle active) {
    PolicyBundle bundle = active.bundle();
    return JsonObject.builder()
        .put("policy_id", bundle.policyId())
        .put("version", bundle.version())
        .put("bundle_hash", bundle.hash().hex())
        .build();
  }

  private static JsonValue rule(Rule rule) {
    return JsonObject.builder()
        .put("id", rule.id())
        .put("decision", rule.decision().name().toLowerCase(Locale.ROOT))
        .put("tier", rule.tier())
        .put("mode", rule.mode().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static JsonArray strings(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }
}
