package dev.fedcore.pillars.karma.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far a user has come: the states of the Q-table. The merit decides it.
public enum KarmaRole {
  LEARNER(0),
  VOLUNTEER(50),
  SEVA(200),
  GURU(500);

  private final double meritMin;

  KarmaRole(double meritMin) {
    this.meritMin = meritMin;
  }

  /// The highest role that this merit reaches. Below 0 everybody is a learner.
  public static KarmaRole ofMerit(double merit) {
    KarmaRole reached = LEARNER;
    for (KarmaRole role : values()) {
      if (merit >= role.meritMin) {
        reached = role;
      }
    }
    return reached;
  }

  /// The role that is written like this.
  public static Optional<KarmaRole> named(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /// Such as `learner`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
