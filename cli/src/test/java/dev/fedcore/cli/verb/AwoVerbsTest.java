package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwoVerbsTest {

  private static final String[] BIND =
      "awo attest bind --run-id r1 --trust keys/trust --key keys/attestor.pem --log-key keys/log.pem"
          .split(" ");

  @TempDir Path directory = Path.of("");

  private Shell shell() {
    return new Shell(directory, Map.of(), () -> Shell.NOW, CommandTree::execute);
  }

  private Shell withKeys() {
    Shell shell = shell();
    int made =
        shell.run(
            "awo attest keys --out keys --signer https://a.example/1 --origin log.example/a"
                .split(" "));
    assertThat(made).as(shell.err()).isZero();
    return shell;
  }

  private void put(String path, byte[] bytes) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, bytes);
  }

  private void anApprovedRun() throws IOException {
    put("runs/r1/run_manifest.json", "{\"run_id\":\"r1\",\"workflow\":\"w\"}".getBytes(UTF_8));
    byte[] sums = Sums.of(Snapshot.read(directory.resolve("runs/r1"))).bytes();
    put("runs/r1/SHA256SUMS.txt", sums);
    var approval = JsonObject.builder().put("approved_by", "ben").put("run_id", "r1");
    approval.put("sha256_root", Sha256.hex(sums));
    put("runs/r1/approval.json", approval.build().canonicalBytes());
  }

  @Test
  void a_run_is_verified_attested_handed_out_and_verified_elsewhere() throws IOException {
    Shell shell = withKeys();
    anApprovedRun();

    assertThat(shell.run("awo", "integrity", "verify", "--run-id", "r1")).isZero();
    assertThat(shell.run(BIND)).as(shell.out() + shell.err()).isZero();
    assertThat(shell.out()).startsWith("verified: attested, root ");
    assertThat(shell.run("awo", "attest", "bundle", "--run-id", "r1", "--out", "b.tar")).isZero();

    assertThat(shell.run("verify", "b.tar", "--trust", "keys/trust")).isZero();
    assertThat(shell.out())
        .contains("PASSED  integrity   r1", "PASSED  log         r1", "verified: 8 checks, 0 find");
    assertThat(shell.run("verify", ".", "--trust", "keys/trust", "--json")).isZero();
    var report = JsonReader.readObject(shell.out().strip().getBytes(UTF_8), JsonLimits.DEFAULT);
    assertThat(report.get("verified")).hasToString("Optional[JsonBoolean[value=true]]");
  }

  @Test
  void a_change_ends_with_1_and_every_finding() throws IOException {
    Shell shell = withKeys();
    anApprovedRun();
    shell.run(BIND);
    put("runs/r1/run_manifest.json", "{}".getBytes(UTF_8));
    put("runs/r1/more", new byte[0]);

    assertThat(shell.run("awo", "integrity", "verify", "--run-id", "r1")).isEqualTo(1);
    assertThat(shell.out()).contains("INT-002 more: ", "INT-001 run_manifest.json: ", "FAILED: ");
    assertThat(shell.run("verify", ".", "--trust", "keys/trust")).isEqualTo(1);
    assertThat(shell.out()).contains("FAILED  integrity", "INT-001", "INT-002", "ATT-002");
  }

  @Test
  void an_invalid_run_is_not_attested() throws IOException {
    Shell shell = withKeys();
    anApprovedRun();
    put("runs/r1/run_manifest.json", "{}".getBytes(UTF_8));

    assertThat(shell.run(BIND)).isEqualTo(1);
    assertThat(shell.out()).contains("INT-001 run_manifest.json", "FAILED: not attested");
    assertThat(directory.resolve("governance")).doesNotExist();
  }

  @Test
  void keys_that_are_open_or_that_nobody_trusts_are_refused() throws IOException {
    Shell shell = withKeys();
    anApprovedRun();
    Path key = directory.resolve("keys/attestor.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(shell.run(BIND)).isEqualTo(78);
    assertThat(shell.err()).contains("chmod 600");

    shell.run("awo attest keys --out others --signer u:2 --origin log.example/b".split(" "));
    Files.delete(key);
    Files.move(directory.resolve("others/attestor.pem"), key);
    assertThat(shell.run(BIND)).isEqualTo(78);
    assertThat(shell.err()).contains("nobody would believe it");
  }

  @Test
  void keys_are_never_overwritten() {
    Shell shell = withKeys();

    assertThat(
            shell.run("awo attest keys --out keys --signer u:2 --origin log.example/b".split(" ")))
        .isEqualTo(66);
    assertThat(shell.err()).contains("not overwritten");
  }

  @Test
  void a_trust_that_says_nothing_and_a_root_without_runs_are_refused() throws IOException {
    Shell shell = withKeys();
    put("empty", new byte[0]);

    assertThat(shell.run("verify", ".", "--trust", "empty")).isEqualTo(66);
    assertThat(shell.run("verify", ".", "--trust", "keys/trust")).isEqualTo(66);
    assertThat(shell.err()).contains("no run is attested");
    assertThat(shell.run("verify", "empty", "--trust", "keys/trust")).isEqualTo(1);
    assertThat(shell.run("awo")).isEqualTo(64);
    assertThat(shell.run("awo", "integrity")).isEqualTo(64);
  }
}
