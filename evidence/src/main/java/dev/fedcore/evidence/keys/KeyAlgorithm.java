package dev.fedcore.evidence.keys;

import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/// What a key signs with.
public enum KeyAlgorithm {
  /// Signing the same twice gives the same signature, so that attestations are reproducible.
  ED25519("Ed25519", "Ed25519", "PKIX_ED25519"),

  /// Signatures in DER. Hardware tokens and Sigstore's tools know it; signing twice differs.
  ECDSA_P256("EC", "SHA256withECDSA", "PKIX_ECDSA_P256_SHA_256");

  private static final int P256_BITS = 256;

  private final String keyName;
  private final String signatureName;
  private final String sigstoreName;

  KeyAlgorithm(String keyName, String signatureName, String sigstoreName) {
    this.keyName = keyName;
    this.signatureName = signatureName;
    this.sigstoreName = sigstoreName;
  }

  /// The JDK's name for keys.
  String keyName() {
    return keyName;
  }

  /// The JDK's name for signatures.
  String signatureName() {
    return signatureName;
  }

  /// Sigstore's name for both.
  public String sigstoreName() {
    return sigstoreName;
  }

  /// The algorithm of a public key; empty when it is none of these.
  static Optional<KeyAlgorithm> of(PublicKey key) {
    if (isNamed(key, "EdDSA") || isNamed(key, ED25519.keyName)) {
      boolean short25519 = key.getEncoded().length == 44;
      return short25519 ? Optional.of(ED25519) : Optional.empty();
    }
    if (key instanceof ECPublicKey ec
        && ec.getParams().getOrder().bitLength() == P256_BITS
        && ec.getParams().toString().contains("secp256r1")) {
      return Optional.of(ECDSA_P256);
    }
    return Optional.empty();
  }

  private static boolean isNamed(Key key, String name) {
    return key.getAlgorithm().equals(name);
  }
}
