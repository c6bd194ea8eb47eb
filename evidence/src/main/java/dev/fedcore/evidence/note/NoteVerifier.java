package dev.fedcore.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// Verifies the signatures of one Ed25519 key, either plain ones (a log's) or timestamped
/// cosignatures (a witness's). Safe for several threads.
///
/// @see <a href="https://c2sp.org/signed-note#verifier-keys">C2SP signed-note, "Verifier keys"</a>
/// @see <a href="https://c2sp.org/tlog-cosignature">C2SP tlog-cosignature</a>
public final class NoteVerifier {

  /// What stands before the raw key in the DER form of every Ed25519 public key (RFC 8410).
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int SIGNATURE_BYTES = 64;

  private final String vkey;
  private final String name;
  private final byte[] keyHash;
  private final byte type;
  private final PublicKey key;
  private final GoodSignatures good = new GoodSignatures();

  private NoteVerifier(String vkey, String name, byte type, byte[] rawKey) {
    this.vkey = vkey;
    this.name = name;
    this.type = type;
    this.keyHash = KeyName.hash(name, type, rawKey);
    this.key = publicKey(rawKey);
  }

  /// Reads a verifier key: name, plus, eight hexadecimal digits, plus, base64.
  ///
  /// @throws EvidenceRejected when it is none, its digits do not match, or its type is not known
  public static NoteVerifier parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !KeyName.isValid(parts[0])) {
      throw new EvidenceRejected("not a verifier key: " + vkey);
    }
    byte[] typed = StrictBase64.decode(parts[2]);
    if (typed.length != 1 + KeyName.KEY_BYTES || !isKnown(typed[0])) {
      throw new EvidenceRejected("not an Ed25519 verifier key: " + vkey);
    }
    byte[] rawKey = Arrays.copyOfRange(typed, 1, typed.length);
    var verifier = new NoteVerifier(vkey, parts[0], typed[0], rawKey);
    if (!KeyName.hex(verifier.keyId()).equals(parts[1])) {
      throw new EvidenceRejected("the key's digits do not match it: " + vkey);
    }
    return verifier;
  }

  public String name() {
    return name;
  }

  /// The line that this was parsed from.
  public String vkey() {
    return vkey;
  }

  /// What C2SP cuts the key ID from and Sigstore names a log by; 32 bytes.
  public byte[] keyHash() {
    return keyHash.clone();
  }

  /// Whether this key makes timestamped cosignatures, as a witness does, and not a log's
  /// signatures.
  public boolean isCosigner() {
    return type == KeyName.ED25519_COSIGNATURE;
  }

  /// Whether `other` wraps the same public key, by whatever name and for whatever use.
  public boolean hasSameKeyAs(NoteVerifier other) {
    return key.equals(other.key);
  }

  /// When a cosignature was made, as it says itself.
  ///
  /// @param line by this key, a cosigner's, and verified
  public Instant time(Note.SignatureLine line) {
    return Instant.ofEpochSecond(ByteBuffer.wrap(line.signature()).getLong());
  }

  int keyId() {
    return ByteBuffer.wrap(keyHash).getInt();
  }

  /// Whether `signature`, without key ID, was made by this key over the note's `text`.
  boolean verifiesNote(String text, byte[] signature) {
    if (type == KeyName.ED25519) {
      return verifies(text.getBytes(StandardCharsets.UTF_8), signature);
    }
    if (signature.length != Long.BYTES + SIGNATURE_BYTES) {
      return false;
    }
    long seconds = ByteBuffer.wrap(signature).getLong();
    byte[] message = Cosigner.message(text, seconds).getBytes(StandardCharsets.UTF_8);
    return seconds >= 0
        && seconds <= Instant.MAX.getEpochSecond()
        && verifies(message, Arrays.copyOfRange(signature, Long.BYTES, signature.length));
  }

  boolean verifies(byte[] message, byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && good.contains(message, signature, () -> isGood(message, signature));
  }

  private boolean isGood(byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature that cannot even be read was not made by this key
    }
  }

  private static boolean isKnown(byte type) {
    return type == KeyName.ED25519 || type == KeyName.ED25519_COSIGNATURE;
  }

  private static PublicKey publicKey(byte[] raw) {
    byte[] spki =
        ByteBuffer.allocate(SPKI_PREFIX.length + raw.length).put(SPKI_PREFIX).put(raw).array();
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new EvidenceRejected("not a point on the curve: " + HexFormat.of().formatHex(raw));
    }
  }
}
