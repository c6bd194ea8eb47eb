package dev.fedcore.policy;

import dev.fedcore.policy.LoadResult.Loaded;
import dev.fedcore.policy.LoadResult.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Bundles for tests, from their text.
final class Bundles {

  private static final String HEAD =
      """
      apiVersion: fedcore.policy/v1
      kind: PolicyBundle
      metadata: {policy_id: test, version: 1.0.0}
      tiers:
        0: {name: free}
        1: {name: small, approval: {quorum: 1, expires_in: PT8H, self_approval: override}}
        2: {name: material, approval: {quorum: 1, expires_in: PT4H}}
        3: {name: critical, approval: {quorum: 2, expires_in: PT1H, comment: required}}
        4: {name: prohibited}
      """;

  private Bundles() {}

  /// A bundle with the tiers 0 to 4, and whatever sections `rest` adds.
  static String text(String rest) {
    return HEAD + rest;
  }

  /// The same under another name.
  static String text(String policyId, String rest) {
    return text(rest).replace("policy_id: test", "policy_id: " + policyId);
  }

  static LoadResult load(String text) {
    return BundleLoader.load(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The bundle, which must be sound.
  static PolicyBundle sound(String text) {
    return switch (load(text)) {
      case Loaded(PolicyBundle bundle, List<Problem> _) -> bundle;
      case Rejected(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  /// What is wrong with the bundle, which must not be sound.
  static List<String> problems(String text) {
    return switch (load(text)) {
      case Loaded loaded -> throw new AssertionError("was loaded: " + loaded.bundle().policyId());
      case Rejected(List<Problem> problems) -> problems.stream().map(Problem::toString).toList();
    };
  }
}
