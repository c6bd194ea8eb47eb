package dev.fedcore.evidence.keys;

import dev.fedcore.evidence.hash.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/// A public key that verifies signatures. Safe for several threads.
///
/// Remembers the last good signatures, since the same ones are met again and again: in a folder,
/// its archive, and a bundle.
public final class VerifyingKey {

  /// Good signatures remembered, each by its hash: more than one run has.
  private static final int REMEMBERED_MAX = 64;

  private static final int P256_SPKI_BYTES = 91;

  private final KeyAlgorithm algorithm;
  private final PublicKey key;
  private final byte[] spki;
  private final Set<String> good = new LinkedHashSet<>();

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
    String name = name(message, signature);
    synchronized (good) {
      if (good.contains(name)) {
        return true;
      }
    }
    if (!isGood(message, signature)) {
      return false;
    }
    synchronized (good) {
      if (good.size() >= REMEMBERED_MAX) {
        good.remove(good.iterator().next());
      }
      good.add(name);
    }
    return true;
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

  private static String name(byte[] message, byte[] signature) {
    MessageDigest digest = Sha256.start();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, message.length).array());
    digest.update(message);
    return Sha256.hexOf(digest.digest(signature));
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
