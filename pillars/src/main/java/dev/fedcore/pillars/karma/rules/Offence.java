package dev.fedcore.pillars.karma.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What makes a debt. Only cheating is also something that the Q-table learns about.
public enum Offence {
  CHEAT(PaapClass.MEDIUM),
  DISRESPECT_GURU(PaapClass.MEDIUM),
  THEFT(PaapClass.MEDIUM),
  BREAK_PROMISE(PaapClass.MINOR),
  FALSE_SPEECH(PaapClass.MINOR),
  HARM_OTHERS(PaapClass.MAHA),
  VIOLENCE(PaapClass.MAHA);

  private final PaapClass paap;

  Offence(PaapClass paap) {
    this.paap = paap;
  }

  /// The offence that is written like this.
  public static Optional<Offence> named(String text) {
    return Arrays.stream(values()).filter(offence -> offence.text().equals(text)).findFirst();
  }

  /// Such as `false_speech`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How heavy it is.
  PaapClass paap() {
    return paap;
  }
}
