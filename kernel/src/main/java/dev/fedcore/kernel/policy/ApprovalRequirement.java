package dev.fedcore.kernel.policy;

import dev.fedcore.kernel.identity.Role;
import java.time.Duration;
import java.util.Set;

/// What a flagged step asks of people before it may go on.
///
/// @param quorum how many distinct people must approve; 1 to 16. One rejection ends the gate
/// @param roles a voter has at least one of these
/// @param approvers the only actors who may vote; empty for no such list
/// @param expiresIn how long the gate stays open; expiry is rejection
public record ApprovalRequirement(
    int quorum,
    Set<Role> roles,
    Set<String> approvers,
    Duration expiresIn,
    boolean commentRequired,
    SelfApproval selfApproval) {

  /// The most people one gate can ask for.
  public static final int QUORUM_MAX = 16;

  /// The most people a gate lists by name; more have a role.
  public static final int APPROVERS_MAX = 100;

  /// The longest a gate stays open. Nobody remembers after a month what a request meant.
  public static final Duration EXPIRES_IN_MAX = Duration.ofDays(30);

  public ApprovalRequirement {
    roles = Set.copyOf(roles);
    approvers = Set.copyOf(approvers);
    if (quorum < 1 || quorum > QUORUM_MAX) {
      throw new IllegalArgumentException("a quorum is 1 to 16, got " + quorum);
    }
    if (expiresIn.compareTo(Duration.ofSeconds(1)) < 0 || expiresIn.compareTo(EXPIRES_IN_MAX) > 0) {
      throw new IllegalArgumentException("a gate stays open 1 second to 30 days");
    }
  }

  /// The same, but open for no longer than `limit`. Whoever asks may shorten the wait, never
  /// lengthen it.
  public ApprovalRequirement within(Duration limit) {
    Duration shorter = expiresIn.compareTo(limit) <= 0 ? expiresIn : limit;
    return new ApprovalRequirement(
        quorum, roles, approvers, shorter, commentRequired, selfApproval);
  }

  /// Whether the requester may approve (GOV-001).
  public enum SelfApproval {
    /// Never, whatever the reason.
    REFUSED,
    /// Only with a reason, which becomes an entry of its own.
    WITH_OVERRIDE
  }
}
