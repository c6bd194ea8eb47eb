package dev.fedcore.pillars.core.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts a text into sentences. A stop inside quotes, in an abbreviation or in a number ends none.
final class Sentences {

  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?i)(?:^|.*[\\s(])(?:dr|mr|mrs|ms|prof|st|no|vs|e\\.g|i\\.e|etc|approx|inc|ltd|jr|sr"
              + "|[a-z])\\.");

  /// How far back an abbreviation is looked for, in characters.
  private static final int ABBREVIATION_LENGTH_MAX = 8;

  private Sentences() {}

  /// The sentences of `text`, each with its stop.
  static List<String> of(String text) {
    var sentences = new ArrayList<String>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (endsAt(text, start, i) && !quoted) {
        sentences.add(text.substring(start, i + 1).strip());
        start = i + 1;
      }
    }
    if (!text.substring(start).isBlank()) {
      sentences.add(text.substring(start).strip());
    }
    return List.copyOf(sentences);
  }

  private static boolean endsAt(String text, int start, int i) {
    char c = text.charAt(i);
    if (c == '\n') {
      return true;
    }
    if (c != '.' && c != '!' && c != '?' && c != ';') {
      return false;
    }
    boolean spaced = i + 1 < text.length() && Character.isWhitespace(text.charAt(i + 1));
    int from = Math.max(start, i - ABBREVIATION_LENGTH_MAX);
    return spaced && !(c == '.' && ABBREVIATION.matcher(text.substring(from, i + 1)).matches());
  }
}
