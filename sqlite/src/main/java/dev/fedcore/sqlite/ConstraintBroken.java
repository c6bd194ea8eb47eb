package dev.fedcore.sqlite;

/// A change broke a rule of the schema. Nothing of it was written, and it never can be.
public final class ConstraintBroken extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  ConstraintBroken(String attempted, Throwable cause) {
    super(attempted + " breaks a rule of the schema", cause);
  }
}
