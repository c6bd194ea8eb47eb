package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.receipt.AuditEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Verifies one [RunFolder].
final class RunFolderCheck {

  private final Path folder;
  private final Path audit;
  private final FileTree tree;
  private final Optional<CheckpointTrust> trusted;
  private final Findings findings = new Findings();

  RunFolderCheck(Path audit, FileTree tree, Optional<CheckpointTrust> trusted) {
    this.folder = audit.resolveSibling("");
    this.audit = audit;
    this.tree = tree;
    this.trusted = trusted;
  }

  VerificationReport check() {
    String runId = String.valueOf(folder.getFileName());
    List<Exhibit> entries = entries();
    var run = new RunEvidence(runId, entries, receipts());
    summary(entries);
    new LogFilesCheck(folder, tree, trusted, findings).check(entries);
    return inFolder(RunVerifier.verify(run)).and(new VerificationReport(findings.all(), 0, 0));
  }

  private VerificationReport inFolder(VerificationReport report) {
    String where = tree.where(folder);
    var located =
        report.findings().stream()
            .map(found -> new Finding(found.code(), where + ": " + found.where(), found.what()))
            .toList();
    return new VerificationReport(located, report.entries(), report.receipts(), report.erased());
  }

  private List<Exhibit> entries() {
    byte[] bytes = tree.read(audit).orElse(new byte[0]);
    var entries = new ArrayList<Exhibit>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        entries.add(Exhibit.of(Arrays.copyOfRange(bytes, from, at)));
        from = at + 1;
      }
    }
    if (from < bytes.length) {
      findings.add(Finding.MALFORMED, tree.where(audit), "its last line has no end");
      entries.add(Exhibit.of(Arrays.copyOfRange(bytes, from, bytes.length)));
    }
    return entries;
  }

  private List<Exhibit> receipts() {
    var receipts = new ArrayList<Exhibit>();
    for (Path file : tree.in(folder.resolve(RunFolder.RECEIPTS))) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(RunFolder.RECEIPT_SUFFIX)) {
        String hash = name.substring(0, name.length() - RunFolder.RECEIPT_SUFFIX.length());
        tree.read(file).ifPresent(bytes -> receipts.add(new Exhibit(hash, bytes)));
      }
    }
    return receipts;
  }

  /// The summary is made of the entries, so it is made again and compared.
  private void summary(List<Exhibit> entries) {
    Path file = folder.resolve(RunFolder.RUN);
    Optional<byte[]> stated = tree.read(file);
    Optional<byte[]> expected = expectedSummary(entries);
    if (stated.isPresent() && expected.isPresent()) {
      findings.require(
          Arrays.equals(stated.get(), expected.get()),
          Finding.MISMATCH,
          tree.where(file),
          "it is not the summary of the entries");
    }
  }

  private static Optional<byte[]> expectedSummary(List<Exhibit> entries) {
    try {
      var read = entries.stream().map(entry -> AuditEntry.parse(entry.bytes())).toList();
      return read.isEmpty() ? Optional.empty() : Optional.of(RunFolder.runJson(read));
    } catch (MalformedInput e) {
      return Optional.empty(); // found and said where the entries are checked
    }
  }
}
