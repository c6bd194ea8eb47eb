package dev.fedcore.engine;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.workflow.Execution;
import java.time.Duration;
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

  public NewRun {
    tags = List.copyOf(tags);
  }
}
