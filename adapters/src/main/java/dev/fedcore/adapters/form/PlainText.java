package dev.fedcore.adapters.form;

import dev.fedcore.adapters.settings.Secret;
import java.util.Collection;

/// What a server said, made fit to be kept and shown: one line, of bounded length, without anything
/// that a terminal or a page would act upon, and without our secrets.
public final class PlainText {

  /// The longest text taken over, in characters: more than any server's sentence.
  public static final int LENGTH_MAX = 300;

  private PlainText() {}

  public static String of(String said, Collection<Secret> secrets) {
    String text = said;
    for (Secret secret : secrets) {
      text = secret.hiddenIn(text);
    }
    return text.codePoints()
        .map(c -> isPlain(c) ? c : ' ')
        .limit(LENGTH_MAX)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  /// Not a control character, nor one of those that only change how others look (category Cf: bidi
  /// marks, zero-width joiners), nor half a pair.
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
