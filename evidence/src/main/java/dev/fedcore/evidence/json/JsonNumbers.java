package dev.fedcore.evidence.json;

import java.util.regex.Pattern;

/// Reads number literals, and refuses those that would not come back as they went in.
final class JsonNumbers {

  private static final Pattern LITERAL =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final Pattern NON_ZERO_MANTISSA = Pattern.compile("[-0.]*[1-9].*");

  /// Digits that a `long` holds whatever they are.
  private static final int LONG_DIGITS = 18;

  private JsonNumbers() {}

  static JsonNumber parse(JsonCursor cursor) {
    String literal = cursor.numberCharacters();
    if (literal.isEmpty()) {
      throw cursor.unexpected(cursor.atEnd() ? "a value is missing" : "no value begins like this");
    }
    if (literal.length() > JsonLimits.NUMBER_LENGTH_MAX) {
      throw cursor.unexpected(
          "a number of more than %d characters; send it as a string"
              .formatted(JsonLimits.NUMBER_LENGTH_MAX));
    }
    if (isShortInteger(literal)) {
      return JsonNumber.of(integer(literal, cursor));
    }
    var matcher = LITERAL.matcher(literal);
    if (!matcher.matches()) {
      throw cursor.unexpected("\"" + literal + "\" is not a JSON number");
    }
    return number(literal, cursor);
  }

  private static boolean isShortInteger(String literal) {
    if (literal.length() > LONG_DIGITS || literal.charAt(0) < '1' || literal.charAt(0) > '9') {
      return false;
    }
    for (int i = 1; i < literal.length(); i++) {
      if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long integer(String literal, JsonCursor cursor) {
    long value = Long.parseLong(literal);
    if (!JsonNumber.isSafe(value)) {
      throw tooLarge(literal, cursor);
    }
    return value;
  }

  private static JsonNumber number(String literal, JsonCursor cursor) {
    double value = Double.parseDouble(literal);
    if (Double.isInfinite(value)) {
      throw cursor.unexpected(literal + " is larger than any double; send it as a string");
    }
    if (value == 0 && isNonZero(literal)) {
      throw cursor.unexpected(literal + " would become 0; send it as a string");
    }
    boolean integerLiteral = literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    if (!JsonNumber.isSafe(value) || (integerLiteral && Math.abs(value) > JsonNumber.INTEGER_MAX)) {
      throw tooLarge(literal, cursor);
    }
    return JsonNumber.of(value);
  }

  private static boolean isNonZero(String literal) {
    return NON_ZERO_MANTISSA.matcher(literal.split("[eE]", 2)[0]).matches();
  }

  private static JsonCursor.Unexpected tooLarge(String literal, JsonCursor cursor) {
    return cursor.unexpected(
        literal + " is an integer beyond 2^53-1, which readers round; send it as a string");
  }
}
