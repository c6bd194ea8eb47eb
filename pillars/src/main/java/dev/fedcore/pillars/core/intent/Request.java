package dev.fedcore.pillars.core.intent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A sentence without the words that make it polite, and what kind of sentence it is.
///
/// @param words the request itself
record Request(Mood mood, String words) {

  /// How something is said.
  enum Mood {
    /// It may be an order.
    IMPERATIVE,
    /// Not to be done.
    NEGATED,
    /// To be done if or when something happens.
    CONDITIONAL,
    /// The user's own duty or wish, which may or may not be meant as an order.
    DUTY,
    /// A question, or something that is told.
    OTHER
  }

  private static final Pattern GREETING =
      Words.pattern(
          "^(?:(?:hey|hi|hello|ok|okay|so|well|now|then|also|and|great|thanks|thank you|right|yes"
              + "|alright|good morning|good afternoon|quick one|instead|first"
              + "|next(?! (?:week|month|quarter|year|\\S+day)\\b)|finally|oh)"
              + "(?: there| core| team| bot| assistant)?(?:[,:!.-]+ ?| (?=\\S))){1,8}");

  private static final Pattern POLITE =
      Words.pattern(
          "^(?:(?:please|pls|kindly|just|go ahead and|let's|let us|be so kind as to|feel free to"
              + "|make sure (?:to|you)|do me a favou?r and|would you mind|help me(?: to)?|also"
              + "|(?:could|can|would|will) you(?: please| kindly| maybe| also| just| perhaps){0,20}"
              + "|can we (?:please )?|may i ask you to|i(?:'d| would) like (?:you )?to"
              + "|i(?: just)? (?:want|need|wish) you to|i(?: just)? (?:want|wish) to"
              + "|i(?:'d| would) (?:love|appreciate it if) you (?:to|could)"
              + "|i think (?:that )?you (?:should|could)"
              + "|it would be (?:great|nice|good) if you could)[, ]+){1,8}");

  private static final Pattern NEGATION =
      Words.pattern(
          "^(?:please )?(?:do ?n[o']?t|don't|do not|never|no need to|there is no need to"
              + "|there's no need to|stop|cancel|forget|avoid|skip|refrain from|under no"
              + " circumstances|you (?:should|must|need) ?n[o']t|you don't (?:need|have) to"
              + "|i (?:do not|don't|did not|didn't) (?:want|need|ask|wish)|i'd rather (?:you )?n"
              + "|i would rather (?:you )?n|no,? |not |hold off|abort|nobody|let's not)\\b.*");

  private static final Pattern CONDITION =
      Words.pattern(
          "^(?:if|when|whenever|once|unless|until|as soon as|every|each|in case|after|before"
              + "|should (?:the|any|anything)|provided|on (?:monday|tuesday|wednesday|thursday"
              + "|friday|saturday|sunday)s?|at [0-9]+|in [0-9]+|tomorrow|tonight|later"
              + "|next (?:week|month|quarter|year|\\S+day))\\b.*");

  private static final Pattern DUTY =
      Words.pattern(
          "^(?:i|we|you|someone|somebody|he|she|they) "
              + "(?:(?:really|probably|still|just) )?"
              + "(?:needs? to|have to|has to|have got to|must|should|ought to|might|could|may"
              + "|was going to"
              + "|were going to|plan to|am going to|will|'ll) .*");

  private static final Pattern CAPABILITY =
      Words.pattern(
          "^(?:(?:can|could) you (?:even |also |actually )?(?:create|send|make|add|write|do|use)"
              + " (?:e-?mails?|mails?|tasks|tickets|whatsapps?|whatsapp messages|messages|ai)"
              + "(?: too| as well| for me)? ?\\?|are you able to|do you|is it possible).*");

  /// "Creating a task took ages" tells; "would you mind creating a task" asks.
  private static final Pattern GERUND =
      Words.pattern(
          "^(?:creating|adding|making|opening|e-?mailing|mailing|sending|writing|whatsapping"
              + "|messaging|asking|telling|texting)\\b.*");

  private static final Pattern MIND = Words.pattern("\\bmind\\b");

  private static final Pattern QUESTION =
      Words.pattern(
          "^(?:how|what|why|who|whom|whose|where|which|did|does|do you|is|are|was|were|has"
              + "|have (?:i|you|we|they|any|all)"
              + "|had|should (?:i|we)|can (?:i|anyone|it|they)|could (?:i|we)|may i (?!ask)|shall"
              + "|would it|will (?:the|it|they)|what's|who's|how's|am i)\\b.*");

  static Request of(String sentence) {
    String words = GREETING.matcher(sentence.strip()).replaceFirst("").strip();
    if (CAPABILITY.matcher(words).matches()) {
      return new Request(Mood.OTHER, words);
    }
    if (NEGATION.matcher(words).matches()) {
      return new Request(Mood.NEGATED, words);
    }
    if (CONDITION.matcher(words).matches()) {
      return new Request(Mood.CONDITIONAL, words);
    }
    Matcher polite = POLITE.matcher(words);
    if (polite.find()) {
      return afterPoliteness(words.substring(polite.end()), polite.group());
    }
    if (DUTY.matcher(words).matches()) {
      return new Request(Mood.DUTY, words);
    }
    boolean isTold = QUESTION.matcher(words).matches() || GERUND.matcher(words).matches();
    return new Request(isTold ? Mood.OTHER : Mood.IMPERATIVE, words);
  }

  private static Request afterPoliteness(String rest, String politeness) {
    if (MIND.matcher(politeness).find() && GERUND.matcher(rest).matches()) {
      return new Request(Mood.IMPERATIVE, rest.replaceFirst(" ?\\?+$", ""));
    }
    Request inner = of(rest);
    boolean asked = Words.pattern("(?:could|can|would|will) (?:you|we)").matcher(politeness).find();
    String words = asked ? inner.words.replaceFirst(" ?\\?+$", "") : inner.words;
    return new Request(inner.mood, words);
  }
}
