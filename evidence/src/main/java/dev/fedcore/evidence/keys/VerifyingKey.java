package dev.fedcore.evidence.keys;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.GoodSignatures;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/// A public key that verifies signatures. Safe for several threads.
public final class VerifyingKey {

  private static final int P256_SPKI_BYTES = 91;

  private final KeyAlgorithm algorithm;
  private final PublicKey key;
  private final byte[] spki;
  private final GoodSignatures good = new GoodSignatures();

  private VerifyingKey(KeyAlgorithm algorithm, PublicKey key) {
    this.algorithm = algorithm;
    this.key = key;
    this.spki = key.getEncoded();
  }

  static VerifyingKey of(PublicKey key) {
    KeyAlgorithm algorithm =
        KeyAlgorithm.of(key)
            .orElseThrow(() ->
                new KeyRejected("a key is Ed25519 or ECDSA P-256, this is " + key.getAlgorithm()));
    return new VerifyingKey(algorithm, key);
  }

  /// Reads a public key.
  ///
  /// @param spki a SubjectPublicKeyInfo in DER
  /// @throws KeyRejected when it is none, or of another algorithm
  public static VerifyingKey fromSpki(byte[] spki) {
    var algorithm = spki.length == P256_SPKI_BYTES ? KeyAlgorithm.ECDSA_P256 : KeyAlgorithm.ED25519;
    try {
      var key =
          KeyFactory.getInstance(algorithm.keyName()).generatePublic(new X509EncodedKeySpec(spki));
      var verifying = of(key);
      if (!Arrays.equals(verifying.spki, spki)) {
        throw new KeyRejected("a public key is not in its one DER form");
      }
      return verifying;
    } catch (GeneralSecurityException e) {
      throw new KeyRejected("not an Ed25519 or P-256 public key in DER (SubjectPublicKeyInfo)");
    }
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /// The SubjectPublicKeyInfo in DER.
  public byte[] spki() {
    return spki.clone();
  }

  /// The SubjectPublicKeyInfo in base64, on one line.
  public String base64() {
    return Base64.getEncoder().encodeToString(spki);
  }

  /// Names the key in envelopes: the SHA-256 of its SPKI, in hexadecimal.
  public String keyId() {
    return Sha256.hex(spki);
  }

  /// Whether this key made `signature` over `message`.
  public boolean verifies(byte[] message, byte[] signature) {
    return good.contains(message, signature, () -> isGood(message, signature));
  }

  private boolean isGood(byte[] message, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(algorithm.signatureName());
      verification.initVerify(key);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature that cannot even be read was not made by this key
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && Arrays.equals(spki, that.spki);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(spki));
  }

  @Override
  public String toString() {
    return "%s key %s".formatted(algorithm, keyId());
  }
}
