package dev.fedcore.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Cosigns checkpoints with one Ed25519 key: says that, at some time, a log's largest consistent
/// tree was this one. Whether that is so is for the caller to know. Safe for several threads.
///
/// @see <a href="https://c2sp.org/tlog-cosignature">C2SP tlog-cosignature, "cosignature/v1"</a>
public final class Cosigner {

  private final String name;
  private final Ed25519Pair key;

  private Cosigner(String name, Ed25519Pair key) {
    this.name = KeyName.require(name);
    this.key = key;
  }

  /// A cosigner with a new key, from the platform's strong random numbers.
  ///
  /// @param name of the witness, such as a URL without scheme
  public static Cosigner generate(String name) {
    return new Cosigner(name, Ed25519Pair.generate());
  }

  /// A cosigner with a key that was kept.
  ///
  /// @param pkcs8 PKCS #8 in DER, as [#pkcs8()] gave it
  /// @throws IllegalArgumentException when that is no Ed25519 private key, or no key has that name
  public static Cosigner fromPkcs8(String name, byte[] pkcs8) {
    return new Cosigner(name, Ed25519Pair.fromPkcs8(pkcs8));
  }

  /// The private key, PKCS #8 in DER. Keep it secret.
  public byte[] pkcs8() {
    return key.pkcs8();
  }

  public String name() {
    return name;
  }

  /// The public key as a line that [NoteVerifier#parse] reads.
  public String verifierKey() {
    return KeyName.vkey(name, KeyName.ED25519_COSIGNATURE, key.rawPublicKey());
  }

  /// The signature line over a checkpoint; ends in a newline.
  ///
  /// @param text of the checkpoint's note, extension lines included
  /// @param time to the second; not before 1970
  public String cosign(String text, Instant time) {
    Note.requireText(text);
    long seconds = time.getEpochSecond();
    if (seconds < 0) {
      throw new IllegalArgumentException("a cosignature's time is not before 1970: " + time);
    }
    byte[] signature = key.sign(message(text, seconds).getBytes(StandardCharsets.UTF_8));
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array();
    int keyId = KeyName.id(name, KeyName.ED25519_COSIGNATURE, key.rawPublicKey());
    return Note.SignatureLine.of(name, keyId, timed).text();
  }

  /// What is signed: the kind of signature, its time, and the checkpoint.
  static String message(String text, long seconds) {
    return "cosignature/v1\ntime " + seconds + "\n" + text;
  }
}
