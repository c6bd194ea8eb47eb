package dev.fedcore.evidence.note;

import java.nio.charset.StandardCharsets;

/// Signs notes with one Ed25519 key. Safe for several threads.
///
/// @see <a href="https://c2sp.org/signed-note#signatures">C2SP signed-note, "Signatures"</a>
public final class NoteSigner {

  private final String name;
  private final Ed25519Pair key;

  private NoteSigner(String name, Ed25519Pair key) {
    this.name = KeyName.require(name);
    this.key = key;
  }

  /// A signer with a new key, from the platform's strong random numbers.
  ///
  /// @param name the log's origin, such as a URL without scheme
  public static NoteSigner generate(String name) {
    return new NoteSigner(name, Ed25519Pair.generate());
  }

  /// A signer with a key that was kept.
  ///
  /// @param pkcs8 PKCS #8 in DER, as [#pkcs8()] gave it
  /// @throws IllegalArgumentException when that is no Ed25519 private key
  public static NoteSigner fromPkcs8(String name, byte[] pkcs8) {
    return new NoteSigner(name, Ed25519Pair.fromPkcs8(pkcs8));
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
    return KeyName.vkey(name, KeyName.ED25519, key.rawPublicKey());
  }

  /// The signed note: `text`, an empty line, one signature line.
  ///
  /// @param text ends in a newline and holds no other control character
  public String sign(String text) {
    Note.requireText(text);
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    int keyId = KeyName.id(name, KeyName.ED25519, key.rawPublicKey());
    return text + "\n" + Note.SignatureLine.of(name, keyId, signature).text();
  }
}
