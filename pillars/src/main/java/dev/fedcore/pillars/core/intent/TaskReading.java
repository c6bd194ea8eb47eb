package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// "Create a task to review code".
final class TaskReading implements Reading {

  private static final String TASK = "(?:tasks?|to-?dos?|to dos?|tickets?|action items?)";
  private static final String MAKE =
      "(?:create|creating|add|adding|make|making|open|opening|set up|file|log|raise|start|register"
          + "|new|put in|write down|note down|(?:i|we)(?: really)? (?:need|want)"
          + "|(?:i|we)(?:'d| would) like)";

  /// What stands before the title.
  private static final String TITLED =
      "(?: (?:for (?:me|us) to|to|for|about|on)| ?[:\\u2014\\u2013-]|,? (?:called|named|titled"
          + "|entitled"
          + "|(?:which|that) says|saying|with (?:the |a )?(?:title|name)"
          + "|that i (?:need|have) to|(?:reminding|to remind) me to))";

  private static final Pattern CREATE =
      Words.pattern(
          "^"
              + MAKE
              + " "
              + Words.ARTICLE
              + "(?:"
              + Words.SMALL
              + ")?"
              + TASK
              + "(?:(?: in| on| to) (?:my|the|our) (?:list|backlog|board|tracker))?"
              + "(?:"
              + TITLED
              + "(?:[:,]? |(?<=[:\\u2014\\u2013-]) ?)(?<title>.+)"
              + "|(?<bare>(?: later| soon| tomorrow)?[.!?]*))$");

  /// Without an article and without a word between, as people type: "add task buy milk".
  private static final Pattern TERSE =
      Words.pattern(
          "^(?:create|add|make|open|new) (?:task|to-?do|ticket) "
              + "(?!(?:list|force|manager|board|template|queue|tracker|number|name|title|later|soon"
              + "|tomorrow|now|please|is|was|has|and|or|in|on|to|for|about)\\b)(?<title>\\S+ .+)$");

  private static final Pattern ADD_TO =
      Words.pattern(
          "^(?:add|put|place|write) (?<title>.+?) (?:to|on|onto|in|into) "
              + "(?:my|the|our) (?:"
              + TASK
              + "(?: list)?|backlog)[.!?]*$");

  private static final Pattern LABEL =
      Words.pattern(
          "^(?:new )?(?:task|to-?do|ticket)(?: for (?:me|us))?(?:,? please)?"
              + " ?[:\\u2014\\u2013-] ?(?<title>.+)$");

  private static final Pattern PLURAL =
      Words.pattern(
          "^"
              + MAKE
              + " (?:(?:[0-9]+|two|three|four|five|some|several|a few|many) .*"
              + "|(?:the |new )?(?:tasks|to-?dos|tickets|action items)\\b.*)");

  private static final Pattern DESCRIBED =
      Words.pattern(
          "^(?<title>.+?)(?:[,;.]? (?:and )?(?:with|using) (?:the |a |this )?description"
              + "| and (?:the |a )?description"
              + "|[,;.] ?(?:the )?(?:description|details?|notes?)(?: is| are)?|,? described as)"
              + "(?: ?: ?| )(?<description>.+)$");

  private static final Pattern QUOTED_FIRST = Words.pattern("^\"(?<title>[^\"]+)\"(?<more>.*)$");

  private static final Pattern DESCRIPTION_SENTENCE =
      Words.pattern("^(?:(?:the |with )?(?:description|details?|notes?)(?: is| are)?) ?:? ?");

  @Override
  public Optional<Decision> read(String order, String rest) {
    if (PLURAL.matcher(order).matches()
        && Words.pattern("\\b" + TASK + "\\b").matcher(order).find()) {
      return Optional.of(new Decision.Ask("Say one task at a time."));
    }
    for (Pattern pattern : new Pattern[] {CREATE, ADD_TO, LABEL, TERSE}) {
      Matcher matcher = pattern.matcher(order);
      if (matcher.matches()) {
        return Optional.of(task(Words.group(matcher, "title"), rest));
      }
    }
    return Optional.empty();
  }

  private static Decision task(String said, String rest) {
    Matcher described = DESCRIBED.matcher(Reading.joined(said, rest));
    if (described.matches()) {
      return decision(Words.group(described, "title"), Words.group(described, "description"));
    }
    Matcher quoted = QUOTED_FIRST.matcher(said);
    if (quoted.matches() && quoted.group("more").matches("[.!?]*")) {
      return decision(quoted.group("title"), withoutLabel(rest));
    }
    return decision(said, withoutLabel(rest));
  }

  private static String withoutLabel(String rest) {
    return DESCRIPTION_SENTENCE.matcher(rest).replaceFirst("");
  }

  private static Decision decision(String title, String description) {
    return Reading.decide(
        ActionType.TASK,
        Map.of("title", Words.line(title), "description", Words.message(description)));
  }
}
