package dev.fedcore.evidence.note;

import dev.fedcore.evidence.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Names of keys, and the four bytes that tell keys of one name apart.
final class KeyName {

  static final byte ED25519 = 0x01;
  static final byte ED25519_COSIGNATURE = 0x04;

  /// Bytes of a raw Ed25519 public key.
  static final int KEY_BYTES = 32;

  private KeyName() {}

  /// Whether `name` may stand in a signature line: not empty, no space of any kind, no plus.
  static boolean isValid(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c ->
                c == '+'
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.isISOControl(c));
  }

  static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException("a key name has no spaces and no plus: \"" + name + "\"");
    }
    return name;
  }

  /// The first four bytes of the key's hash.
  static int id(String name, byte type, byte[] rawKey) {
    return ByteBuffer.wrap(hash(name, type, rawKey)).getInt();
  }

  /// `SHA-256(name || 0x0A || type || key)`.
  static byte[] hash(String name, byte type, byte[] rawKey) {
    MessageDigest digest = Sha256.start();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(type);
    return digest.digest(rawKey);
  }

  /// A public key on one line, as [NoteVerifier#parse] reads it.
  static String vkey(String name, byte type, byte[] rawKey) {
    byte[] typed = ByteBuffer.allocate(1 + KEY_BYTES).put(type).put(rawKey).array();
    return name + "+" + hex(id(name, type, rawKey)) + "+" + StrictBase64.encode(typed);
  }

  static String hex(int id) {
    return "%08x".formatted(id);
  }
}
