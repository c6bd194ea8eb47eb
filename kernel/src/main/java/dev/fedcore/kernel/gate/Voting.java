package dev.fedcore.kernel.gate;

import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import java.time.Instant;
import java.util.Optional;

/// The rules of voting on a gate: who may, and what a vote does.
///
/// Source: DESIGN section 5. Checked in the order that tells an outsider least: whether the gate
/// can still be answered, then whether this person may, then what they said.
public final class Voting {

  private Voting() {}

  /// Why `voter` may not cast `vote` on `gate`; empty when they may.
  public static Optional<Objection> objection(Gate gate, Principal voter, Vote vote) {
    GateRequest request = gate.request();
    if (!gate.isOpen()) {
      return Optional.of(new Objection.Resolved(gate.status(), resolvedBy(gate)));
    }
    if (!vote.at().isBefore(request.expiresAt())) {
      return Optional.of(new Objection.Expired(request.expiresAt()));
    }
    if (!isEligible(gate, voter)) {
      return Optional.of(new Objection.NotAnApprover(voter.actor()));
    }
    if (gate.votes().stream().anyMatch(v -> v.by().equals(voter.actor()))) {
      return Optional.of(new Objection.VotedAlready(voter.actor()));
    }
    return isOwnRequest(gate, vote) ? selfApproval(gate, vote) : comment(gate, vote);
  }

  /// What the gate comes to with `vote`, which nobody objected to: one rejection ends it, and the
  /// last approval of the quorum does.
  public static GateStatus outcome(Gate gate, Vote vote) {
    return switch (vote.choice()) {
      case REJECT -> GateStatus.REJECTED;
      case APPROVE ->
          gate.with(vote).approvedBy().size() >= gate.request().requirement().quorum()
              ? GateStatus.APPROVED
              : GateStatus.PENDING;
    };
  }

  /// Whether the vote approves what the voter asked for. To reject one's own request is withdrawing
  /// it, and needs nobody else.
  public static boolean isOwnRequest(Gate gate, Vote vote) {
    return vote.choice() == Vote.Choice.APPROVE && gate.request().requestedBy().equals(vote.by());
  }

  private static boolean isEligible(Gate gate, Principal voter) {
    var requirement = gate.request().requirement();
    return !voter.isAnonymous()
        && (requirement.approvers().isEmpty() || requirement.approvers().contains(voter.actor()))
        && (requirement.roles().isEmpty()
            || requirement.roles().stream().anyMatch(voter.roles()::contains));
  }

  private static Optional<Objection> selfApproval(Gate gate, Vote vote) {
    if (gate.request().requirement().selfApproval() == SelfApproval.REFUSED
        || vote.override().isEmpty()) {
      return Optional.of(
          new Objection.OwnRequest(
              vote.by(),
              gate.request().requirement().selfApproval() == SelfApproval.WITH_OVERRIDE));
    }
    return comment(gate, vote);
  }

  private static Optional<Objection> comment(Gate gate, Vote vote) {
    return gate.request().requirement().commentRequired() && vote.comment().isEmpty()
        ? Optional.of(new Objection.CommentMissing())
        : Optional.empty();
  }

  private static String resolvedBy(Gate gate) {
    return gate.votes().isEmpty() ? Principal.SYSTEM : gate.votes().getLast().by();
  }

  /// Why a vote does not count.
  public sealed interface Objection {

    /// Somebody was first. `by` cast the deciding vote, or is Federation Core.
    record Resolved(GateStatus status, String by) implements Objection {}

    record Expired(Instant at) implements Objection {}

    /// Anonymous, not on the list, or in none of the roles.
    record NotAnApprover(String actor) implements Objection {}

    record VotedAlready(String actor) implements Objection {}

    /// GOV-001. `overridable` when the tier would accept a reason.
    record OwnRequest(String actor, boolean overridable) implements Objection {}

    record CommentMissing() implements Objection {}
  }
}
