package dev.fedcore.kernel.run;

/// Where a step stands.
public enum StepStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  /// Policy or people said no. Never retried.
  DENIED,
  /// A worker reported that the step was not needed.
  SKIPPED,
  /// Its effect may have happened; the answer was lost. Waits to be settled.
  IN_DOUBT;

  /// Whether a receipt has been given for this attempt.
  public boolean isOver() {
    return this == COMPLETED || this == FAILED || this == DENIED || this == SKIPPED;
  }
}
