package dev.fedcore.evidence.keys;

import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where signing keys are kept: a PEM file, a PKCS #12 file, or a PKCS #11 token.
///
/// A file that everybody on the host may read or change is refused.
public final class KeySources {

  /// The largest key file, in bytes: 64 KiB.
  private static final long FILE_BYTES_MAX = 64L << 10;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /// What stands before the raw key in the DER form of every Ed25519 public key (RFC 8410).
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /// The same for an uncompressed point on P-256 (RFC 5480), the point's 0x04 included.
  private static final byte[] P256_PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  /// What stands before the point at the end of a PKCS #8 file as OpenSSL writes it (RFC 5915).
  private static final byte[] P256_EMBEDDED = HexFormat.of().parseHex("a14403420004");

  private static final int P256_POINT_BYTES = 64;

  /// What a key file has above the key, where PEM allows any text: what it is for, and its name.
  private static final Pattern PURPOSE = Pattern.compile("\\A(witness|policy) (\\S+)\\R");

  private KeySources() {}

  /// A key in a PEM file: PKCS #8, without a password. Its public half is in a second block, or
  /// follows from the first.
  ///
  /// @throws KeyRejected with the remedy
  public static SigningKey pem(Path file) {
    String text = new String(read(file), StandardCharsets.US_ASCII);
    byte[] pkcs8 =
        block(text, "PRIVATE KEY")
            .orElseThrow(() ->
                new KeyRejected(
                    file + " holds no block PRIVATE KEY (PKCS #8); make one with openssl genpkey"));
    byte[] spki = block(text, "PUBLIC KEY").orElseGet(() -> publicHalf(file, pkcs8));
    try {
      String name = VerifyingKey.fromSpki(spki).algorithm().keyName();
      KeyFactory factory = KeyFactory.getInstance(name);
      return SigningKey.of(
          factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          factory.generatePublic(new X509EncodedKeySpec(spki)),
          Optional.empty());
    } catch (GeneralSecurityException e) {
      throw new KeyRejected(file + " is no Ed25519 or P-256 private key in PKCS #8");
    }
  }

  /// A log's key in a PEM file: Ed25519, PKCS #8.
  ///
  /// @param origin the log's name
  /// @throws KeyRejected with the remedy
  public static NoteSigner log(Path file, String origin) {
    String text = new String(read(file), StandardCharsets.US_ASCII);
    byte[] pkcs8 =
        block(text, "PRIVATE KEY")
            .orElseThrow(() -> new KeyRejected(file + " holds no block PRIVATE KEY (PKCS #8)"));
    try {
      return NoteSigner.fromPkcs8(origin, pkcs8);
    } catch (IllegalArgumentException e) {
      throw new KeyRejected(file + ": a log's key is Ed25519, and its name has no space or plus");
    }
  }

  /// A witness's key in a file as [#cosignerFile] makes it.
  ///
  /// @throws KeyRejected with the remedy
  public static Cosigner cosigner(Path file) {
    return named(file, "witness", Cosigner::fromPkcs8);
  }

  /// The text of a file that keeps a witness's key: its name, and PKCS #8 in PEM.
  public static String cosignerFile(Cosigner witness) {
    return file("witness " + witness.name(), witness.pkcs8());
  }

  /// A key for policy bundles in a file as [#policySignerFile] makes it.
  ///
  /// @throws KeyRejected with the remedy
  public static NoteSigner policySigner(Path file) {
    return named(file, "policy", NoteSigner::fromPkcs8);
  }

  /// The text of a file that keeps a key for policy bundles: its name, and PKCS #8 in PEM.
  public static String policySignerFile(NoteSigner signer) {
    return file("policy " + signer.name(), signer.pkcs8());
  }

  private static String file(String purpose, byte[] pkcs8) {
    return """
    %s
    -----BEGIN PRIVATE KEY-----
    %s
    -----END PRIVATE KEY-----
    """
        .formatted(purpose, Base64.getEncoder().encodeToString(pkcs8));
  }

