package dev.fedcore.server.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The text of an API key: `fck_<id>_<secret>_<crc>`. The checksum lets a scanner tell a leaked key
/// from noise, and a typing error from a revoked key, without asking anybody.
///
/// @param id under which the key is listed; no secret
/// @param text the whole key
public record KeyText(String id, String text) {

  /// What every key begins with.
  static final String PREFIX = "fck_";

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;

  /// 43 letters of 62 are 256 bits.
  private static final int SECRET_LENGTH = 43;

  private static final int PARTS = 4;

  /// Draws a new key.
  ///
  /// @param random must be a secure one
  public static KeyText draw(RandomGenerator random) {
    String id = letters(random, ID_LENGTH);
    String body = PREFIX + id + "_" + letters(random, SECRET_LENGTH);
    return new KeyText(id, body + "_" + checksum(body));
  }

  /// Reads a key. Empty if it is none, or was mistyped.
  static Optional<KeyText> parse(String text) {
    String[] parts = text.split("_", -1);
    boolean shaped =
        parts.length == PARTS
            && text.startsWith(PREFIX)
            && parts[1].length() == ID_LENGTH
            && parts[2].length() == SECRET_LENGTH;
    if (!shaped) {
      return Optional.empty();
    }
    String body = text.substring(0, text.lastIndexOf('_'));
    return checksum(body).equals(parts[3])
        ? Optional.of(new KeyText(parts[1], text))
        : Optional.empty();
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static String letters(RandomGenerator random, int length) {
    var letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }
}
