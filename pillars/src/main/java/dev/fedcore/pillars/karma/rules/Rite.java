package dev.fedcore.pillars.karma.rules;

import java.util.Arrays;
import java.util.Optional;

/// One way to atone. A plan asks for some of each.
public enum Rite {
  JAP("Jap"),
  TAP("Tap"),
  BHAKTI("Bhakti"),
  /// A gift; asks for the hash of its transaction.
  DAAN("Daan");

  private final String text;

  Rite(String text) {
    this.text = text;
  }

  /// The rite that is written like this.
  public static Optional<Rite> named(String text) {
    return Arrays.stream(values()).filter(rite -> rite.text.equals(text)).findFirst();
  }

  public String text() {
    return text;
  }
}
