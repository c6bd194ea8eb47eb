package dev.fedcore.kernel.gate;

/// Where a gate stands. All but PENDING are final.
public enum GateStatus {
  PENDING,
  APPROVED,
  REJECTED,
  EXPIRED,
  /// Its run was cancelled, or failed for another reason.
  CANCELLED
}
