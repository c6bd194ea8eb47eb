package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonObject;

/// Is told of every request that was answered, to count it. Called on the request's thread.
public interface ExecutorWatcher {

  /// A request that did not decide for a workflow.
  void skipped();

  /// A request that did.
  ///
  /// @param answer with its `status`
  void executed(String actionType, JsonObject answer);
}
