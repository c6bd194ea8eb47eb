package dev.fedcore.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.witness.WitnessPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderVerifierTest {

  private static final NoteSigner SIGNER = NoteSigner.generate("log.example");
  private static final NoteVerifier KEY = NoteVerifier.parse(SIGNER.verifierKey());

  private static final CheckpointTrust TRUST = CheckpointTrust.inKeys(List.of(KEY));

  @TempDir Path scratch;
  private Path root = Path.of("");
  private Path run = Path.of("");

  @BeforeEach
  void an_exported_run() throws IOException {
    root = Files.createDirectory(scratch.resolve("export"));
    var evidence = SmallRun.completed().evidence();
    run = RunFolder.write(root, evidence, Optional.of(logged(evidence.entries())));
  }

  @Test
  void a_run_as_it_was_written_is_verified() {
    var report = FolderVerifier.verify(root, Optional.of(TRUST));

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(7);
    assertThat(report.receipts()).isEqualTo(4);
    assertThat(FolderVerifier.verify(run, Optional.empty()).findings()).isEmpty();
  }

  @Test
  void a_run_without_a_log_and_a_tree_of_runs_are_verified() {
    RunFolder.write(root.resolve("more/deep"), SmallRun.retried().evidence(), Optional.empty());

    var report = FolderVerifier.verify(root, Optional.of(TRUST));

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(7 + 9);
  }

  @Test
  void equal_evidence_is_written_as_equal_bytes() throws IOException {
    var evidence = SmallRun.completed().evidence();
    Path one = RunFolder.write(scratch.resolve("one"), evidence, Optional.empty());
    Path two = RunFolder.write(scratch.resolve("two"), evidence, Optional.empty());

    for (Path file : files(one)) {
      assertThat(two.resolve(one.relativize(file))).hasSameBinaryContentAs(file);
    }
    assertThat(files(two)).hasSameSizeAs(files(one));
    assertThat(one.resolve("run.json"))
        .content()
        .startsWith("{\"_type\":\"https://fedcore.dev/run/v1\",\"audit_head\":\"")
        .contains("\"audit_size\":7,", "\"status\":\"COMPLETED\"", "\"workflow_id\":\"w\"");
  }

  @Test
  void no_byte_of_any_file_can_change() throws IOException {
    for (Path file : files(root)) {
      byte[] good = Files.readAllBytes(file);
      for (int i = 0; i < good.length; i += stride(good.length)) {
        byte[] bad = good.clone();
        bad[i] ^= 1;
        Files.write(file, bad);
        assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).verified())
            .as("byte %d of %s", i, file)
            .isFalse();
      }
      Files.write(file, good);
    }
    assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).verified()).isTrue();
  }

  @Test
  void no_file_can_be_missing() throws IOException {
    for (Path file : files(root)) {
      byte[] good = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).verified())
          .as("%s", file)
          .isFalse();
      Files.write(file, good);
    }
  }

  @Test
  void a_file_that_nothing_accounts_for_is_found() throws IOException {
    Files.writeString(run.resolve("notes.txt"), "hello");
    Files.writeString(run.resolve("receipts/readme"), "hello");
    Files.writeString(run.resolve("proofs/99.tlog-proof"), "hello");
    Files.createSymbolicLink(root.resolve("link"), run.resolve("run.json"));

    assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).findings())
        .allMatch(finding -> finding.code().equals(Finding.EXTRA))
        .extracting(Finding::where)
        .containsExactlyInAnyOrder(
            "run-1/notes.txt", "run-1/receipts/readme", "run-1/proofs/99.tlog-proof", "link");
  }

  @Test
  void keys_from_elsewhere_are_believed_and_the_folders_own_are_not() {
    var other = NoteVerifier.parse(NoteSigner.generate("log.example").verifierKey());

    assertThat(
            FolderVerifier.verify(root, Optional.of(CheckpointTrust.inKeys(List.of(other))))
                .findings())
        .extracting(Finding::where)
        .contains("run-1/log.vkey", "run-1/checkpoint", "run-1/proofs/0.tlog-proof");
  }

  @Test
  void a_run_in_a_folder_of_another_name_is_found() throws IOException {
    Files.move(run, root.resolve("run-2"));

    assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).findings())
        .anyMatch(finding -> finding.what().contains("it is of run run-1, not run-2"));
  }

  @Test
  void nothing_is_no_evidence() throws IOException {
    Path empty = Files.createDirectory(scratch.resolve("empty"));

    assertThat(FolderVerifier.verify(empty, Optional.empty()).findings())
        .extracting(Finding::code)
        .containsExactly(Finding.MISSING);
    assertThatThrownBy(() -> FolderVerifier.verify(empty.resolve("nowhere"), Optional.empty()))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Nested
  class With_checksums {

    @BeforeEach
    void of_every_file() throws IOException {
      Files.writeString(root.resolve("report.txt"), "for people");
      var lines = new StringBuilder();
      for (Path file : files(root)) {
        String hash = Sha256.hex(Files.readAllBytes(file));
        lines.append(hash).append("  ./").append(root.relativize(file)).append('\n');
      }
      Files.writeString(root.resolve("SHA256SUMS"), lines);
    }

    @Test
    void any_file_may_be_there_that_they_name() {
      assertThat(FolderVerifier.verify(root, Optional.of(TRUST)).findings()).isEmpty();
    }

    @Test
    void changed_missing_and_extra_files_are_found() throws IOException {
      Files.writeString(root.resolve("report.txt"), "for other people");
      assertThat(codes()).containsExactly(Finding.CHANGED);

      Files.delete(root.resolve("report.txt"));
      assertThat(codes()).containsExactly(Finding.MISSING);

      Files.writeString(root.resolve("report.txt"), "for people");
      Files.writeString(root.resolve("more.txt"), "more");
      assertThat(codes()).containsOnly(Finding.EXTRA);
    }

    @Test
    void lines_that_are_none_or_lead_outside_are_found() throws IOException {
      Path sums = root.resolve("SHA256SUMS");
      String good = Files.readString(sums);
      String hash = "a".repeat(64);
      for (String bad :
          List.of(
              "nonsense\n", hash + "  ../../etc/passwd\n", good.lines().findFirst().orElse(""))) {
        Files.writeString(sums, good + bad);
        assertThat(codes()).as(bad).contains(Finding.MALFORMED);
      }
    }

    private List<String> codes() {
      return FolderVerifier.verify(root, Optional.of(TRUST)).findings().stream()
          .map(Finding::code)
          .toList();
    }
  }

  @Nested
  class A_single_receipt {

    @Test
    void is_verified_by_its_name() throws IOException {
      for (Path file : files(run.resolve("receipts"))) {
        assertThat(FolderVerifier.verify(file, Optional.empty()).findings()).isEmpty();
      }
    }

    @Test
    void is_found_when_changed_misnamed_or_no_receipt() throws IOException {
      Path receipt = files(run.resolve("receipts")).getFirst();
      Path misnamed = Files.copy(receipt, scratch.resolve("receipt.json"));
      Path entry = scratch.resolve(Sha256.hex(SmallRun.bytes("{}")) + ".json");
      Files.writeString(entry, "{}");
      Files.writeString(receipt, Files.readString(receipt).replace("run-1", "run-2"));

      assertThat(codes(receipt)).contains(Finding.CHANGED);
      assertThat(codes(misnamed)).contains(Finding.MALFORMED);
      assertThat(codes(entry)).containsExactly(Finding.MALFORMED);
    }

    private static List<String> codes(Path file) {
      return FolderVerifier.verify(file, Optional.empty()).findings().stream()
          .map(Finding::code)
          .toList();
    }
  }

  @Test
  void under_a_witness_policy_the_checkpoint_and_every_proof_are_cosigned() throws IOException {
    var witness = Cosigner.generate("w.example");
    var policy =
        WitnessPolicy.parse(
            "log %s\nwitness w %s\nquorum w\n"
                .formatted(SIGNER.verifierKey(), witness.verifierKey())
                .getBytes(StandardCharsets.UTF_8));
    var evidence = SmallRun.completed().evidence();
    var cosigned = Files.createDirectory(scratch.resolve("cosigned"));
    UnaryOperator<String> cosign =
        note -> note + witness.cosign(Note.parse(bytes(note)).text(), Instant.EPOCH);
    RunFolder.write(cosigned, evidence, Optional.of(logged(evidence.entries(), cosign)));

    assertThat(FolderVerifier.verify(cosigned, Optional.of(policy)).findings()).isEmpty();
    assertThat(FolderVerifier.verify(root, Optional.of(policy)).findings())
        .extracting(Finding::what)
        .hasSize(evidence.entries().size() + 1)
        .allSatisfy(what -> assertThat(what).contains("quorum w is not met"));
  }

  private LogEvidence logged(List<Exhibit> entries) throws IOException {
    return logged(entries, UnaryOperator.identity());
  }

  private LogEvidence logged(List<Exhibit> entries, UnaryOperator<String> cosign)
      throws IOException {
    Path log = Files.createTempDirectory(scratch, "log");
    var tiles = TileLog.open(log);
    tiles.append(List.of(new byte[32], new byte[32]));
    tiles.append(entries.stream().map(entry -> Sha256.parseHex(entry.hash())).toList());
    tiles.flush();
    String signed = SIGNER.sign(new Checkpoint(SIGNER.name(), tiles.size(), tiles.root()).text());
    String note = cosign.apply(signed);
    var proofs = new ArrayList<TlogProof>();
    for (int seq = 0; seq < entries.size(); seq++) {
      var proof = LogProofs.inclusion(new DirectoryTiles(log), seq + 2L, tiles.size());
      proofs.add(new TlogProof(proof.index(), proof.hashes(), note));
    }
    return new LogEvidence(note, List.of(SIGNER.verifierKey()), proofs);
  }

  /// Some sixty bytes a file, at odd distances, so that the test takes seconds. Every single byte
  /// of every document is changed in [RunVerifierTest], and of notes and proofs beside these.
  private static int stride(int length) {
    return (length / 60) | 1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
