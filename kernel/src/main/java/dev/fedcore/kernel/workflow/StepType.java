package dev.fedcore.kernel.workflow;

/// What kind of work a step is.
///
/// Source: the directive's five steps, and DESIGN section 1.
public enum StepType {
  /// A read-only look-up.
  OBSERVE,
  /// Asks policy about the next action of the plan. A flag is its answer, and does not stop it.
  DECIDE,
  /// Waits for people if the next action of the plan is flagged.
  GATE,
  /// One action on the real world, through one adapter.
  ACT,
  /// A pure aggregation of what the steps before it put out.
  TRANSFORM
}
