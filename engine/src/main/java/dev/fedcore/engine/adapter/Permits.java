package dev.fedcore.engine.adapter;

import dev.fedcore.kernel.identity.Digest;

/// Where an adapter hands its permit in.
@FunctionalInterface
public interface Permits {

  /// Uses the permit up.
  ///
  /// @param action digest of what is about to be done, computed from what is about to be done
  /// @throws PermitRefused if the signature is wrong, the digest differs, the permit has been used
  ///   or its time is over
  void redeem(Permit permit, Digest action);
}
