package dev.fedcore.evidence.json;

/// A double as ECMAScript writes it, which is what RFC 8785 asks for: the fewest digits that read
/// back as the same double.
///
/// `Double.toString` finds these digits, with one exception: it never gives fewer than two, so a
/// two-digit result is tried once more with one.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3">RFC 8785, 3.2.2.3</a>
final class CanonicalNumber {

  /// Up to this many digits before the point, ECMAScript writes no exponent.
  private static final int PLAIN_DIGITS_MAX = 21;

  /// Down to this many zeros after the point, minus one, ECMAScript writes no exponent.
  private static final int PLAIN_ZEROS_MAX = 6;

  private CanonicalNumber() {}

  /// @throws IllegalArgumentException when `value` is infinite or not a number
  static String format(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " has no JSON form");
    }
    if (value == 0) {
      return "0";
    }
    Decimal decimal = shorter(decimal(Math.abs(value)), Math.abs(value));
    String text = layOut(decimal.digits, decimal.point);
    return value < 0 ? "-" + text : text;
  }

  /// `0.digits × 10^point`, without zeros at either end of the digits.
  private record Decimal(String digits, int point) {}

  private static Decimal decimal(double magnitude) {
    String text = Double.toString(magnitude);
    int exponentAt = text.indexOf('E');
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1));
    String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
    int dot = mantissa.indexOf('.');
    String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int from = 0;
    while (digits.charAt(from) == '0') {
      from++;
    }
    int to = digits.length();
    while (digits.charAt(to - 1) == '0') {
      to--;
    }
    return new Decimal(digits.substring(from, to), dot + exponent - from);
  }

  private static Decimal shorter(Decimal decimal, double magnitude) {
    if (decimal.digits.length() != 2) {
      return decimal;
    }
    int two = Integer.parseInt(decimal.digits);
    int one = (two + 5) / 10;
    Decimal candidate =
        one == 10
            ? new Decimal("1", decimal.point + 1)
            : new Decimal(Integer.toString(one), decimal.point);
    double readBack = Double.parseDouble("0." + candidate.digits + "E" + candidate.point);
    return readBack == magnitude ? candidate : decimal;
  }

  private static String layOut(String digits, int point) {
    int length = digits.length();
    if (length <= point && point <= PLAIN_DIGITS_MAX) {
      return digits + "0".repeat(point - length);
    }
    if (0 < point && point <= PLAIN_DIGITS_MAX) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-PLAIN_ZEROS_MAX < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String mantissa = length == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
