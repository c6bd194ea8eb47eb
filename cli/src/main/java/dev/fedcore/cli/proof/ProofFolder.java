package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes what is kept of a proof, in the places that the directive names.
public final class ProofFolder {

  /// The folder of transcripts and receipts.
  public static final String FOLDER = "PT-004_workflow_orchestration";

  /// The report, beside the folder.
  public static final String REPORT = "PT-004_workflow_orchestration_PROOF_REPORT.md";

  private static final String SUMS = "SHA256SUMS";

  /// A proof writes some hundred files; this many mean that the folder is another one.
  private static final int OLD_FILES_MAX = 100_000;

  private final Path out;
  private final List<Path> written = new ArrayList<>();

  public ProofFolder(Path out) {
    this.out = out;
  }

  /// Writes everything anew; receipts of an earlier proof in the same place are removed first.
  ///
  /// @param gitSha of the checkout, for the report; empty when there is none
  /// @return every file written
  public List<Path> write(Proof proof, String gitSha) {
    Path folder = out.resolve(FOLDER);
    Path receipts = folder.resolve("receipts");
    try {
      clear(receipts);
      clear(folder.resolve("runs"));
      Map<String, String> sums = new TreeMap<>();
      for (TrialResult result : proof.results()) {
        for (CapturedRun run : result.runs()) {
          Path place = receipts.resolve(result.trial().name()).resolve(run.id());
          sums.putAll(run(receipts, place, run));
          Path view = folder.resolve("runs").resolve(result.trial().name());
          put(view.resolve(run.id() + ".json"), run.json().getBytes(UTF_8));
        }
      }
      var lines = new StringBuilder();
      sums.forEach((path, sum) -> lines.append(sum).append("  ").append(path).append('\n'));
      put(receipts.resolve(SUMS), lines.toString().getBytes(UTF_8));
      for (TrialResult result : proof.results().subList(0, 3)) {
        put(folder.resolve(result.trial().name() + ".txt"), StepLines.of(result).getBytes(UTF_8));
      }
      put(out.resolve(REPORT), ProofReport.of(proof, gitSha).getBytes(UTF_8));
      return List.copyOf(written);
    } catch (IOException e) {
      throw new Failure(ExitCode.NO_INPUT, out + " cannot be written: " + e.getMessage());
    }
  }

  private Map<String, String> run(Path receipts, Path place, CapturedRun run) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    summary(run).ifPresent(summary -> files.put("run.json", summary));
    files.put("audit.jsonl", lines(run.entries()));
    files.put("checkpoint", run.checkpoint().getBytes(UTF_8));
    files.put("log.vkey", (run.key() + "\n").getBytes(UTF_8));
    for (Exhibit receipt : run.receipts()) {
      files.put("receipts/" + receipt.hash() + ".json", receipt.bytes());
    }
    for (int i = 0; i < run.proofs().size(); i++) {
      files.put("proofs/" + i + ".tlog-proof", run.proofs().get(i).getBytes(UTF_8));
    }
    Map<String, String> sums = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = place.resolve(file.getKey());
      put(path, file.getValue());
      String relative = receipts.relativize(path).toString().replace('\\', '/');
      sums.put("./" + relative, Sha256.hex(file.getValue()));
    }
    return sums;
  }

  /// Made of the entries alone, as every verifier makes it again; none if an entry cannot be read.
  private static Optional<byte[]> summary(CapturedRun run) {
    try {
      var entries = run.entries().stream().map(e -> AuditEntry.parse(e.bytes())).toList();
      return Optional.of(RunFolder.runJson(entries));
    } catch (MalformedInput | NoSuchElementException _) {
      return Optional.empty();
    }
  }

  private static byte[] lines(List<Exhibit> entries) {
    var lines = new ByteArrayOutputStream();
    for (Exhibit entry : entries) {
      lines.writeBytes(entry.bytes());
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private void put(Path file, byte[] bytes) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.write(file, bytes);
    written.add(file);
  }

  private static void clear(Path receipts) throws IOException {
    if (!Files.isDirectory(receipts)) {
      return;
    }
    try (Stream<Path> old = Files.walk(receipts).limit(OLD_FILES_MAX)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("the old receipts cannot be removed", e);
    }
  }
}
