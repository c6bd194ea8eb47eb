package dev.fedcore.pillars.core.intent;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pieces that the patterns are put together from, and what becomes of the words that they find.
final class Words {

  /// An address in a sentence.
  static final String ADDRESS = "[^\\s@<>()\",;:]+@[^\\s@<>()\",;:]+\\.[A-Za-z]{2,}";

  /// A phone number in a sentence, however it is grouped.
  static final String PHONE = "(?:\\+|00)?\\(?[0-9](?:[\\s().\\-/]{0,2}[0-9]){6,16}";

  /// What may stand between "an" and "e-mail".
  static final String SMALL =
      "(?:new|quick|short|brief|little|simple|another|follow-up|small|urgent|important"
          + "|(?:high|low|top)[ -]priority) ";

  static final String ARTICLE = "(?:an? |the |one |another |one more |this |me an? |us an? |my )?";

  /// What may stand before the name of a thing that is to be sent.
  static final String OPENING = ARTICLE + "(?:" + SMALL + "){0,20}";

  /// What is to be said, in quotes, before anybody is named to say it to.
  static final String QUOTED =
      "(?:(?:the |this |a )?(?:message |text |note |words |sentence ))?(?<said>\".+\")";

  /// What introduces the words of a message.
  static final String SAYING =
      "(?:,? ?(?:(?:and|to) (?:say|tell (?:him|her|them|me|us)|let (?:him|her|them) know"
          + "|inform (?:him|her|them))(?: that)?|saying(?: that)?|that says(?: that)?|which says"
          + "|telling (?:him|her|them|me|us)(?: that)?|informing (?:him|her|them)(?: that)?"
          + "|letting (?:him|her|them) know(?: that)?|stating(?: that)?|that reads|reading"
          + "|with (?:the |this |a )?(?:text|message|body|content)(?: that)?(?: saying)?"
          + "|that)(?::| -)? | ?[:\\u2014\\u2013-] ?(?=\\S)|,? (?=\"))";

  private static final Pattern WRAPPED = Pattern.compile("(?s)\"([^\"]+)\"[.!]?|'(.+)'[.!]?");
  private static final Pattern POLITE_END =
      Pattern.compile(
          "(?i)(?:,? (?:please|thanks|thank you|thx|asap please|for me)){1,20}(?=[.!?]*$)");

  private Words() {}

  /// A pattern in which the case of letters means nothing. A group in it is repeated 20 times at
  /// most, as the matcher calls itself each time, and the text may say "please" a thousand times.
  static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  /// The named group as it was written; empty when it matched nothing.
  static String group(Matcher matcher, String name) {
    String text = matcher.group(name);
    return text == null ? "" : text.strip();
  }

  /// A line: without the quotes around it and the stop behind it, beginning with a capital.
  static String line(String text) {
    String bare = withoutPoliteEnd(text);
    Matcher wrapped = WRAPPED.matcher(bare);
    if (wrapped.matches()) {
      return capital(inside(wrapped).strip());
    }
    return capital(bare.replaceFirst("[.!?,;:]+$", "").strip());
  }

  /// A message: as it was written, but for the quotes around it; a capital first, unless quoted.
  static String message(String text) {
    String bare = withoutPoliteEnd(text);
    Matcher wrapped = WRAPPED.matcher(bare);
    return wrapped.matches() ? inside(wrapped).strip() : capital(bare);
  }

  private static String withoutPoliteEnd(String text) {
    return POLITE_END.matcher(text.strip()).replaceFirst("").strip();
  }

  private static String inside(Matcher wrapped) {
    return wrapped.group(1) == null ? wrapped.group(2) : wrapped.group(1);
  }

  static String capital(String text) {
    if (text.isEmpty() || !Character.isLetter(text.codePointAt(0))) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    String first = text.substring(0, end);
    boolean mixed = end < text.length() && Character.isUpperCase(text.charAt(end));
    return mixed ? text : first.toUpperCase(Locale.ROOT) + text.substring(end);
  }
}
