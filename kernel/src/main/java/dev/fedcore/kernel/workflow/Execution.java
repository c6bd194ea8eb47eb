package dev.fedcore.kernel.workflow;

/// Who carries the steps out.
public enum Execution {
  /// Federation Core runs the steps itself.
  MANAGED,
  /// A worker runs them and reports each; Federation Core still decides, gates and refuses.
  EXTERNAL;

  public boolean isManaged() {
    return this == MANAGED;
  }
}
