package dev.fedcore.kernel.gate;

import dev.fedcore.kernel.identity.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A gate and what has become of it.
///
/// @param byPolicy whether a flag of policy asked for it; a gate that a worker asked for answers
///   none
/// @param resolvedAt when it left PENDING
/// @param consumed whether a step has started on this approval; it releases one action, once
public record Gate(
    GateRequest request,
    boolean byPolicy,
    Instant openedAt,
    GateStatus status,
    List<Vote> votes,
    Optional<Instant> resolvedAt,
    Optional<String> reason,
    boolean consumed) {

  public Gate {
    votes = List.copyOf(votes);
  }

  /// A gate that nobody has answered.
  public static Gate open(GateRequest request, boolean byPolicy, Instant at) {
    return new Gate(
        request,
        byPolicy,
        at,
        GateStatus.PENDING,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public boolean isOpen() {
    return status == GateStatus.PENDING;
  }

  /// Whether this approval releases `action` at a tier no higher than the one approved.
  public boolean covers(Digest action, int tier) {
    return status == GateStatus.APPROVED
        && !consumed
        && request.action().equals(action)
        && tier <= request.tier();
  }

  /// The same gate with one vote more.
  public Gate with(Vote vote) {
    var more = new ArrayList<>(votes);
    more.add(vote);
    return new Gate(request, byPolicy, openedAt, status, more, resolvedAt, reason, consumed);
  }

  /// The same gate, resolved.
  public Gate resolved(GateStatus outcome, Instant at, Optional<String> why) {
    return new Gate(request, byPolicy, openedAt, outcome, votes, Optional.of(at), why, consumed);
  }

  /// The same gate after a step has started on it.
  public Gate used() {
    return new Gate(request, byPolicy, openedAt, status, votes, resolvedAt, reason, true);
  }

  /// Who approved, in the order of their votes.
  public List<String> approvedBy() {
    return votes.stream().filter(v -> v.choice() == Vote.Choice.APPROVE).map(Vote::by).toList();
  }
}
