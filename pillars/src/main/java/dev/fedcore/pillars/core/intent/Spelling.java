package dev.fedcore.pillars.core.intent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Mends the words that make an order where they are typed wrong: "creat a taks to", "emial".
///
/// Only the first words of a sentence are looked at, up to the one that begins what is to be
/// written or whom it is for, so that what a user wants to say to others stays as it is. A word is
/// mended only if one slip makes it out of exactly one that we know: a letter too many, too few or
/// wrong, or two in each other's place.
final class Spelling {

  /// How far an order reaches at most, in words: "could you please create a new quick task to".
  private static final int WORDS_MAX = 9;

  /// Long enough that one slip seldom makes one English word of another.
  private static final List<String> KNOWN =
      List.of("create", "email", "whatsapp", "ticket", "message", "please");

  /// English words that are one slip away from one of these.
  private static final Set<String> OTHERS =
      Set.of(
          "crate",
          "created",
          "creates",
          "emails",
          "massage",
          "messages",
          "tickets",
          "thicket",
          "wicket",
          "picket",
          "lease",
          "pleased",
          "pleases");

  /// Words too short for that rule, and what is typed on purpose.
  private static final Map<String, String> SHORT =
      Map.of(
          "taks", "task",
          "tsak", "task",
          "taskk", "task",
          "aks", "ask",
          "snd", "send",
          "sned", "send",
          "plz", "please",
          "u", "you");

  /// A word that is all letters, and the blanks behind it.
  private static final Pattern WORD = Pattern.compile("([\\p{L}]+)([,]?\\s+|[.!?]*$)");

  /// Behind these stands what is to be written, or whom it is for.
  private static final Set<String> ENDS =
      Set.of("to", "that", "saying", "about", "for", "called", "titled", "named", "into");

  private Spelling() {}

  /// The same sentence with the words of its order mended.
  static String mended(String sentence) {
    var mended = new StringBuilder();
    Matcher word = WORD.matcher(sentence);
    int at = 0;
    for (int i = 0; i < WORDS_MAX && word.find() && word.start() == at; i++) {
      String text = word.group(1);
      if (ENDS.contains(text.toLowerCase(Locale.ROOT))) {
        break;
      }
      mended.append(mend(text)).append(word.group(2));
      at = word.end();
    }
    return mended.append(sentence, at, sentence.length()).toString();
  }

  private static String mend(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (OTHERS.contains(lower) || KNOWN.contains(lower)) {
      return word;
    }
    String meant =
        KNOWN.stream()
            .filter(known -> isOneSlip(lower, known))
            .findFirst()
            .orElseGet(() -> SHORT.getOrDefault(lower, lower));
    boolean isCapital = Character.isUpperCase(word.charAt(0));
    return meant.equals(lower) ? word : isCapital ? Words.capital(meant) : meant;
  }

  /// Whether one slip makes `typed` out of `meant`. The first letter is seldom the wrong one.
  private static boolean isOneSlip(String typed, String meant) {
    int longer = typed.length() - meant.length();
    if (Math.abs(longer) > 1 || typed.charAt(0) != meant.charAt(0)) {
      return false;
    }
    int i = 0;
    while (i < Math.min(typed.length(), meant.length()) && typed.charAt(i) == meant.charAt(i)) {
      i++;
    }
    String typedRest = typed.substring(i);
    String meantRest = meant.substring(i);
    return switch (longer) {
      case 1 -> typedRest.substring(1).equals(meantRest);
      case -1 -> meantRest.substring(1).equals(typedRest);
      default ->
          !typedRest.isEmpty()
              && (typedRest.substring(1).equals(meantRest.substring(1))
                  || isSwapped(typedRest, meantRest));
    };
  }

  private static boolean isSwapped(String typed, String meant) {
    return typed.length() > 1
        && typed.charAt(0) == meant.charAt(1)
        && typed.charAt(1) == meant.charAt(0)
        && typed.substring(2).equals(meant.substring(2));
  }
}
