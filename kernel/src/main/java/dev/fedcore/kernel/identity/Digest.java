package dev.fedcore.kernel.identity;

/// A SHA-256 value, as 64 lower-case hexadecimal digits.
///
/// The kernel compares digests and passes them on; it never computes one.
public record Digest(String hex) {

  /// How many hexadecimal digits a SHA-256 value has.
  public static final int HEX_DIGITS = 64;

  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("a digest has 64 lower-case hex digits, got " + hex);
    }
  }

  private static boolean isHex(String text) {
    if (text.length() != HEX_DIGITS) {
      return false;
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return hex;
  }
}
