package dev.fedcore.pillars.karma.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the Q-table learns about: its columns, in their order.
///
/// A workflow counts less than a lesson, and a failed one half of a successful one, the other way:
/// most failures are an outside system's, not the user's.
public enum Action {
  COMPLETING_LESSONS(Token.DHARMA_POINTS, 5, "learn"),
  HELPING_PEERS(Token.SEVA_POINTS, 10, "assist"),
  SOLVING_DOUBTS(Token.SEVA_POINTS, 8, "assist"),
  SELFLESS_SERVICE(Token.PUNYA_TOKENS, 25, "extra_service"),
  /// Its reward is the [Penalty] of the moment.
  CHEAT(Token.DHARMA_POINTS, Penalty.FIRST, "malicious_or_greedy"),
  WORKFLOW_SUCCESS(Token.DHARMA_POINTS, 2, "work"),
  WORKFLOW_FAILURE(Token.DHARMA_POINTS, -1, "work");

  private final Token token;
  private final double reward;
  private final String intent;

  Action(Token token, double reward, String intent) {
    this.token = token;
    this.reward = reward;
    this.intent = intent;
  }

  /// The action that is written like this.
  public static Optional<Action> named(String text) {
    return Arrays.stream(values()).filter(action -> action.text().equals(text)).findFirst();
  }

  /// Such as `helping_peers`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it earns.
  Token token() {
    return token;
  }

  /// How much of its token it earns; below 0 it costs.
  double reward() {
    return reward;
  }

  /// Why somebody does this, in a word.
  String intent() {
    return intent;
  }
}
