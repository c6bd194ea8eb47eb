package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What somebody noticed about a text, and what it counts. How it was noticed is that one's affair;
/// nothing here depends on what a text is about, on its grammar or on the writer's mood.
public enum TextSign {
  POLITENESS(3),
  THOUGHTFUL_QUESTION(5),
  RESPECTFUL(2),
  ACKNOWLEDGING(4),
  CONSTRUCTIVE(3),
  SPAM(-8),
  RUDENESS(-10),
  IGNORING(-5),
  UNSAFE(-15);

  /// The score of a text of which nothing was noticed.
  public static final double BASE = 50;

  /// The farthest a score gets from 0.
  private static final double SCORE_MAX = 100;

  /// Up to here a text is low, up to [#NEUTRAL_MAX] neutral, above that positive.
  private static final double LOW_MAX = 30;

  private static final double NEUTRAL_MAX = 70;

  /// All of them, as they are written.
  public static final List<String> TEXTS = Arrays.stream(values()).map(TextSign::text).toList();

  private final double points;

  TextSign(double points) {
    this.points = points;
  }

  /// The sign that is written like this.
  public static Optional<TextSign> named(String text) {
    return Arrays.stream(values()).filter(sign -> sign.text().equals(text)).findFirst();
  }

  /// Such as `thoughtful_question`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a text scores.
  ///
  /// @param noticed how often each sign was
  public static JsonObject score(Map<TextSign, Long> noticed) {
    double sum = BASE;
    for (Map.Entry<TextSign, Long> entry : noticed.entrySet()) {
      sum += entry.getKey().points * entry.getValue();
    }
    double score = Math.clamp(sum, -SCORE_MAX, SCORE_MAX);
    return JsonObject.builder()
        .put("score", JsonNumber.of(score))
        .put("band", band(score))
        .put("base", JsonNumber.of(BASE))
        .build();
  }

  private static String band(double score) {
    if (score <= LOW_MAX) {
      return "low";
    }
    return score <= NEUTRAL_MAX ? "neutral" : "positive";
  }
}
