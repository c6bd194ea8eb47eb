package dev.fedcore.adapters.task;

import dev.fedcore.evidence.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// One page of tasks, newest first.
///
/// @param tasks each as readers see it
/// @param next where the next page begins; empty at the end
public record TaskList(List<JsonObject> tasks, Optional<String> next) {

  /// The most tasks on one page.
  public static final int LIMIT_MAX = 200;

  public TaskList {
    tasks = List.copyOf(tasks);
  }
}
