package dev.fedcore.policy.cel;

import java.io.Serial;

/// An expression that could not be evaluated: a limit, a missing variable, an overflow. Whoever
/// decides by it denies. Carries no stack trace, since a caller may provoke it often.
public final class CelFault extends Exception {

  @Serial private static final long serialVersionUID = 1;

  CelFault(String sentence) {
    super(sentence, null, false, false);
  }

  /// Why, in a few words that hold nothing of the values.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
