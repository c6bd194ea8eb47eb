package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// "WhatsApp +4915112345678 saying hello".
final class WhatsappReading implements Reading {

  private static final String WHATSAPP = "(?:whats ?app|wa)";
  private static final String MESSAGE = "(?: (?:message|msg|text|note))?";
  private static final String TO = "(?<to>" + Words.PHONE + ")(?![0-9])";
  private static final String VIA = " (?:on|via|over|by|through|using|in) " + WHATSAPP + MESSAGE;

  private static final List<Pattern> ORDERS =
      List.of(
          Words.pattern(
              "^"
                  + WHATSAPP
                  + MESSAGE
                  + "(?: to)?(?: (?:the|this))?(?: number)? "
                  + TO
                  + "(?<more>.*)$"),
          Words.pattern(
              "^(?:send|write|shoot|drop) "
                  + Words.OPENING
                  + WHATSAPP
                  + MESSAGE
                  + "(?: over)? to (?:(?:the|this) number )?"
                  + TO
                  + "(?<more>.*)$"),
          Words.pattern(
              "^(?:send|write|shoot|drop) (?:to )?"
                  + TO
                  + " "
                  + Words.OPENING
                  + WHATSAPP
                  + MESSAGE
                  + "(?<more>.*)$"),
          Words.pattern(
              "^(?:message|text|ping|notify|tell|inform|write to|write|contact|msg|let) "
                  + TO
                  + "(?: know)?"
                  + VIA
                  + "(?<more>.*)$"),
          Words.pattern(
              "^(?:send|write|drop) "
                  + Words.OPENING
                  + "(?:message|text|note|msg|line) to "
                  + TO
                  + VIA
                  + "(?<more>.*)$"),
          Words.pattern(
              "^(?:message|text|ping|notify|tell|inform|let|send) "
                  + TO
                  + "(?: know)?"
                  + "(?<more>.+?)"
                  + VIA
                  + "[.!?]*$"),
          Words.pattern(
              "^(?:send|write|drop) "
                  + Words.QUOTED
                  + " to (?:(?:the|this) number )?"
                  + TO
                  + VIA
                  + "[.!?]*$"),
          Words.pattern(
              "^(?:send|write|drop) "
                  + Words.OPENING
                  + WHATSAPP
                  + MESSAGE
                  + "(?<more>.+?),? to "
                  + TO
                  + "[.!?]*$"));

  private static final Pattern ABOUT_WHATSAPP =
      Words.pattern(
          "^(?:"
              + WHATSAPP
              + " (?:him|her|them|me|us|everyone|my|our|the (?!app\\b)[a-z]+|\\+?[0-9]"
              + ")\\b(?! (?:is|was|has)\\b).*|(?:send|write|drop|shoot) .*\\b"
              + WHATSAPP
              + "\\b.*"
              + "|(?:message|text|ping|notify|tell|inform|contact) .*\\b"
              + WHATSAPP
              + "\\b.*)$");

  private static final Pattern WHATSAPP_NAME =
      Pattern.compile(
          "^[Ww]hats[Aa]pp [A-Z][\\p{L}'-]+\\b(?! (?:is|was|has|Web|Business)\\b).*",
          Pattern.DOTALL);

  @Override
  public Optional<Decision> read(String order, String rest) {
    for (Pattern pattern : ORDERS) {
      Matcher matcher = pattern.matcher(order);
      if (matcher.matches()) {
        return Optional.of(whatsapp(matcher, rest));
      }
    }
    boolean unclear =
        ABOUT_WHATSAPP.matcher(order).matches() || WHATSAPP_NAME.matcher(order).matches();
    return unclear
        ? Optional.of(Reading.decide(ActionType.WHATSAPP, Map.of("message", "?")))
        : Optional.empty();
  }

  private static Decision whatsapp(Matcher matcher, String rest) {
    String to = Fields.phone(Words.group(matcher, "to")).orElse("");
    if (matcher.namedGroups().containsKey("said")) {
      String said = Words.message(Words.group(matcher, "said"));
      return decision(to, said);
    }
    String more = matcher.group("more").stripTrailing().replaceFirst("^[.;!]+ ?", "");
    if (Words.pattern("^(?:,| and|,? or| &) ?" + Words.PHONE).matcher(more).find()) {
      return new Decision.Ask("Say one recipient at a time.");
    }
    return decision(to, MessageParts.of(Reading.joined(more, rest)).message());
  }

  private static Decision decision(String to, String message) {
    return Reading.decide(ActionType.WHATSAPP, Map.of("recipient", to, "message", message));
  }
}
