package dev.fedcore.evidence.json;

/// A JSON number: an integer within ±(2^53−1), or a finite double.
///
/// An IEEE double holds either without loss. What would be written as an integer beyond that range
/// is refused, since readers disagree about it: send such a number as a string.
///
/// @param doubleValue finite; never negative zero
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2.2">RFC 7493, section 2.2</a>
public record JsonNumber(double doubleValue) implements JsonValue {

  /// The largest integer, 2^53−1: from there on, doubles have gaps wider than one.
  public static final long INTEGER_MAX = (1L << 53) - 1;

  /// From here on, ECMAScript writes an exponent, so the literal is no integer any more.
  private static final double EXPONENT_FROM = 1e21;

  public JsonNumber {
    if (!isSafe(doubleValue)) {
      throw new IllegalArgumentException(doubleValue + " has no safe JSON form; use a string");
    }
    doubleValue += 0.0; // -0.0 becomes 0.0, as its canonical form does
  }

  public static JsonNumber of(long value) {
    if (!isSafe(value)) {
      throw new IllegalArgumentException(value + " is beyond 2^53-1; use a string");
    }
    return new JsonNumber((double) value);
  }

  public static JsonNumber of(double value) {
    return new JsonNumber(value);
  }

  /// Whether the canonical form has neither fraction nor exponent.
  public boolean isInteger() {
    return Math.abs(doubleValue) <= INTEGER_MAX && doubleValue == Math.rint(doubleValue);
  }

  /// The integer.
  ///
  /// @throws IllegalStateException when this is no integer
  public long longValue() {
    if (!isInteger()) {
      throw new IllegalStateException(doubleValue + " is not an integer");
    }
    return (long) doubleValue;
  }

  static boolean isSafe(long value) {
    return -INTEGER_MAX <= value && value <= INTEGER_MAX;
  }

  static boolean isSafe(double value) {
    double magnitude = Math.abs(value);
    boolean writtenAsInteger = magnitude < EXPONENT_FROM && magnitude == Math.rint(magnitude);
    return Double.isFinite(value) && (!writtenAsInteger || magnitude <= INTEGER_MAX);
  }
}
