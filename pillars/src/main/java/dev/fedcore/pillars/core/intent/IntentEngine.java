package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.Agent;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.intent.Request.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The built-in agent. Always has an answer. Unchangeable, so safe for use by many threads.
public final class IntentEngine implements Agent {

  /// The longest text that is read, in UTF-16 units: two printed pages. A longer one is asked back.
  public static final int TEXT_LENGTH_MAX = 8_000;

  /// In how many places of one sentence an order is looked for, as each is read to the end. Nobody
  /// says so many things at once.
  static final int PLACES_MAX = 20;

  private static final List<Reading> READINGS =
      List.of(
          new WhatsappReading(),
          new EmailReading(),
          new TaskReading(),
          new AiReading(),
          new UnclearReading());

  private static final Decision NOTHING =
      new Decision.NoWorkflow("nothing in this asks for a task, an e-mail, a WhatsApp or the AI");

  private static final Decision ONE_AT_A_TIME =
      new Decision.Ask("Say one action at a time: more than one is asked for here.");

  private static final Decision CONDITIONAL =
      new Decision.Ask("Say what to do now: actions for later or on a condition are not kept.");

  private static final Decision OWN_DUTY =
      new Decision.Ask("Say it as an order if it is to be done, such as: create a task to ...");

  /// Where an order may begin inside a sentence.
  private static final Pattern INNER =
      Words.pattern(
          "(?:[,:\\u2014\\u2013] (?:so |then |and |but |just |instead ){0,20}| so | - "
              + "| and(?: then| also)? "
              + "| then | but )(?:please |just |kindly |could you |can you |also ){0,20}"
              + "(?=(?:create|add|make|open|file|log|raise|e-?mail|mail|send|whats ?app|message"
              + "|text|notify|tell|inform|ask|shoot|drop|write|let|ping) )");

  /// When something is to be done, before what is to be done.
  private static final Pattern WHEN =
      Words.pattern(
          "^(?:tomorrow|tonight|later|(?:next|every|each) \\S+|on \\S+days?|at [0-9]\\S*"
              + "|in [0-9]+ \\S+)"
              + "(?: (?:am|pm|morning|afternoon|evening|night|noon"
              + "|at [0-9]\\S*(?: ?[ap]m)?)){0,20},? ");

  /// Words are told or talked about here, not said.
  private static final Pattern REPORTED =
      Words.pattern(
          "\\b(?:says?|said|asks?|asked|told|tells|wrote|writes|phrase|sentence|words?|means?"
              + "|mentioned|suggested|wanted|command|example|quote|reads|titled|called)\\b");

  @Override
  public String name() {
    return "intent_engine";
  }

  @Override
  public Optional<Decision> consider(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      return Optional.of(
          new Decision.Ask("Say it in at most %d characters.".formatted(TEXT_LENGTH_MAX)));
    }
    return Optional.of(decide(Sentences.of(folded(text))));
  }

  /// The same text with one kind of quotes and blanks. Line ends stay.
  private static String folded(String text) {
    return text.replaceAll("[\u201c\u201d\u201e\u00ab\u00bb]", "\"")
        .replaceAll("[\u2018\u2019]", "'")
        .replaceAll("[\\p{Zs}\\t]+", " ")
        .replaceAll(" *\\R\\s*", "\n")
        .strip();
  }

  private static Decision decide(List<String> sentences) {
    var unclear = new ArrayList<Decision>();
    for (int i = 0; i < sentences.size(); i++) {
      List<String> after = sentences.subList(i + 1, sentences.size());
      Optional<Decision> found = sentence(sentences.get(i), String.join(" ", after));
      if (found.isPresent() && found.get() instanceof Decision.Workflow workflow) {
        return after.stream().anyMatch(IntentEngine::isOrder) ? ONE_AT_A_TIME : workflow;
      }
      found.ifPresent(unclear::add);
    }
    return unclear.isEmpty() ? NOTHING : unclear.getFirst();
  }

  private static boolean isOrder(String sentence) {
    Request request = Request.of(Spelling.mended(sentence));
    return request.mood() == Mood.IMPERATIVE && order(request.words(), "").isPresent();
  }

  /// What one sentence asks for; empty when nothing.
  private static Optional<Decision> sentence(String sentence, String rest) {
    Request request = Request.of(Spelling.mended(sentence));
    return switch (request.mood()) {
      case IMPERATIVE -> {
        Optional<Decision> whole = order(request.words(), rest);
        yield whole.isPresent()
            ? whole.map(found -> alone(found, request.words()))
            : inner(request, rest);
      }
      case NEGATED -> inner(request, rest);
      case CONDITIONAL ->
          inner(request, rest)
              .or(() -> order(WHEN.matcher(request.words()).replaceFirst(""), rest))
              .map(_ -> CONDITIONAL);
      case DUTY -> duty(request.words());
      case OTHER -> Optional.empty();
    };
  }

  /// An order that stands behind something else in its sentence.
  private static Optional<Decision> inner(Request request, String rest) {
    Matcher matcher = INNER.matcher(request.words());
    int told = told(request.words());
    for (int i = 0; i < PLACES_MAX && matcher.find() && matcher.start() < told; i++) {
      Optional<Decision> found = order(request.words().substring(matcher.end()), rest);
      if (found.isPresent()) {
        boolean negatedOn = request.mood() == Mood.NEGATED && isJoined(matcher.group());
        return negatedOn ? Optional.empty() : found;
      }
    }
    return Optional.empty();
  }

  /// From where on a sentence only tells what somebody else says: behind its first quotation mark
  /// or the first word of that kind.
  private static int told(String words) {
    int quote = words.indexOf('"');
    int quoted = quote < 0 ? Integer.MAX_VALUE : quote + 1;
    Matcher reported = REPORTED.matcher(words);
    return reported.find() ? Math.min(quoted, reported.end()) : quoted;
  }

  /// Whether "do not" holds for what follows as well, as in "do not call and do not mail".
  private static boolean isJoined(String connection) {
    return Words.pattern("^ (?:and|so|then)\\b.*").matcher(connection).matches();
  }

  /// An order with another one behind it is two, and so is one with more behind it than is looked
  /// at.
  private static Decision alone(Decision found, String words) {
    Matcher matcher = INNER.matcher(words);
    int looked = 0;
    while (matcher.find()) {
      boolean open =
          words.substring(0, matcher.start()).chars().filter(c -> c == '"').count() % 2 > 0;
      boolean chained = matcher.group().contains(" and") || matcher.group().contains(" then");
      String behind = words.substring(matcher.end());
      if (!open
          && chained
          && (looked++ == PLACES_MAX
              || order(behind, "").filter(Decision.Workflow.class::isInstance).isPresent())) {
        return ONE_AT_A_TIME;
      }
    }
    return found;
  }

  /// "I need to email ops@example.org": done by whom?
  private static Optional<Decision> duty(String words) {
    String[] parts = words.split(" (?:to|must|should|might|could|may|will) | ?'ll ", 2);
    return parts.length == 2 && order(parts[1], "").isPresent()
        ? Optional.of(OWN_DUTY)
        : Optional.empty();
  }

  private static Optional<Decision> order(String words, String rest) {
    return READINGS.stream().flatMap(reading -> reading.read(words, rest).stream()).findFirst();
  }
}
