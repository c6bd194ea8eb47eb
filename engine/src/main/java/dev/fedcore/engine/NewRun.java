package dev.fedcore.engine;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.workflow.Execution;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// A run as its requester wants it.
///
/// @param workflowVersion the newest registered one when absent
/// @param execution the definition's own when absent; EXTERNAL for a worker that moves the run
///   itself
/// @param start whether it starts at once
/// @param gateTimeout how long gates of this run may wait at most; shortens what policy asks
/// @param correlationId the caller's own name for what this run belongs to
public record NewRun(
    String workflowId,
    Optional<String> workflowVersion,
    JsonObject input,
    JsonObject metadata,
    List<String> tags,
    Optional<RunId> parent,
    Optional<Execution> execution,
    boolean start,
    Optional<Duration> gateTimeout,
    Optional<String> correlationId) {

  /// The longest time-out of gates that can be asked for; a definition's gates wait no longer.
  private static final Duration GATE_TIMEOUT_MAX = ApprovalRequirement.EXPIRES_IN_MAX;

  public NewRun {
    tags = List.copyOf(tags);
    gateTimeout = gateTimeout.map(t -> t.truncatedTo(ChronoUnit.SECONDS));
    if (gateTimeout.filter(t -> !t.isPositive() || t.compareTo(GATE_TIMEOUT_MAX) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "gates wait 1 second to 30 days, got " + gateTimeout.get());
    }
  }
}
