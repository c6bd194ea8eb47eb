package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.Decision;
import java.util.Optional;
import java.util.regex.Pattern;

/// Orders that ask for something like one of the actions, but not for one: a reminder, a message
/// that does not say how, an address that is none.
final class UnclearReading implements Reading {

  private static final Pattern REMINDER =
      Words.pattern("^(?:remind|reminder|set (?:up )?(?:a|an) (?:reminder|alarm)|schedule)\\b.*");

  private static final Pattern NO_CHANNEL =
      Words.pattern(
          "^(?:whats ?app[.!?]*"
              + "|(?:send|forward) (?:it|this|that|them)(?: off)? to "
              + Words.ADDRESS
              + "[.!?]*"
              + "|(?:message|text|ping|notify|inform|sms|dm|contact|alert|send)"
              + "(?: (?:a |an )?(?:message|text|note|word|sms|reminder) to)? (?:"
              + Words.PHONE
              + "|him|her|them|everyone|everybody|my \\S+|our \\S+)(?![0-9]).*"
              + "|(?:e-?mail|mail) \\S*(?:@|\\(at\\)|\\[at])\\S*.*"
              + "|send "
              + Words.OPENING
              + "(?:message|text|note|reminder|report|update|invite)\\b.*)$");

  private static final Pattern NO_CHANNEL_NAME =
      Pattern.compile(
          "^(?:[Mm]essage|[Tt]ext|[Pp]ing|[Nn]otify|[Ii]nform|[Cc]ontact|[Tt]ell) [A-Z][\\p{L}'-]+ "
              + "(?:that|saying|about|to)\\b.*",
          Pattern.DOTALL);

  @Override
  public Optional<Decision> read(String order, String rest) {
    if (REMINDER.matcher(order).matches()) {
      return Optional.of(
          new Decision.Ask("There are no reminders; say: create a task to ... if a task will do."));
    }
    return NO_CHANNEL.matcher(order).matches() || NO_CHANNEL_NAME.matcher(order).matches()
        ? Optional.of(
            new Decision.Ask(
                "Say how and to whom: email and an address, or whatsapp and a phone number."))
        : Optional.empty();
  }
}
