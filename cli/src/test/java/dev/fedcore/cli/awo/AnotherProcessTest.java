package dev.fedcore.cli.awo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.Main;
import dev.fedcore.testing.ForeignTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own can be given: an environment variable of a library's, a file mode
/// mask, a time zone.
class AnotherProcessTest {

  private static final ForeignTool SHELL = new ForeignTool("sh", "dash");
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String PIN = "1234";

  private static final String WORKFLOW =
      """
      {"name": "w", "steps": [
        {"id": "say", "op": "write_text", "args": {"path": "a.txt", "text": "said"}},
        {"id": "ask", "op": "audit_gate"}]}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void a_run_is_attested_and_handed_out_with_a_key_that_never_leaves_its_token()
      throws IOException {
    Path home = Files.createDirectories(directory.resolve("token"));
    Map<String, String> environment = token(home);
    String spki =
        """
        keytool -exportcert -rfc -storetype PKCS11 -keystore NONE -alias attestor -storepass %s \
          -providerClass sun.security.pkcs11.SunPKCS11 -providerArg pkcs11.conf \
          | openssl x509 -pubkey -noout | sed '/---/d' | tr -d '\\n'\
        """
            .formatted(PIN);
    String key = said(home, environment, spki);
    fedcore(home, environment, "awo attest keys --out keys --signer https://a.example/1", 0);
    Path trust = home.resolve("keys/trust");
    String line = "attestor https://token.example/1 approval,provenance,times,verification ";
    String log = Files.readString(trust).lines().findFirst().orElseThrow();
    Files.writeString(trust, log + "\n" + line + key + "\n");

    judged(home, environment);
    fedcore(
        home,
        environment,
        "awo finalize --run-id r1 --trust keys/trust --pkcs11 pkcs11.conf --key-alias attestor"
            + " --log-key keys/log.pem --approver ben",
        0);
    fedcore(home, environment, "awo validate chain --run-id r1 --trust keys/trust", 0);
    fedcore(home, environment, "awo attest bundle --run-id r1 --out b.tar", 0);
    fedcore(home, Map.of(), "verify b.tar --trust keys/trust", 0);
  }

  @Test
  void whoever_may_read_new_files_and_wherever_the_clock_stands_the_bundle_is_the_same_bytes()
      throws IOException {
    Path first = Files.createDirectories(directory.resolve("first"));
    fedcore(first, Map.of(), "awo attest keys --out keys --signer https://a.example/1", 0);
    judged(first, Map.of());
    String finalise =
        command(
            "awo finalize --run-id r1 --trust keys/trust --key keys/attestor.pem"
                + " --log-key keys/log.pem --approver ben");
    said(first, Map.of(), "umask 077; " + finalise);
    said(first, Map.of(), "umask 000; mkdir ../second; cp -R --no-preserve=all . ../second");

    assertThat(bundle(directory.resolve("second"), "umask 000", "Pacific/Kiritimati"))
        .isEqualTo(bundle(first, "umask 077", "America/St_Johns"));
    assertThat(modes(first)).doesNotContainAnyElementsOf(modes(directory.resolve("second")));
  }

  private static byte[] bundle(Path folder, String before, String timeZone) throws IOException {
    String line = command("awo attest bundle --run-id r1 --out b.tar");
    said(folder, Map.of("TZ", timeZone, "LC_ALL", "tr_TR.UTF-8"), before + "; " + line);
    return Files.readAllBytes(folder.resolve("b.tar"));
  }

  private static List<String> modes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("governance/attestations"))) {
      var modes = new ArrayList<String>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
      return modes;
    }
  }

  private static void judged(Path folder, Map<String, String> environment) throws IOException {
    Files.writeString(folder.resolve("w.json"), WORKFLOW);
    fedcore(
        folder,
        environment,
        "awo run --workflow-file w.json --orchestrator ann --commit c --run-id r1",
        78);
    fedcore(
        folder, environment, "awo validate gate2 --run-id r1 --orchestrator ann --reviewer ben", 0);
  }

  /// A token with an ECDSA P-256 key in it, and the JDK's configuration of it in `pkcs11.conf`.
  private static Map<String, String> token(Path home) throws IOException {
    Files.createDirectories(home.resolve("tokens"));
    Path softhsm = home.resolve("softhsm2.conf");
    Files.writeString(softhsm, "directories.tokendir = %s\n".formatted(home.resolve("tokens")));
    var environment = Map.of("SOFTHSM2_CONF", softhsm.toString(), "FEDCORE_KEY_PASSWORD", PIN);
    said(
        home,
        environment,
        "softhsm2-util --init-token --free --label t --pin %s --so-pin 5678".formatted(PIN));
    Files.writeString(
        home.resolve("pkcs11.conf"),
        "name = t\nlibrary = /usr/lib/softhsm/libsofthsm2.so\nslotListIndex = 0\n");
    said(
        home,
        environment,
        """
        chmod 600 pkcs11.conf && keytool -genkeypair -storetype PKCS11 -keystore NONE \
          -providerClass sun.security.pkcs11.SunPKCS11 -providerArg pkcs11.conf -storepass %s \
          -keyalg EC -groupname secp256r1 -alias attestor -dname CN=attestor\
        """
            .formatted(PIN));
    return environment;
  }

  private static void fedcore(
      Path folder, Map<String, String> environment, String line, int exitCode) {
    var ended = SHELL.run(folder, environment, List.of("-c", "exec " + command(line)));
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
  }

  private static String said(Path folder, Map<String, String> environment, String script) {
    var ended =
        SHELL.run(
            folder,
            environment,
            List.of("-c", "PATH=%s/bin:$PATH; %s".formatted(JAVA_HOME, script)));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static String command(String line) {
    String origin = line.startsWith("awo attest keys") ? " --origin log.example/a" : "";
    return "'%s/bin/java' -cp '%s' %s %s%s"
        .formatted(
            JAVA_HOME, System.getProperty("java.class.path"), Main.class.getName(), line, origin);
  }
}
