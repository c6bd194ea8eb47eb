package dev.fedcore.pillars.karma.rules;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How heavy a debt is, and what lifts it.
public enum PaapClass {
  MINOR(1, 180, 2, 108, 1, 10),
  MEDIUM(2.5, 365, 5, 1008, 3, 50),
  MAHA(5, 730, 10, 10008, 7, 100);

  private final double weight;
  private final int expiryDays;
  private final double relief;
  private final double jap;
  private final double tapAndBhakti;
  private final double daan;

  PaapClass(
      double weight, int expiryDays, double relief, double jap, double tapAndBhakti, double daan) {
    this.weight = weight;
    this.expiryDays = expiryDays;
    this.relief = relief;
    this.jap = jap;
    this.tapAndBhakti = tapAndBhakti;
    this.daan = daan;
  }

  /// The class that is written like this.
  public static Optional<PaapClass> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /// Such as `medium`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What one offence of this class takes off the net karma. Applied once, when it is scored.
  double weight() {
    return weight;
  }

  /// How many offences of this class a fulfilled plan lifts.
  double unitsLifted() {
    return relief / weight;
  }

  /// How much of a rite a plan asks for.
  double required(Rite rite) {
    return switch (rite) {
      case JAP -> jap;
      case TAP, BHAKTI -> tapAndBhakti;
      case DAAN -> daan;
    };
  }

  /// Whether a debt to which nothing was added for so long is forgotten.
  boolean isExpiredAfter(Duration untouched) {
    return untouched.compareTo(Duration.ofDays(expiryDays)) > 0;
  }
}
