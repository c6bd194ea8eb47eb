package dev.fedcore.evidence.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// SHA-256 and its one text form: 64 lower-case hexadecimal characters.
public final class Sha256 {

  /// The length of a digest, in bytes.
  public static final int BYTES = 32;

  /// The length of a digest in hexadecimal, in characters.
  public static final int HEX_LENGTH = 2 * BYTES;

  private static final HexFormat HEX = HexFormat.of();

  /// Copied for each use, which is cheaper than asking the providers again.
  private static final MessageDigest FRESH = fresh();

  /// Which ASCII characters are no lower-case hexadecimal digits. Hashes are checked so often that
  /// a branch for each character shows.
  private static final byte[] WRONG = wrong();

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
    int wrong = 0;
    for (int i = 0; i < HEX_LENGTH; i++) {
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

  /// A digest to feed piece by piece.
  public static MessageDigest start() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException _) {
      return fresh();
    }
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
