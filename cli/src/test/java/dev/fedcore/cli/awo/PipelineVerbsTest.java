package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.cli.verb.CommandTree;
import dev.fedcore.evidence.awo.folder.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline as somebody types it.
class PipelineVerbsTest {

  private static final String RUN = "run_1";
  private static final String WORKFLOW =
      """
      {"name": "w", "steps": [
        {"id": "say", "op": "write_text", "args": {"path": "a.txt", "text": "said"}},
        {"id": "ask", "op": "audit_gate"}]}
      """;

  @TempDir Path directory = Path.of("");

  private Shell shell() {
    return new Shell(directory, Map.of(), () -> Shell.NOW, CommandTree::execute);
  }

  private int awo(Shell shell, String line, String... more) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addFirst("awo");
    words.addAll(List.of(more));
    return shell.run(words.toArray(String[]::new));
  }

  private void made(Shell shell) throws IOException {
    Files.writeString(directory.resolve("w.json"), WORKFLOW);
    assertThat(
            awo(shell, "run --workflow-file w.json --orchestrator ann --commit c --run-id run_1"))
        .isEqualTo(78);
    assertThat(awo(shell, "attest keys --out keys --signer https://x.test --origin x.test/log"))
        .isZero();
  }

  private int finalized(Shell shell, String approver) {
    return awo(
        shell,
        "finalize --run-id run_1 --key keys/attestor.pem --log-key keys/log.pem --trust keys/trust",
        "--approver",
        approver);
  }

  private int gate2(Shell shell, String reviewer, String override) {
    return awo(
        shell,
        "validate gate2 --run-id run_1 --orchestrator ann",
        "--reviewer",
        reviewer,
        "--allow-self-approval",
        override);
  }

  @Test
  void a_run_goes_from_its_workflow_file_to_publication() throws IOException {
    Shell shell = shell();
    made(shell);

    assertThat(awo(shell, "integrity verify --run-id run_1")).isZero();
    assertThat(awo(shell, "validate invariants --run-id run_1")).isZero();
    assertThat(gate2(shell, "ben", "0")).isZero();
    assertThat(awo(shell, "validate gate3 --run-id run_1 --approver ben")).isZero();
    assertThat(finalized(shell, "ben")).as(shell.err()).isZero();
    assertThat(awo(shell, "validate chain --run-id run_1 --trust keys/trust")).isZero();
    assertThat(shell.out()).contains("ok      attestation", "ok      provenance_index");
    assertThat(awo(shell, "runs")).isZero();
    assertThat(shell.out()).contains("PUBLISHED  ben");
    assertThat(shell.run("verify", ".", "--trust", "keys/trust")).isZero();
    assertThat(directory.resolve(".awo/staging/" + RUN)).doesNotExist();
  }

  @Test
  void what_is_refused_has_its_code_on_standard_error_and_exit_code_1() throws IOException {
    Shell shell = shell();
    made(shell);

    assertThat(finalized(shell, "ben")).isEqualTo(1);
    assertThat(shell.err()).contains("GOV-002");
    assertThat(gate2(shell, "ann", "0")).isEqualTo(1);
    assertThat(shell.err()).contains("GOV-001");
    assertThat(finalized(shell, "ann")).isEqualTo(1);
    assertThat(gate2(shell, "ben", "0")).isZero();
    assertThat(finalized(shell, "eve")).isEqualTo(1);
    assertThat(shell.err()).contains("ATT-001");
    Workspace.write(directory.resolve("runs/run_1/report.md"), "other".getBytes(UTF_8));
    assertThat(finalized(shell, "ben")).isEqualTo(1);
    assertThat(shell.err()).contains("INT-001");
    assertThat(directory.resolve("governance/attestations")).doesNotExist();
    assertThat(directory.resolve("provenance")).doesNotExist();
    try (Stream<Path> logs = Files.list(directory.resolve("governance/logs"))) {
      assertThat(logs.map(Path::getFileName).map(Path::toString))
          .filteredOn(name -> name.startsWith("failure_run_1"))
          .hasSize(4);
    }
  }

  @Test
  void a_published_run_is_neither_judged_nor_published_again() throws IOException {
    Shell shell = shell();
    made(shell);
    gate2(shell, "ann", "1");
    assertThat(finalized(shell, "ann")).as(shell.err()).isZero();

    assertThat(finalized(shell, "ann")).isEqualTo(1);
    assertThat(shell.err()).contains("REP-001");
    assertThat(gate2(shell, "ben", "0")).isEqualTo(1);
    assertThat(shell.err()).contains("REP-001");
    assertThat(awo(shell, "run --workflow-file w.json --commit c --run-id run_1")).isEqualTo(1);
    assertThat(shell.err()).contains("REP-001");
    assertThat(awo(shell, "validate chain --run-id run_1 --trust keys/trust")).isZero();
  }

  @Test
  void a_lost_index_is_found_out_and_made_again() throws IOException {
    Shell shell = shell();
    made(shell);
    gate2(shell, "ben", "0");
    finalized(shell, "ben");
    byte[] index = Files.readAllBytes(directory.resolve("provenance/index.json"));
    Files.delete(directory.resolve("provenance/index.json"));

    assertThat(awo(shell, "runs --json")).isEqualTo(1);
    assertThat(shell.out()).contains("\"standing\":\"ORPHAN\"");
    assertThat(shell.err()).contains("STR-001");
    assertThat(awo(shell, "provenance update-index --run-id run_1 --trust keys/trust")).isZero();
    assertThat(directory.resolve("provenance/index.json")).hasBinaryContent(index);
  }

  @Test
  void bad_words_end_with_a_sentence_and_nothing_written() throws IOException {
    Shell shell = shell();
    Files.writeString(directory.resolve("w.json"), "{\"name\":\"w\"}");

    assertThat(awo(shell, "run --workflow-file w.json --commit c --run-id ../x")).isEqualTo(64);
    assertThat(awo(shell, "run --workflow-file w.json --commit c")).isEqualTo(1);
    assertThat(shell.err()).contains("GOV-002");
    assertThat(shell.out()).contains("/steps");
    assertThat(awo(shell, "validate chain --run-id nobody --trust w.json")).isEqualTo(66);
    assertThat(gate2(shell, "ben", "maybe")).isEqualTo(64);
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void the_suite_says_that_all_is_ready_and_writes_its_results() throws IOException {
    Shell shell = shell();

    assertThat(awo(shell, "suite --junit results.xml")).isZero();
    assertThat(shell.out().strip()).endsWith("Test-Ready State R0");
    assertThat(shell.out().lines()).hasSize(26);
    assertThat(Files.readString(directory.resolve("results.xml")))
        .contains("tests=\"25\" failures=\"0\"");
  }
}
