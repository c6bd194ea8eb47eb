package dev.fedcore.evidence.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.testing.ForeignTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourcesTest {

  private static final ForeignTool OPENSSL = new ForeignTool("openssl", "openssl");
  private static final ForeignTool SOFTHSM = new ForeignTool("softhsm2-util", "softhsm2");
  private static final ForeignTool KEYTOOL =
      new ForeignTool(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "a JDK");
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path scratch = Path.of("");

  private Path secret(String name, String text) throws IOException {
    Path file = scratch.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static void assertSigns(SigningKey key, KeyAlgorithm algorithm) {
    assertThat(key.verifyingKey().algorithm()).isEqualTo(algorithm);
    assertThat(key.verifyingKey().verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
  }

  private void certificate(Path store, String type, String... more) {
    var arguments =
        new ArrayList<>(List.of("-genkeypair", "-storetype", type, "-storepass", "changeit"));
    arguments.addAll(List.of("-alias", "attestor", "-dname", "CN=attestor", "-keystore"));
    arguments.add(store.toString());
    arguments.addAll(List.of(more));
    KEYTOOL.output(scratch, arguments.toArray(String[]::new));
  }

  @Nested
  class A_pem_file {

    @ParameterizedTest
    @CsvSource({
      "ED25519, genpkey -algorithm ed25519 -out key.pem",
      "ECDSA_P256, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
    })
    void that_openssl_wrote_is_read_with_the_public_half_that_openssl_says(
        KeyAlgorithm algorithm, String command) throws IOException {
      OPENSSL.output(scratch, command.split(" "));
      OPENSSL.output(
          scratch, "pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public");

      SigningKey key = KeySources.pem(scratch.resolve("key.pem"));

      assertSigns(key, algorithm);
      assertThat(key.verifyingKey().spki())
          .isEqualTo(Files.readAllBytes(scratch.resolve("public")));
    }

    @ParameterizedTest
    @EnumSource
    void that_we_wrote_is_read_again(KeyAlgorithm algorithm) throws IOException {
      var key = SigningKey.generate(algorithm);

      SigningKey read = KeySources.pem(secret("key.pem", key.pem()));

      assertThat(read.verifyingKey()).isEqualTo(key.verifyingKey());
      assertThat(key.verifyingKey().verifies(MESSAGE, read.sign(MESSAGE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-rw-rw-", "rw-----w-"})
    void that_everybody_may_open_is_refused(String permissions) throws IOException {
      Path file = secret("key.pem", SigningKey.generate(KeyAlgorithm.ED25519).pem());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

      assertThatThrownBy(() -> KeySources.pem(file))
          .isInstanceOf(KeyRejected.class)
          .hasMessageContaining("chmod 600");
      assertThatThrownBy(() -> KeySources.log(file, "log.example"))
          .hasMessageContaining("chmod 600");
      assertThatThrownBy(() -> KeySources.pkcs12(file, PASSWORD, Optional.empty()))
          .hasMessageContaining("chmod 600");
    }

    @Test
    void of_another_algorithm_or_of_two_keys_is_refused() throws IOException {
      OPENSSL.output(
          scratch,
          "genpkey",
          "-algorithm",
          "RSA",
          "-out",
          "rsa.pem",
          "-pkeyopt",
          "rsa_keygen_bits:2048");
      OPENSSL.output(scratch, "genpkey", "-algorithm", "ed448", "-out", "ed448.pem");
      OPENSSL.output(
          scratch,
          "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pem".split(" "));
      String one = SigningKey.generate(KeyAlgorithm.ED25519).pem();
      String two = SigningKey.generate(KeyAlgorithm.ED25519).pem();
      secret(
          "mixed.pem",
          one.substring(0, one.indexOf("-----BEGIN PUB"))
              + two.substring(two.indexOf("-----BEGIN PUB")));
      secret("nothing.pem", "");

      for (String name : List.of("rsa.pem", "ed448.pem", "p384.pem", "mixed.pem", "nothing.pem")) {
        assertThatThrownBy(() -> KeySources.pem(scratch.resolve(name)))
            .as(name)
            .isInstanceOf(KeyRejected.class);
      }
      assertThatThrownBy(() -> KeySources.pem(scratch.resolve("nowhere")))
          .isInstanceOf(KeyRejected.class);
    }

    @Test
    void of_a_log_has_the_name_that_it_is_given() throws IOException {
      OPENSSL.output(scratch, "genpkey", "-algorithm", "ed25519", "-out", "log.pem");

      var signer = KeySources.log(scratch.resolve("log.pem"), "log.example");

      assertThat(NoteVerifier.parse(signer.verifierKey()).name()).isEqualTo("log.example");
      assertThatThrownBy(() -> KeySources.log(scratch.resolve("log.pem"), "a name"))
          .isInstanceOf(KeyRejected.class);
    }
  }

  @Nested
  class A_pkcs12_file {

    @ParameterizedTest
    @CsvSource({"ED25519, Ed25519, ''", "ECDSA_P256, EC, secp256r1"})
    void gives_its_key(KeyAlgorithm algorithm, String name, String curve) throws IOException {
      Path store = scratch.resolve("key.p12");
      if (curve.isEmpty()) {
        certificate(store, "PKCS12", "-keyalg", name);
      } else {
        certificate(store, "PKCS12", "-keyalg", name, "-groupname", curve);
      }
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));

      assertSigns(KeySources.pkcs12(store, PASSWORD, Optional.empty()), algorithm);
      assertSigns(KeySources.pkcs12(store, PASSWORD, Optional.of("attestor")), algorithm);
      assertThatThrownBy(() -> KeySources.pkcs12(store, PASSWORD, Optional.of("other")))
          .isInstanceOf(KeyRejected.class);
      assertThatThrownBy(() -> KeySources.pkcs12(store, "wrong".toCharArray(), Optional.empty()))
          .isInstanceOf(KeyRejected.class)
          .hasMessageContaining("password");
    }
  }

  @Nested
  class A_pkcs11_token {

    /// SoftHSM reads its configuration from a variable that only a new process can be given, so the
    /// token is made there, and the JDK loads the library with a configuration of the home
    /// folder's.
    @Test
    void signs_without_giving_the_key_away() throws IOException {
      Path tokens = Files.createDirectories(scratch.resolve("tokens"));
      Path softhsm = secret("softhsm2.conf", "directories.tokendir = %s\n".formatted(tokens));
      var environment = Map.of("SOFTHSM2_CONF", softhsm.toString());
      var made =
          SOFTHSM.run(
              scratch,
              environment,
              List.of(
                  "--init-token", "--free", "--label", "t", "--pin", "1234", "--so-pin", "5678"));
      assertThat(made.exitCode()).as(made.output()).isZero();
      Path library = library();
      Path configuration =
          secret("pkcs11.conf", "name = t\nlibrary = %s\nslotListIndex = 0\n".formatted(library));
      var keys =
          KEYTOOL.run(
              scratch,
              environment,
              List.of(
                  "-genkeypair",
                  "-storetype",
                  "PKCS11",
                  "-keystore",
                  "NONE",
                  "-providerClass",
                  "sun.security.pkcs11.SunPKCS11",
                  "-providerArg",
                  configuration.toString(),
                  "-storepass",
                  "1234",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-alias",
                  "attestor",
                  "-dname",
                  "CN=attestor"));
      assertThat(keys.exitCode()).as(keys.output()).isZero();

      var signed =
          new ForeignTool(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(), "a JDK")
              .run(
                  scratch,
                  environment,
                  List.of(
                      "-cp",
                      System.getProperty("java.class.path"),
                      TokenProbe.class.getName(),
                      configuration.toString(),
                      "1234"));

      assertThat(signed.output().strip()).endsWith("ECDSA_P256 true kept");
      assertThat(signed.exitCode()).isZero();
    }

    @Test
    void that_is_not_there_is_refused() throws IOException {
      Path configuration = secret("pkcs11.conf", "name = t\nlibrary = /nowhere.so\n");

      assertThatThrownBy(() -> KeySources.pkcs11(configuration, PASSWORD, Optional.empty()))
          .isInstanceOf(KeyRejected.class);
    }

    private static Path library() throws IOException {
      for (String folder : List.of("/usr/lib/softhsm", "/usr/lib64/softhsm")) {
        Path library = Path.of(folder, "libsofthsm2.so");
        if (Files.exists(library)) {
          return library;
        }
      }
      throw new AssertionError("libsofthsm2.so is needed: apt-get install softhsm2");
    }
  }
}
