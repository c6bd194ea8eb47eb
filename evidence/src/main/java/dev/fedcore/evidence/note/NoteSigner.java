package dev.fedcore.evidence.note;

import java.io.Serial;
import java.nio.ByteBuffer;
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

/// Signs notes with one Ed25519 key. Safe for several threads.
///
/// @see <a href="https://c2sp.org/signed-note#signatures">C2SP signed-note, "Signatures"</a>
public final class NoteSigner {

  private static final String ALGORITHM = "Ed25519";
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final PrivateKey key;
  private final byte[] rawPublicKey;

  private NoteSigner(String name, KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    this.name = KeyName.require(name);
    this.key = pair.getPrivate();
    this.rawPublicKey =
        Arrays.copyOfRange(encoded, encoded.length - KeyName.KEY_BYTES, encoded.length);
  }

  /// A signer with a new key, from the platform's strong random numbers.
  ///
  /// @param name the log's origin, such as a URL without scheme
  public static NoteSigner generate(String name) {
    return new NoteSigner(name, pair(new SecureRandom()));
  }

  /// A signer with a key that was kept.
  ///
  /// @param pkcs8 PKCS #8 in DER, as [#pkcs8()] gave it
  /// @throws IllegalArgumentException when that is no Ed25519 private key
  public static NoteSigner fromPkcs8(String name, byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed =
          ((EdECPrivateKey) key)
              .getBytes()
              .orElseThrow(() -> new IllegalArgumentException("the key is not readable"));
      var signer = new NoteSigner(name, pair(new SeedOnly(seed)));
      signer.requireSameKeyAs(key);
      return signer;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 private key in PKCS #8", e);
    }
  }

  /// The private key, PKCS #8 in DER. Keep it secret.
  public byte[] pkcs8() {
    return key.getEncoded();
  }

  public String name() {
    return name;
  }

  /// The public key as a line that [NoteVerifier#parse] reads.
  public String verifierKey() {
    byte[] typed =
        ByteBuffer.allocate(1 + KeyName.KEY_BYTES).put(KeyName.ED25519).put(rawPublicKey).array();
    return name + "+" + KeyName.hex(keyId()) + "+" + StrictBase64.encode(typed);
  }

  /// The signed note: `text`, an empty line, one signature line.
  ///
  /// @param text ends in a newline and holds no other control character
  public String sign(String text) {
    Note.requireText(text);
    byte[] signature = signature(text.getBytes(StandardCharsets.UTF_8));
    byte[] line = ByteBuffer.allocate(4 + signature.length).putInt(keyId()).put(signature).array();
    return text + "\n— " + name + " " + StrictBase64.encode(line) + "\n";
  }

  private int keyId() {
    return KeyName.id(name, KeyName.ED25519, rawPublicKey);
  }

  private byte[] signature(byte[] message) {
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
    byte[] signature = signature(given, PROBE);
    if (!NoteVerifier.parse(verifierKey()).verifies(PROBE, signature)) {
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
