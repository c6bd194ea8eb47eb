package dev.fedcore.kernel.identity;

import java.util.Arrays;

/// A SHA-256 value, as 64 lower-case hexadecimal digits.
///
/// The kernel compares digests and passes them on; it never computes one.
public record Digest(String hex) {

  /// How many hexadecimal digits a SHA-256 value has.
  public static final int HEX_DIGITS = 64;

  /// Which ASCII characters are no lower-case hexadecimal digits. Hashes are checked so often that
  /// a branch for each character shows.
  private static final byte[] WRONG = wrong();

  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("a digest has 64 lower-case hex digits, got " + hex);
    }
  }

  private static boolean isHex(String text) {
    if (text.length() != HEX_DIGITS) {
      return false;
    }
    int wrong = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = text.charAt(i);
      wrong |= (c >>> 7) | WRONG[c & 0x7f];
    }
    return wrong == 0;
  }

  private static byte[] wrong() {
    var wrong = new byte[128];
    Arrays.fill(wrong, (byte) 1);
    "0123456789abcdef".chars().forEach(c -> wrong[c] = 0);
    return wrong;
  }

  @Override
  public String toString() {
    return hex;
  }
}
