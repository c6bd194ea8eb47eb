package dev.fedcore.pillars.bucket.threat;

import java.util.Locale;

/// By what a threat is recognised.
public enum Pattern {
  STORAGE_NEAR_QUOTA(Threat.T1_STORAGE_EXHAUSTION),
  SERVER_FIELD_CLAIMED(Threat.T2_METADATA_POISONING),
  BACKDATED_TIMESTAMP(Threat.T2_METADATA_POISONING),
  UNPARSABLE_TIMESTAMP(Threat.T2_METADATA_POISONING),
  OVERSIZED_FIELD(Threat.T2_METADATA_POISONING),
  INJECTION_TEXT(Threat.T2_METADATA_POISONING),
  UNKNOWN_CLASS(Threat.T3_SCHEMA_EVOLUTION),
  SCHEMA_FIELD(Threat.T3_SCHEMA_EVOLUTION),
  VERSION_CONFLICT(Threat.T4_WRITE_COLLISION),
  EXECUTOR_OUT_OF_SCOPE(Threat.T5_EXECUTOR_OVERRIDE),
  AI_OUT_OF_SCOPE(Threat.T6_AI_ESCALATION),
  DELETE_UNDER_HOLD(Threat.T7_OWNERSHIP_CHALLENGE),
  DELETE_BY_STRANGER(Threat.T7_OWNERSHIP_CHALLENGE),
  AUDIT_CHANGE(Threat.T8_AUDIT_TAMPERING),
  OTHER_PRODUCT(Threat.T9_CROSS_PRODUCT_LEAK),
  FOREIGN_TYPE(Threat.T9_CROSS_PRODUCT_LEAK),
  UNPROVEN_CLAIM(Threat.T10_PROVENANCE_OVERTRUST);

  private final Threat threat;

  Pattern(Threat threat) {
    this.threat = threat;
  }

  public Threat threat() {
    return threat;
  }

  /// Such as `other_product`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
