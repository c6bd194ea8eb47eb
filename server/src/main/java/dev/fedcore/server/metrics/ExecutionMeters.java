package dev.fedcore.server.metrics;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.executor.ExecutorWatcher;
import java.util.Set;

/// Counts what the executor was asked and what came of it. How long it took is in the meters of its
/// HTTP answers.
public final class ExecutionMeters implements ExecutorWatcher {

  /// Other types share one label, so that nobody can fill the memory with new ones.
  static final Set<String> TYPES = Set.of("task", "email", "whatsapp", "ai");

  private final ServerMetrics metrics;

  public ExecutionMeters(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void skipped() {
    metrics.count("fedcore.executions.skipped", "Requests that the guard let not through");
  }

  @Override
  public void executed(String actionType, JsonObject answer) {
    metrics.count(
        "fedcore.executions",
        "Requests to execute, by action type and how they were answered",
        "action_type",
        TYPES.contains(actionType) ? actionType : "other",
        "status",
        JsonFields.of(answer, "").string("status"));
  }
}
