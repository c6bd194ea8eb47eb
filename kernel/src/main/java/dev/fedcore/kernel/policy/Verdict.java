package dev.fedcore.kernel.policy;

/// Policy's answer, from the mildest to the strictest.
public enum Verdict {
  ALLOW,
  /// Neither allowed nor denied: people decide.
  FLAG,
  DENY;

  /// The stricter of the two: deny over flag over allow (DESIGN section 4).
  public Verdict stricter(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
