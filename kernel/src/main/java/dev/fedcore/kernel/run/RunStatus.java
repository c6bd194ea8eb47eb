package dev.fedcore.kernel.run;

/// Where a run stands, in the words of the API. A FAILED run goes on if its failed step is retried;
/// the other two terminal ones never do.
public enum RunStatus {
  PENDING,
  RUNNING,
  PAUSED,
  COMPLETED,
  FAILED,
  CANCELLED;

  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
