package dev.fedcore.pillars.core.intent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What follows the recipient in an order to send something: a subject, a message, or both.
record MessageParts(String subject, String message) {

  private static final String SUBJECT =
      "(?:,? ?(?:with |and )?(?:the |a )?(?:subject|title)(?: line)?(?: is)?(?: ?: ?| ))";

  private static final String BODY =
      "(?:,? ?(?:and |with ){0,20}(?:the |a )?(?:body|text|message|content)"
          + "(?: is| saying| that says)?(?: ?: ?| ))";

  /// "with subject X and body Y", the subject in quotes or up to the word that begins the body.
  private static final Pattern SUBJECT_FIRST =
      Words.pattern(
          "^"
              + SUBJECT
              + "(?:\"(?<quoted>[^\"]+)\"|(?<subject>.+?))"
              + "(?:(?:[,.;]? ?"
              + BODY
              + "|[,.;]? ?"
              + Words.SAYING
              + ")(?<message>.+))?$");

  private static final Pattern BODY_THEN_SUBJECT =
      Words.pattern(
          "^(?:"
              + Words.SAYING
              + "|"
              + BODY
              + ")(?:\"(?<message>[^\"]+)\"|(?<plain>.+?))"
              + ",? (?:and |with ){1,20}(?:the |a )?subject(?: line)?(?: ?: ?| )(?<subject>.+)$");

  private static final Pattern ABOUT =
      Words.pattern(
          "^,? ?(?:about|regarding|re:?|on the subject of|concerning) "
              + "(?<subject>.+?)(?:(?:,? ?(?:saying|telling (?:him|her|them)|to say|and say"
              + "|stating|with (?:the )?(?:body|text|message))(?: that)?| ?:| [\\u2014\\u2013-])"
              + " (?<message>.+))?$");

  private static final Pattern SAYING = Words.pattern("^" + Words.SAYING + "(?<message>.+)$");

  private static final Pattern TO_DO =
      Words.pattern(
          "^,? ?(?:asking|to ask|and ask|reminding|to remind|and remind|inviting)"
              + " (?:(?:him|her|them|me|us) )?(?:to )?(?<message>.+)$");

  /// Reads what follows the recipient. What is not found is empty.
  static MessageParts of(String text) {
    for (Pattern pattern : new Pattern[] {BODY_THEN_SUBJECT, SUBJECT_FIRST, ABOUT, SAYING, TO_DO}) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return parts(matcher);
      }
    }
    return new MessageParts("", "");
  }

  private static MessageParts parts(Matcher matcher) {
    var groups = matcher.namedGroups();
    String subject = either(matcher, groups.containsKey("quoted") ? "quoted" : "", "subject");
    String message = either(matcher, groups.containsKey("plain") ? "plain" : "", "message");
    return new MessageParts(Words.line(subject), Words.message(message));
  }

  private static String either(Matcher matcher, String first, String second) {
    String found = first.isEmpty() ? "" : Words.group(matcher, first);
    boolean named = matcher.namedGroups().containsKey(second);
    return found.isEmpty() && named ? Words.group(matcher, second) : found;
  }
}
