package dev.fedcore.http;

/// Makes text that came from outside fit to be shown in JSON.
final class Wellformed {

  private Wellformed() {}

  /// The same text, each lone surrogate replaced by U+FFFD.
  static String text(String text) {
    boolean sound = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    if (sound) {
      return text;
    }
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(point -> out.appendCodePoint(isLone(point) ? 0xFFFD : point));
    return out.toString();
  }

  private static boolean isLone(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
