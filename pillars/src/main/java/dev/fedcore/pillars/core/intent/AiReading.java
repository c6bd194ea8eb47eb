package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// "Ask the AI to summarize this text: ...".
final class AiReading implements Reading {

  private static final String MODEL =
      "(?:the |an |our )?(?:ai|a\\.i\\.|llm|gpt|chat ?gpt|language model|(?:ai )?model"
          + "|ai assistant)";

  private static final Pattern ASK =
      Words.pattern(
          "^(?:ask|query|prompt|have|get|let|tell|use|run|call)(?: with)? "
              + MODEL
              + "(?:,? (?:to|about|for)(?=\\s)|(?: with(?:(?: the)? prompt)?)? ?:|,)?"
              + " (?<prompt>.+)$");

  private static final Pattern ADDRESSED =
      Words.pattern("^" + MODEL + "[,:] ?(?:please )?(?<prompt>.+)$");

  private static final Pattern WITH =
      Words.pattern(
          "^(?<prompt>(?:generate|write|draft|summari[sz]e|translate|create|explain|produce|compose"
              + "|rewrite|analy[sz]e|classify|suggest|brainstorm) .+?),? (?:with|using|via|through)"
              + " "
              + MODEL
              + "[.!?]*$");

  private static final Pattern TEXT_WORK =
      Words.pattern(
          "^(?:summari[sz]e|translate|paraphrase|rephrase|rewrite|proofread)\\b"
              + ".*(?::|\"| into | to )"
              + ".*$");

  private static final Pattern BARE =
      Words.pattern(
          "^(?:(?:ask|query|prompt|use|call) "
              + MODEL
              + "|(?:summari[sz]e|translate|paraphrase|rephrase|rewrite|proofread)"
              + " (?:this|that|it|the \\S+|my \\S+)(?: (?:text|document|paragraph|article))?)"
              + "[.!?]*$");

  @Override
  public Optional<Decision> read(String order, String rest) {
    if (BARE.matcher(order).matches() && rest.isEmpty()) {
      return Optional.of(Reading.decide(ActionType.AI, Map.of()));
    }
    for (Pattern pattern : new Pattern[] {ASK, ADDRESSED, WITH}) {
      Matcher matcher = pattern.matcher(order);
      if (matcher.matches()) {
        return Optional.of(prompt(Words.group(matcher, "prompt"), rest));
      }
    }
    return TEXT_WORK.matcher(order).matches() ? Optional.of(prompt(order, rest)) : Optional.empty();
  }

  private static Decision prompt(String words, String rest) {
    return Reading.decide(
        ActionType.AI, Map.of("prompt", Words.message(Reading.joined(words, rest))));
  }
}
