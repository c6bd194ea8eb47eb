package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.cli.verb.CommandTree;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestVerbsTest {

  private static final String[] BIND =
      ("awo attest bind --run-id r1 --trust keys/trust "
              + "--key keys/attestor.pem --log-key keys/log.pem")
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

  private void put(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  /// A run that was made and judged, and that nobody has approved yet.
  private void aJudgedRun(Shell shell) throws IOException {
    put(
        "w.json",
        """
        {"name": "w", "steps": [
          {"id": "say", "op": "write_text", "args": {"path": "a.txt", "text": "said"}},
          {"id": "ask", "op": "audit_gate"}]}
        """);
    String made = "awo run --workflow-file w.json --orchestrator ann --commit c --run-id r1";
    assertThat(shell.run(made.split(" "))).isEqualTo(78);
    String judged = "awo validate gate2 --run-id r1 --orchestrator ann --reviewer ben";
    assertThat(shell.run(judged.split(" "))).as(shell.err()).isZero();
  }

  private void published(Shell shell) throws IOException {
    aJudgedRun(shell);
    String line =
        "awo finalize --run-id r1 --trust keys/trust --key keys/attestor.pem"
            + " --log-key keys/log.pem --approver ben";
    assertThat(shell.run(line.split(" "))).as(shell.err()).isZero();
  }

  @Test
  void a_published_run_is_handed_out_and_verified_elsewhere() throws IOException {
    Shell shell = withKeys();
    published(shell);

    assertThat(shell.run("awo", "integrity", "verify", "--run-id", "r1")).isZero();
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
    published(shell);
    put("runs/r1/report.md", "other");
    put("runs/r1/more", "");

    assertThat(shell.run("awo", "integrity", "verify", "--run-id", "r1")).isEqualTo(1);
    assertThat(shell.out() + shell.err())
        .contains("INT-002 more: ", "INT-001 report.md: ", "FAILED: ");
    assertThat(shell.run("verify", ".", "--trust", "keys/trust")).isEqualTo(1);
    assertThat(shell.out()).contains("FAILED  integrity", "INT-001", "INT-002");
  }

  @Test
  void a_run_that_nobody_approved_is_not_attested() throws IOException {
    Shell shell = withKeys();
    aJudgedRun(shell);

    assertThat(shell.run(BIND)).isEqualTo(1);
    assertThat(shell.out() + shell.err()).contains("STR-001 approval.json", "not attested");
    assertThat(directory.resolve("governance/attestations")).doesNotExist();
  }

  @Test
  void keys_that_are_open_or_that_nobody_trusts_are_refused() throws IOException {
    Shell shell = withKeys();
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
    put("empty", "");

    assertThat(shell.run("verify", ".", "--trust", "empty")).isEqualTo(66);
    assertThat(shell.run("verify", ".", "--trust", "keys/trust")).isEqualTo(66);
    assertThat(shell.err()).contains("no run is attested");
    assertThat(shell.run("verify", "empty", "--trust", "keys/trust")).isEqualTo(1);
    assertThat(shell.run("awo")).isEqualTo(64);
    assertThat(shell.run("awo", "integrity")).isEqualTo(64);
  }
}
