package dev.fedcore.evidence.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 and its one text form: 64 lower-case hexadecimal characters.
public final class Sha256 {

  /// The length of a digest, in bytes.
  public static final int BYTES = 32;

  /// The length of a digest in hexadecimal, in characters.
  public static final int HEX_LENGTH = 2 * BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private Sha256() {}

  /// The digest of `bytes`; 32 bytes.
  public static byte[] digest(byte[] bytes) {
    return start().digest(bytes);
  }

  /// The digest of `bytes` in hexadecimal.
  public static String hex(byte[] bytes) {
    return HEX.formatHex(digest(bytes));
  }

  /// A digest, or any bytes, in hexadecimal.
  public static String hexOf(byte[] digest) {
    return HEX.formatHex(digest);
  }

  /// The 32 bytes of a digest in hexadecimal.
  ///
  /// @throws IllegalArgumentException when `hex` is not 64 lower-case hexadecimal characters
  public static byte[] parseHex(String hex) {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + hex);
    }
    return HEX.parseHex(hex);
  }

  /// Whether `text` is 64 lower-case hexadecimal characters.
  public static boolean isHex(String text) {
    if (text.length() != HEX_LENGTH) {
      return false;
    }
    for (int i = 0; i < HEX_LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// A digest to feed piece by piece.
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
