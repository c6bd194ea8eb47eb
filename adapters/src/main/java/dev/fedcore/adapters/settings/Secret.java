package dev.fedcore.adapters.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A text that must not be seen: it prints as `***`, and is taken out of what others say.
public record Secret(String value) {

  private static final String HIDDEN = "***";

  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret has at least one character");
    }
  }

  /// `text` without the secret, should a server have repeated it.
  public String hiddenIn(String text) {
    return text.replace(value, HIDDEN);
  }

  /// Whether `other` is the same text. Takes the same time wherever they differ.
  public boolean matches(String other) {
    return MessageDigest.isEqual(bytes(), other.getBytes(StandardCharsets.UTF_8));
  }

  /// The secret in UTF-8.
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
