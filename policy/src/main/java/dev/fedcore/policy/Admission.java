package dev.fedcore.policy;

import dev.fedcore.policy.signature.PolicyKeys;
import dev.fedcore.policy.signature.VersionOrder;
import java.util.List;
import java.util.Optional;

/// Whether a bundle may decide where bundles must be signed.
///
/// @param keys who may sign
public record Admission(PolicyKeys keys) {

  /// The names of the keys by which a bundle is signed that may decide.
  public List<String> signers(PolicyBundle bundle) {
    return keys.signers(bundle.note());
  }

  /// Why `bundle` may not decide whatever decides now; empty when it may.
  public Optional<Problem> objection(PolicyBundle bundle) {
    return keys.objection(bundle.hash(), bundle.note())
        .map(sentence -> new Problem("/signatures", sentence));
  }

  /// Why `bundle` may not take the place of `active`; empty when it may. A bundle stays well signed
  /// for ever, so that only its version tells an old one from a new one.
  Optional<Problem> objection(PolicyBundle bundle, PolicyBundle active) {
    if (bundle.hash().equals(active.hash())) {
      return Optional.empty();
    }
    int order = VersionOrder.compare(bundle.version(), active.version());
    return order > 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "/metadata/version",
                "%s is %s; give the bundle a higher version"
                    .formatted(
                        bundle.version(),
                        order < 0
                            ? "lower than %s, which is active".formatted(active.version())
                            : "the version of another bundle, which is active")));
  }
}
