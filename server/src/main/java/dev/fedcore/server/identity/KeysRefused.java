package dev.fedcore.server.identity;

import java.io.Serial;

/// The file of API keys is not fit for use. The message is for the operator.
public final class KeysRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String sentence;

  public KeysRefused(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /// What is wrong, and what to do.
  public String sentence() {
    return sentence;
  }
}
