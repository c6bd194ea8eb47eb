package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Verifies exported evidence: any tree of [RunFolder]s, a `SHA256SUMS` where there is one, or a
/// single receipt in a file named by its hash. A file that no rule reads is a finding.
///
/// Without keys from elsewhere, a folder's own `log.vkey` is believed, so that it shows only that
/// the folder agrees with itself. Pass the keys that you trust.
public final class FolderVerifier {

  private FolderVerifier() {}

  /// Checks everything below `path`, and reports everything.
  ///
  /// @param trusted whom to believe about the log, known from elsewhere; empty to believe the
  ///   folder
  /// @throws UncheckedIOException when `path` does not exist
  public static VerificationReport verify(Path path, Optional<CheckpointTrust> trusted) {
    Path root = real(path);
    var findings = new Findings();
    var tree = new FileTree(root, findings);
    if (Files.isRegularFile(root)) {
      return receipt(root, tree, findings);
    }
    var report = VerificationReport.EMPTY;
    boolean sums = false;
    for (Path file : tree.files()) {
      String name = String.valueOf(file.getFileName());
      if (name.equals(RunFolder.AUDIT)) {
        report = report.and(new RunFolderCheck(file, tree, trusted).check());
      } else if (name.equals(Sha256Sums.NAME)) {
        Sha256Sums.check(file, tree, findings);
        sums = true;
      }
    }
    findings.require(
        sums || report.entries() > 0, Finding.MISSING, tree.where(root), "no evidence is in here");
    for (Path file : tree.unread()) {
      findings.add(Finding.EXTRA, tree.where(file), "nothing accounts for this file");
    }
    return report.and(new VerificationReport(findings.all(), 0, 0));
  }

  /// Checks the files of one [RunFolder] that are in memory. Files that are no part of such a
  /// folder are passed over.
  ///
  /// @param files by their paths in the folder; must hold `audit.jsonl`
  public static VerificationReport verifyRun(
      String runId, Map<String, byte[]> files, Optional<CheckpointTrust> trusted) {
    var findings = new Findings();
    Path folder = Path.of(runId);
    var contents = new TreeMap<Path, byte[]>();
    files.forEach((path, bytes) -> contents.put(folder.resolve(path), bytes));
    var tree = new FileTree(contents, findings);
    var report = new RunFolderCheck(folder.resolve(RunFolder.AUDIT), tree, trusted).check();
    return report.and(new VerificationReport(findings.all(), 0, 0));
  }

  private static VerificationReport receipt(Path file, FileTree tree, Findings findings) {
    String name = String.valueOf(file.getFileName());
    String hash = name.replaceFirst("\\.json$", "");
    findings.require(
        Sha256.isHex(hash), Finding.MALFORMED, name, "a receipt's file is named by its hash");
    tree.read(file)
        .ifPresent(bytes -> {
          findings.require(
              Sha256.hex(bytes).equals(hash),
              Finding.CHANGED,
              name,
              "its bytes have the hash " + Sha256.hex(bytes));
          findings.read(name, () -> Receipt.parse(bytes));
        });
    return new VerificationReport(findings.all(), 0, 1);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("no such file or folder: " + path, e);
    }
  }
}
