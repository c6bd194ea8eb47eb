package dev.fedcore.evidence.keys;

import java.io.Serial;

/// A key that cannot be used, with the reason and the remedy in one sentence.
public final class KeyRejected extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /// A key rejected for `reason`, one sentence.
  public KeyRejected(String reason) {
    super(reason, null, false, false);
  }

  /// Why, in one sentence.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
