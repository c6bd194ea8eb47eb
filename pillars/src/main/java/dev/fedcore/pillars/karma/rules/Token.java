package dev.fedcore.pillars.karma.rules;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What can be earned. Nothing earns Dridha or Adridha karma yet; Sanchita and Prarabdha karma are
/// what is carried from one life into the next.
public enum Token {
  DHARMA_POINTS("DharmaPoints", 1.0, 0, 0, 365),
  SEVA_POINTS("SevaPoints", 1.2, 0, 0.0005, 365),
  PUNYA_TOKENS("PunyaTokens", 3.0, 0, 0.0001, 730),
  DRIDHA_KARMA("DridhaKarma", 0, 0.8, 0.00005, 1095),
  ADRIDHA_KARMA("AdridhaKarma", 0, 0.3, 0.001, 365),
  SANCHITA_KARMA("SanchitaKarma", 0, 1.0, 0, Token.NEVER),
  PRARABDHA_KARMA("PrarabdhaKarma", 0, 1.0, 0, Token.NEVER);

  private static final int NEVER = -1;

  private final String text;
  private final double meritWeight;
  private final double scoreWeight;
  private final double decayPerDay;
  private final int expiryDays;

  Token(String text, double meritWeight, double scoreWeight, double decayPerDay, int expiryDays) {
    this.text = text;
    this.meritWeight = meritWeight;
    this.scoreWeight = scoreWeight;
    this.decayPerDay = decayPerDay;
    this.expiryDays = expiryDays;
  }

  /// What can be spent: what was earned by doing something in this life.
  public static final List<String> REDEEMABLE =
      List.of(DHARMA_POINTS.text, SEVA_POINTS.text, PUNYA_TOKENS.text);

  /// The token that is written like this, if it can be spent.
  public static Optional<Token> redeemable(String text) {
    return named(text).filter(token -> REDEEMABLE.contains(token.text));
  }

  /// The token that is written like this.
  public static Optional<Token> named(String text) {
    return Arrays.stream(values()).filter(token -> token.text.equals(text)).findFirst();
  }

  /// Such as `DharmaPoints`.
  public String text() {
    return text;
  }

  /// `high`, `medium` or `low`: how much an action is worth that earns this.
  public String tier() {
    return switch (this) {
      case PUNYA_TOKENS -> "high";
      case SEVA_POINTS -> "medium";
      case DHARMA_POINTS, DRIDHA_KARMA, ADRIDHA_KARMA, SANCHITA_KARMA, PRARABDHA_KARMA -> "low";
    };
  }

  /// What one of these adds to the merit.
  double meritWeight() {
    return meritWeight;
  }

  /// What one of these adds to the weighted score, beside the merit.
  double scoreWeight() {
    return scoreWeight;
  }

  /// The part that is lost each day, from 0 to 1.
  double decayPerDay() {
    return decayPerDay;
  }

  /// Whether a balance to which nothing was added for so long is gone.
  boolean isExpiredAfter(Duration untouched) {
    return expiryDays != NEVER && untouched.compareTo(Duration.ofDays(expiryDays)) > 0;
  }
}
