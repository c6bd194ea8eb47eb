package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/// What stands in a hashed document in the place of a person's name or words: it binds to the value
/// and says nothing of it. Whoever has value and salt can show that it is the one; once the salt is
/// gone, nobody can, and no guess can be tried.
///
/// Written as `sealed:` and 43 characters of base64url without padding: 32 bytes, SHA-256 of
/// `fedcore/commit/v1`, a zero byte, the salt (32 bytes) and the value as canonical JSON.
public final class Commitment {

  /// What every commitment begins with, and no actor's name.
  public static final String PREFIX = "sealed:";

  /// The length of a salt, in bytes.
  public static final int SALT_BYTES = 32;

  /// A commitment wherever it stands in a text.
  public static final Pattern ANYWHERE = Pattern.compile("sealed:[A-Za-z0-9_-]{43}");

  private static final byte[] DOMAIN = "fedcore/commit/v1\0".getBytes(StandardCharsets.US_ASCII);

  private Commitment() {}

  /// The commitment to `value`.
  ///
  /// @param salt 32 secret bytes
  /// @throws IllegalArgumentException if the salt has another length
  public static String of(byte[] salt, String value) {
    return ofCanonical(salt, canonical(value));
  }

  /// The commitment to any JSON value.
  ///
  /// @param salt 32 secret bytes
  /// @param canonical the value as canonical JSON (RFC 8785)
  /// @throws IllegalArgumentException if the salt has another length
  public static String ofCanonical(byte[] salt, byte[] canonical) {
    byte[] hash = digest(salt, canonical);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /// The 32 bytes of the commitment to any canonical JSON.
  ///
  /// @throws IllegalArgumentException if the salt has another length
  static byte[] digest(byte[] salt, byte[] canonical) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has 32 bytes, got " + salt.length);
    }
    MessageDigest digest = Sha256.start();
    digest.update(DOMAIN);
    digest.update(salt);
    return digest.digest(canonical);
  }

  /// The bytes that a value is committed to: a canonical JSON string.
  public static byte[] canonical(String value) {
    return new CanonicalWriter().string(value).toBytes();
  }

  /// Whether `text` is a commitment and nothing else.
  public static boolean is(String text) {
    return text.startsWith(PREFIX) && ANYWHERE.matcher(text).matches();
  }
}
