package dev.fedcore.engine.codec;

/// The event types of a run's stream, and the codes under which they are published.
///
/// FC-RUN-001 to -003, FC-STEP-001 and -002, and FC-GATE-001 to -003 keep their published meaning;
/// the others are ours.
public enum EventType {
  RUN_CREATED("FC-RUN-001", "run.created.v1"),
  STATUS_CHANGED("FC-RUN-002", "run.status-changed.v1"),
  RUN_ENDED("FC-RUN-003", "run.ended.v1"),
  RUN_HELD("FC-RUN-004", "run.held.v1"),
  HOLD_LIFTED("FC-RUN-005", "run.hold-lifted.v1"),
  STEP_DECIDED("FC-POLICY-001", "step.decided.v1"),
  STEP_STARTED("FC-STEP-001", "step.started.v1"),
  STEP_COMPLETED("FC-STEP-002", "step.completed.v1"),
  STEP_FAILED("FC-STEP-003", "step.failed.v1"),
  STEP_DENIED("FC-STEP-004", "step.denied.v1"),
  STEP_SKIPPED("FC-STEP-005", "step.skipped.v1"),
  STEP_IN_DOUBT("FC-STEP-006", "step.in-doubt.v1"),
  STEP_SETTLED("FC-STEP-007", "step.settled.v1"),
  STEP_RETRIED("FC-STEP-008", "step.retried.v1"),
  GATE_REQUESTED("FC-GATE-001", "gate.requested.v1"),
  GATE_RESOLVED("FC-GATE-002", "gate.resolved.v1"),
  GATE_RESUMED("FC-GATE-003", "gate.resumed.v1"),
  GATE_VOTED("FC-GATE-004", "gate.voted.v1"),
  GATE_OVERRIDDEN("FC-GATE-005", "gate.overridden.v1");

  private final String code;
  private final String typeName;

  EventType(String code, String typeName) {
    this.code = code;
    this.typeName = typeName;
  }

  public String code() {
    return code;
  }

  /// The type and version, such as `run.created.v1`.
  public String typeName() {
    return typeName;
  }

  /// The type of this name.
  ///
  /// @throws IllegalArgumentException if this program knows no such type: the ledger was written by
  ///   a newer one
  public static EventType named(String typeName) {
    for (EventType type : values()) {
      if (type.typeName.equals(typeName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown event type " + typeName);
  }
}
