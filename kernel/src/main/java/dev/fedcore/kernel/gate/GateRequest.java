package dev.fedcore.kernel.gate;

import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import java.time.Instant;

/// What a gate asks people, fixed when it opens.
///
/// @param action digest of the exact action that approval would release
/// @param tier of the decision that flagged it
/// @param requestedBy who may not approve (GOV-001)
/// @param expiresAt from then on the gate is rejected; runs on while the run is paused
public record GateRequest(
    GateId id,
    StepId step,
    Digest action,
    int tier,
    String type,
    String name,
    String description,
    String requestedBy,
    ApprovalRequirement requirement,
    Instant expiresAt) {

  /// The longest name, in characters.
  public static final int NAME_LENGTH_MAX = 200;

  /// The longest description, in characters.
  public static final int DESCRIPTION_LENGTH_MAX = 2_000;
}
