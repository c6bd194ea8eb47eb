package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// "Email ops@example.org that the build is red".
final class EmailReading implements Reading {

  /// The longest subject that is made from a message, in characters: what a list of letters shows.
  private static final int SUBJECT_LENGTH_MAX = 60;

  private static final String MAIL = "(?:e-?mails?|mails?)";
  private static final String SEND =
      "(?:send|sending|write|writing|shoot|drop|fire off|compose|dispatch)(?: off| out)? ";
  private static final String TO = "<?(?<to>" + Words.ADDRESS + ")>?";

  private static final List<Pattern> ORDERS =
      List.of(
          Words.pattern("^(?:" + MAIL + "|e-?mailing|mailing) (?:to )?" + TO + "(?<more>.*)$"),
          Words.pattern(
              "^"
                  + SEND
                  + Words.OPENING
                  + MAIL
                  + "(?: message)? (?:over )?to "
                  + TO
                  + "(?<more>.*)$"),
          Words.pattern("^" + SEND + "(?:to )?" + TO + " " + Words.OPENING + MAIL + "(?<more>.*)$"),
          Words.pattern(
              "^"
                  + SEND
                  + Words.OPENING
                  + "(?:message|note|word|update|line|reminder) to "
                  + TO
                  + "(?: (?:by|via|through|over) "
                  + MAIL
                  + ")?(?<more>.*)$"),
          Words.pattern("^(?:send|write)(?: to)? " + TO + "(?<more> (?:that|saying|to say) .*)$"),
          Words.pattern(
              "^(?:notify|inform|tell|alert|message|contact|ping|update|write to|remind|let) "
                  + TO
                  + "(?: know)?(?: (?:by|via|through|over) "
                  + MAIL
                  + ")?(?: know)?(?<more>.*)$"),
          Words.pattern("^" + SEND + Words.OPENING + MAIL + "(?<more>.+?),? to " + TO + "[.!?]*$"),
          Words.pattern(
              "^"
                  + SEND
                  + Words.OPENING
                  + MAIL
                  + "(?<before>(?: with| about| regarding) [^@]+?),? to "
                  + TO
                  + "(?<more>(?:,? (?:saying|that|telling|stating)|:) .+)$"),
          Words.pattern(
              "^(?:send|write) "
                  + Words.QUOTED
                  + " to "
                  + TO
                  + " (?:by|via|through|over|as|in)(?: an?)? "
                  + MAIL
                  + "[.!?]*$"));

  private static final Pattern ABOUT_MAIL =
      Words.pattern(
          "^(?:"
              + SEND
              + Words.OPENING
              + MAIL
              + "\\b.*"
              + "|(?:"
              + MAIL
              + ") (?:him|her|them|me|us|everyone|everybody|all|my|our|the|this"
              + "|that|it|back)\\b(?! (?:is|was|are|has)\\b).*"
              + "|"
              + SEND
              + "(?:him|her|them|me|us|everyone|my \\S+|our \\S+|the \\S+|\\S+) "
              + Words.OPENING
              + MAIL
              + "\\b.*"
              + "|draft "
              + Words.ARTICLE
              + MAIL
              + "\\b.*)$");

  /// A name is told from other words by its capital.
  private static final Pattern MAIL_NAME =
      Pattern.compile(
          "^(?:[Ee]-?mail|[Mm]ail) [A-Z][\\p{L}'-]+\\b(?! (?:is|was|are|has|were)\\b).*",
          Pattern.DOTALL);

  private static final Pattern ADDRESSES = Words.pattern(Words.ADDRESS);

  @Override
  public Optional<Decision> read(String order, String rest) {
    for (Pattern pattern : ORDERS) {
      Matcher matcher = pattern.matcher(order);
      if (matcher.matches()) {
        return Optional.of(email(matcher, rest));
      }
    }
    boolean unclear = ABOUT_MAIL.matcher(order).matches() || MAIL_NAME.matcher(order).matches();
    return unclear ? Optional.of(Reading.decide(ActionType.EMAIL, Map.of())) : Optional.empty();
  }

  private static Decision email(Matcher matcher, String rest) {
    String to = Words.group(matcher, "to").replaceFirst("[.,;:!?]+$", "");
    if (matcher.namedGroups().containsKey("said")) {
      return decision(to, "", Words.message(Words.group(matcher, "said")));
    }
    boolean isParted = matcher.namedGroups().containsKey("before");
    String more =
        (isParted ? matcher.group("before") : "")
            + matcher.group("more").stripTrailing().replaceFirst("^[.;!]+ ?", "");
    if (Words.pattern("^(?:,| and|,? or| &| cc|;) ?" + Words.ADDRESS).matcher(more).find()) {
      return new Decision.Ask("Say one recipient at a time.");
    }
    MessageParts parts = MessageParts.of(Reading.joined(more, rest));
    String body = parts.message();
    if (body.isEmpty() && !parts.subject().isEmpty() && !rest.isEmpty()) {
      MessageParts first = MessageParts.of(more);
      body = first.message().isEmpty() ? Words.message(rest) : first.message();
      parts = first.subject().isEmpty() ? parts : first;
    }
    return decision(to, parts.subject(), body);
  }

  private static Decision decision(String to, String said, String body) {
    String subject = said.isEmpty() ? subjectOf(body) : said;
    String recipient = Fields.isAddress(to) ? to : "";
    return Reading.decide(
        ActionType.EMAIL, Map.of("recipient", recipient, "subject", subject, "body", body));
  }

  /// The first sentence of a message, cut at a word.
  static String subjectOf(String body) {
    List<String> sentences = Sentences.of(body);
    String first = sentences.isEmpty() ? "" : Words.line(sentences.getFirst());
    if (first.length() <= SUBJECT_LENGTH_MAX) {
      return first;
    }
    int cut = first.lastIndexOf(' ', SUBJECT_LENGTH_MAX);
    return first.substring(0, cut > 0 ? cut : SUBJECT_LENGTH_MAX).strip() + "...";
  }

  /// How many addresses a text holds.
  static long addresses(String text) {
    return ADDRESSES.matcher(text).results().count();
  }
}