  private static <T> T named(Path file, String purpose, BiFunction<String, byte[], T> key) {
    String text = new String(read(file), StandardCharsets.UTF_8);
    Matcher named = PURPOSE.matcher(text);
    Optional<byte[]> pkcs8 = block(text, "PRIVATE KEY");
    if (!named.find() || !named.group(1).equals(purpose) || pkcs8.isEmpty()) {
      throw new KeyRejected(
          "%1$s is no %2$s key: a line \"%2$s NAME\" and a block PRIVATE KEY (PKCS #8)"
              .formatted(file, purpose));
    }
    try {
      return key.apply(named.group(2), pkcs8.get());
    } catch (IllegalArgumentException e) {
      throw new KeyRejected(
          "%s: a %s key is Ed25519, and its name has no space or plus".formatted(file, purpose));
    }
  }

  /// A key in a PKCS #12 file.
  ///
  /// @param alias which entry; empty when there is only one
  /// @throws KeyRejected with the remedy
  public static SigningKey pkcs12(Path file, char[] password, Optional<String> alias) {
    requirePrivate(file);
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password);
      return entry(store, password, alias, Optional.empty());
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyRejected(file + " cannot be opened as PKCS #12; is the password right?");
    }
  }

  /// A key in a PKCS #11 token, which it never leaves. The token must hold a certificate beside it.
  ///
  /// @param configuration in the form of the JDK's PKCS #11 provider: `name`, `library`, `slot`
  /// @param alias the label of the key; empty when there is only one
  /// @throws KeyRejected with the remedy
  public static SigningKey pkcs11(Path configuration, char[] pin, Optional<String> alias) {
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      return entry(store, pin, alias, Optional.of(provider));
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyRejected("the token cannot be opened; is the PIN right?");
    } catch (InvalidParameterException | ProviderException e) {
      throw new KeyRejected(
          "%s does not lead to a PKCS #11 token: %s".formatted(configuration, e.getMessage()));
    }
  }

  private static SigningKey entry(
      KeyStore store, char[] password, Optional<String> alias, Optional<Provider> provider)
      throws GeneralSecurityException {
    String name = alias.orElse("");
    for (String known : Collections.list(store.aliases())) {
      if (alias.isEmpty() && store.isKeyEntry(known)) {
        if (!name.isEmpty()) {
          throw new KeyRejected("there are several keys; name one");
        }
        name = known;
      }
    }
    Certificate certificate = name.isEmpty() ? null : store.getCertificate(name);
    if (certificate == null || !(store.getKey(name, password) instanceof PrivateKey key)) {
      throw new KeyRejected("there is no key \"%s\" with a certificate".formatted(name));
    }
    PublicKey publicKey = portable(certificate.getPublicKey());
    return SigningKey.of(key, publicKey, provider);
  }

  /// The same key as a value of the JDK's own, since a token's is bound to the token.
  private static PublicKey portable(PublicKey key) throws GeneralSecurityException {
    return KeyFactory.getInstance(key.getAlgorithm())
        .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
  }

  private static byte[] publicHalf(Path file, byte[] pkcs8) {
    int point = pkcs8.length - P256_POINT_BYTES;
    int mark = point - P256_EMBEDDED.length;
    if (mark > 0 && HexFormat.of().formatHex(pkcs8, mark, point).equals(hex(P256_EMBEDDED))) {
      return ByteBuffer.allocate(P256_PREFIX.length + P256_POINT_BYTES)
          .put(P256_PREFIX)
          .put(pkcs8, point, P256_POINT_BYTES)
          .array();
    }
    try {
      String vkey = NoteSigner.fromPkcs8("probe", pkcs8).verifierKey();
      byte[] typed = Base64.getDecoder().decode(vkey.substring(vkey.indexOf('+', 6) + 1));
      return ByteBuffer.allocate(ED25519_PREFIX.length + typed.length - 1)
          .put(ED25519_PREFIX)
          .put(typed, 1, typed.length - 1)
          .array();
    } catch (IllegalArgumentException e) {
      throw new KeyRejected(file + " needs a second block, PUBLIC KEY; see openssl pkey -pubout");
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Optional<byte[]> block(String text, String name) {
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return Optional.of(Base64.getMimeDecoder().decode(matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  private static byte[] read(Path file) {
    requirePrivate(file);
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new KeyRejected(file + " is larger than any key, 64 KiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new KeyRejected(file + " cannot be read");
    }
  }

  private static void requirePrivate(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new KeyRejected("there is no key file at " + file);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
            || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new KeyRejected(
              "%1$s is open to everybody on this host; chmod 600 %1$s".formatted(file));
        }
      }
    } catch (IOException e) {
      throw new KeyRejected(file + " cannot be read");
    }
  }
}
