package dev.fedcore.pillars.bucket.governance;

/// How full the storage is, and what that asks for.
public enum StorageStatus {
  HEALTHY("NONE"),
  CAUTION("NONE"),
  /// Ops within 6 hours.
  WARNING("PLAN_EXPANSION"),
  /// Owner and ops at once.
  CRITICAL("HALT_WRITES");

  private final String action;

  StorageStatus(String action) {
    this.action = action;
  }

  /// What is to be done.
  public String action() {
    return action;
  }

  /// The status of `used` bytes.
  public static StorageStatus of(long used, BucketLimits limits) {
    double percent = 100.0 * used / limits.storageBytes();
    if (percent >= BucketLimits.HALT_PERCENT) {
      return CRITICAL;
    }
    if (percent >= BucketLimits.WARNING_PERCENT) {
      return WARNING;
    }
    return percent >= BucketLimits.CAUTION_PERCENT ? CAUTION : HEALTHY;
  }
}
