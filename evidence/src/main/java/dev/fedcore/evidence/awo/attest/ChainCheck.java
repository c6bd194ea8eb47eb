package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.verify.FolderVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import java.util.List;
import java.util.Optional;

/// Whether the entries and receipts of a Federation Core run fit together. Of other runs, which
/// have no `audit.jsonl`, it says nothing.
final class ChainCheck {

  static final String AUDIT = "audit.jsonl";

  private ChainCheck() {}

  static boolean applies(Snapshot run) {
    return run.file(AUDIT).isPresent();
  }

  static List<Finding> findings(String runId, Snapshot run, List<NoteVerifier> logs) {
    return applies(run) ? findings(report(runId, run, logs)) : List.of();
  }

  static VerificationReport report(String runId, Snapshot run, List<NoteVerifier> logs) {
    Optional<CheckpointTrust> trust =
        Optional.of(logs).filter(keys -> !keys.isEmpty()).map(CheckpointTrust::inKeys);
    return FolderVerifier.verifyRun(runId, run.files(), trust);
  }

  static List<Finding> findings(VerificationReport report) {
    return report.findings().stream()
        .map(found ->
            new Finding(
                code(found.code()), found.where(), "%s (%s)".formatted(found.what(), found.code())))
        .toList();
  }

  private static AwoCode code(String code) {
    return switch (code) {
      case dev.fedcore.evidence.verify.Finding.CHANGED -> AwoCode.INT_001;
      case dev.fedcore.evidence.verify.Finding.MISSING,
          dev.fedcore.evidence.verify.Finding.EXTRA,
          dev.fedcore.evidence.verify.Finding.MALFORMED ->
          AwoCode.INT_002;
      case dev.fedcore.evidence.verify.Finding.LOG -> AwoCode.ATT_002;
      default -> AwoCode.STR_001;
    };
  }
}
