package dev.fedcore.pillars.core;

import dev.fedcore.http.ProblemType;

/// What can be wrong with a request to Core, beside what can be wrong with any.
enum CoreProblem implements ProblemType {
  UNKNOWN_CORE_AGENT,
  USER_MISMATCH,
  UNKNOWN_TASK,
  NO_KNOWLEDGE_BASE,
  NOT_RELOADABLE,
  EXECUTOR_QUEUE_FULL;

  @Override
  public int status() {
    return switch (this) {
      case UNKNOWN_CORE_AGENT -> 400;
      case USER_MISMATCH -> 403;
      case UNKNOWN_TASK -> 404;
      case NO_KNOWLEDGE_BASE, NOT_RELOADABLE -> 501;
      case EXECUTOR_QUEUE_FULL -> 503;
    };
  }
}
