package dev.fedcore.evidence.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Optional;

/// A private key that signs, and its public half. The private half may stay in a token.
public final class SigningKey {

  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final PrivateKey key;
  private final VerifyingKey verifyingKey;
  private final Optional<Provider> provider;

  private SigningKey(PrivateKey key, VerifyingKey verifyingKey, Optional<Provider> provider) {
    this.key = key;
    this.verifyingKey = verifyingKey;
    this.provider = provider;
  }

  /// A new key, from the platform's strong random numbers.
  public static SigningKey generate(KeyAlgorithm algorithm) {
    AlgorithmParameterSpec parameters =
        switch (algorithm) {
          case ED25519 -> NamedParameterSpec.ED25519;
          case ECDSA_P256 -> new ECGenParameterSpec("secp256r1");
        };
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyName());
      generator.initialize(parameters);
      KeyPair pair = generator.generateKeyPair();
      return of(pair.getPrivate(), pair.getPublic(), Optional.empty());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has " + algorithm, e);
    }
  }

  /// A key pair; that both halves belong together is tried out.
  static SigningKey of(PrivateKey key, PublicKey publicKey, Optional<Provider> provider) {
    var signing = new SigningKey(key, VerifyingKey.of(publicKey), provider);
    if (!signing.verifyingKey.verifies(PROBE, signing.sign(PROBE))) {
      throw new KeyRejected("the public key does not belong to the private one");
    }
    return signing;
  }

  /// Signs `message`.
  ///
  /// @throws KeyRejected when the key or its token cannot
  public byte[] sign(byte[] message) {
    String name = verifyingKey.algorithm().signatureName();
    try {
      Signature signature =
          provider.isPresent()
              ? Signature.getInstance(name, provider.get())
              : Signature.getInstance(name);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new KeyRejected("the key cannot sign: " + e.getMessage());
    }
  }

  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /// Both halves in PEM, as [KeySources] reads them. Keep it secret.
  ///
  /// @throws KeyRejected when the private half cannot leave its token
  public String pem() {
    byte[] pkcs8 = key.getEncoded();
    if (pkcs8 == null) {
      throw new KeyRejected("the private key does not leave its token");
    }
    return block("PRIVATE KEY", pkcs8) + block("PUBLIC KEY", verifyingKey.spki());
  }

  /// A log's key in PEM.
  ///
  /// @param pkcs8 PKCS #8 in DER
  public static String logPem(byte[] pkcs8) {
    return block("PRIVATE KEY", pkcs8);
  }

  private static String block(String name, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(name, LINES.encodeToString(der));
  }
}
