package dev.fedcore.evidence.note;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/// An Ed25519 key that signs, with its public half. Safe for several threads.
final class Ed25519Pair {

  private static final String ALGORITHM = "Ed25519";
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.UTF_8);

  private final PrivateKey key;
  private final byte[] rawPublicKey;

  private Ed25519Pair(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    this.key = pair.getPrivate();
    this.rawPublicKey =
        Arrays.copyOfRange(encoded, encoded.length - KeyName.KEY_BYTES, encoded.length);
  }

  /// A new key, from the platform's strong random numbers.
  static Ed25519Pair generate() {
    return new Ed25519Pair(pair(new SecureRandom()));
  }

  /// A key that was kept: PKCS #8 in DER.
  ///
  /// @throws IllegalArgumentException when that is no Ed25519 private key
  static Ed25519Pair fromPkcs8(byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed =
          ((EdECPrivateKey) key)
              .getBytes()
              .orElseThrow(() -> new IllegalArgumentException("the key is not readable"));
      var made = new Ed25519Pair(pair(new SeedOnly(seed)));
      made.requireSameKeyAs(key);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 private key in PKCS #8", e);
    }
  }

  /// PKCS #8 in DER.
  byte[] pkcs8() {
    return key.getEncoded();
  }

  byte[] rawPublicKey() {
    return rawPublicKey.clone();
  }

  /// The signature over `message`; 64 bytes.
  byte[] sign(byte[] message) {
    try {
      return signature(key, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 cannot sign", e);
    }
  }

  private static byte[] signature(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  /// That the public key really belongs to the private one is shown, not assumed.
  private void requireSameKeyAs(PrivateKey given) throws GeneralSecurityException {
    String vkey = KeyName.vkey("probe", KeyName.ED25519, rawPublicKey);
    if (!NoteVerifier.parse(vkey).verifies(PROBE, signature(given, PROBE))) {
      throw new IllegalStateException("this platform derives Ed25519 keys in some other way");
    }
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  /// Gives the seed of a kept key where a generator asks for chance. The JDK has no other way to
  /// the public half of a private key.
  private static final class SeedOnly extends SecureRandom {

    @Serial private static final long serialVersionUID = 1;

    private final byte[] seed;

    SeedOnly(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("this platform asks for %d bytes".formatted(bytes.length));
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
