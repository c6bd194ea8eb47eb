package dev.fedcore.evidence.json;

import java.io.Serial;

/// Input that is not what it must be, with the place and the remedy. Carries no stack trace: it is
/// the sender's mistake, not ours, and may be thrown often.
public final class MalformedInput extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String pointer;
  private final String problem;

  /// Input that is wrong at `pointer`.
  ///
  /// @param pointer RFC 6901 JSON Pointer to the offending place; "" for the whole
  /// @param problem one sentence: what is wrong, and what to do instead
  public MalformedInput(String pointer, String problem) {
    super(pointer.isEmpty() ? problem : pointer + ": " + problem, null, false, false);
    this.pointer = pointer;
    this.problem = problem;
  }

  public String pointer() {
    return pointer;
  }

  public String problem() {
    return problem;
  }
}
