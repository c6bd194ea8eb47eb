package dev.fedcore.pillars.executor;

import dev.fedcore.http.ProblemType;

/// What can be wrong with a request to the executor, beyond what every service knows.
enum ExecutorProblem implements ProblemType {
  /// `decision` is workflow and there is nothing to execute.
  MISSING_WORKFLOW_PAYLOAD(400),
  /// A member has a value that the contract does not have.
  INVALID_REQUEST(422),
  /// The trace id was used for another request.
  TRACE_REUSED(409),
  /// Nobody has decided, so nothing was executed.
  FEDERATION_UNAVAILABLE(503);

  private final int status;

  ExecutorProblem(int status) {
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }
}
