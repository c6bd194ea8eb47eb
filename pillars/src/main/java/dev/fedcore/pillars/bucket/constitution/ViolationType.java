package dev.fedcore.pillars.bucket.constitution;

import dev.fedcore.pillars.bucket.constitution.Violation.Severity;
import java.util.Locale;

/// The kinds of violations; the last six are those of a channel's contract.
public enum ViolationType {
  UNAUTHORIZED_OPERATION(Severity.HIGH),
  SCHEMA_MUTATION(Severity.CRITICAL),
  DELETION_ATTEMPT(Severity.CRITICAL),
  AUDIT_HIDING(Severity.CRITICAL),
  GOVERNANCE_BYPASS(Severity.CRITICAL),
  UNAUTHORIZED_ACCESS(Severity.HIGH),
  INVALID_INPUT_CHANNEL(Severity.MEDIUM),
  INVALID_OUTPUT_CHANNEL(Severity.MEDIUM),
  SCHEMA_MISMATCH(Severity.MEDIUM),
  MISSING_REQUIRED_FIELD(Severity.LOW),
  INVALID_DATA_TYPE(Severity.LOW),
  UNAUTHORIZED_FIELD(Severity.MEDIUM);

  private final Severity severity;

  ViolationType(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// Such as `schema_mutation`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether those at the top are told at once, whatever the severity.
  public boolean goesToTheTop() {
    return switch (this) {
      case SCHEMA_MUTATION, AUDIT_HIDING, GOVERNANCE_BYPASS -> true;
      case UNAUTHORIZED_OPERATION,
          DELETION_ATTEMPT,
          UNAUTHORIZED_ACCESS,
          INVALID_INPUT_CHANNEL,
          INVALID_OUTPUT_CHANNEL,
          SCHEMA_MISMATCH,
          MISSING_REQUIRED_FIELD,
          INVALID_DATA_TYPE,
          UNAUTHORIZED_FIELD ->
          false;
    };
  }

  /// Whether it tries to change what must not change.
  public boolean isMutation() {
    return this == SCHEMA_MUTATION || this == DELETION_ATTEMPT;
  }
}
