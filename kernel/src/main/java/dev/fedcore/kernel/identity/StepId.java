package dev.fedcore.kernel.identity;

/// Names one step inside its workflow definition, such as `step_2`. A retry keeps it.
public record StepId(String value) {

  /// The longest name, in characters.
  public static final int LENGTH_MAX = 64;

  public StepId {
    Names.checked("a step id", value, LENGTH_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
