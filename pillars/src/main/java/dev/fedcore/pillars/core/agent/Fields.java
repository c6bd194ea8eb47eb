package dev.fedcore.pillars.core.agent;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The fields of an action, as texts.
///
/// @param texts by name
public record Fields(Map<String, String> texts) {

  /// The longest title or subject, in UTF-16 units: what a task takes.
  public static final int LINE_LENGTH_MAX = 200;

  /// The longest description or message, in UTF-16 units: what a message on WhatsApp takes.
  public static final int TEXT_LENGTH_MAX = 4_000;

  /// The longest body or prompt, in UTF-16 units: what an e-mail and a model take.
  public static final int LONG_TEXT_LENGTH_MAX = 100_000;

  /// The longest address, in characters.
  ///
  /// @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1">RFC 5321, 4.5.3.1</a>
  private static final int ADDRESS_LENGTH_MAX = 254;

  /// An address as people write it in a sentence: no quotes, no comments, a domain with a dot.
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9._%+'-]*[A-Za-z0-9_+-])?"
              + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}");

  /// E.164: a plus and 8 to 15 digits.
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{7,14}");

  public Fields {
    texts = Map.copyOf(texts);
  }

  public static Fields of(Map<String, String> texts) {
    return new Fields(texts);
  }

  /// The field of that name; empty when there is none.
  public String text(String name) {
    return texts.getOrDefault(name, "");
  }

  /// What is wrong with these as the fields of `type`, in words; empty when nothing is.
  public Optional<String> problem(ActionType type) {
    for (String name : texts.keySet()) {
      if (!type.fields().contains(name)) {
        return Optional.of("a %s has no %s".formatted(type.text(), name));
      }
    }
    for (String name : type.fields()) {
      String text = text(name);
      if (text.isBlank() && type.required().contains(name)) {
        return Optional.of("the %s is missing".formatted(name));
      }
      int lengthMax = lengthMax(name);
      if (text.length() > lengthMax) {
        return Optional.of("the %s has more than %d characters".formatted(name, lengthMax));
      }
    }
    return recipientProblem(type);
  }

  private Optional<String> recipientProblem(ActionType type) {
    String recipient = text("recipient");
    return switch (type) {
      case EMAIL ->
          isAddress(recipient)
              ? Optional.empty()
              : Optional.of("the recipient is no e-mail address");
      case WHATSAPP ->
          PHONE.matcher(recipient).matches()
              ? Optional.empty()
              : Optional.of("the recipient is no phone number with its country code");
      case TASK, AI -> Optional.empty();
    };
  }

  /// Whether the field of that name is one line.
  public static boolean isLine(String name) {
    return name.equals("title") || name.equals("subject");
  }

  private static int lengthMax(String name) {
    if (isLine(name)) {
      return LINE_LENGTH_MAX;
    }
    boolean isLong = name.equals("body") || name.equals("prompt");
    return isLong ? LONG_TEXT_LENGTH_MAX : TEXT_LENGTH_MAX;
  }

  /// Whether this is an e-mail address as people write it.
  public static boolean isAddress(String text) {
    return text.length() <= ADDRESS_LENGTH_MAX
        && !text.contains("..")
        && ADDRESS.matcher(text).matches();
  }

  /// A phone number as people write it, in the form `+` and digits; empty when it lacks its country
  /// code or is none.
  public static Optional<String> phone(String written) {
    String digits = written.replaceAll("[\\s().\\-/]", "").replaceFirst("^00", "+");
    return Optional.of(digits).filter(number -> PHONE.matcher(number).matches());
  }

  /// An object of these, by name.
  public JsonObject json() {
    var json = JsonObject.builder();
    new TreeMap<>(texts).forEach(json::put);
    return json.build();
  }
}
