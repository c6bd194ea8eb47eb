package dev.fedcore.evidence.awo.export;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.pipeline.Sealing;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.ChainedReceipt;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.evidence.verify.RunFolder;
import dev.fedcore.evidence.verify.RunVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Turns the evidence of a Federation Core run that is over into a sealed AWO run. Equal evidence
/// gives equal bytes, wherever, whenever and however often it is done.
public final class RunExport {

  private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "CANCELLED");

  private RunExport() {}

  /// How an export ended.
  public sealed interface Exported {

    /// The run's files with their sums, by their paths in the run's folder.
    record Done(RunName run, RunFiles files) implements Exported {

      /// The run as one archive; see [Sealing#archive].
      public byte[] archive() {
        return Sealing.archive(files.snapshot());
      }

      /// Writes the same archive as it is made.
      ///
      /// @throws IOException when `out` takes no more
      public void archive(OutputStream out) throws IOException {
        Sealing.archive(files.snapshot(), out);
      }
    }

    /// The evidence does not hold, or the run is not over.
    record Refused(List<Finding> findings) implements Exported {

      public Refused {
        findings = List.copyOf(findings);
      }
    }
  }

  /// Exports one run.
  public static Exported of(RunEvidence evidence) {
    if (evidence.entries().isEmpty()) {
      return refused(AwoCode.STR_001, "there are no entries of this run");
    }
    List<Finding> broken =
        RunVerifier.verify(evidence).findings().stream().map(RunExport::finding).toList();
    if (!broken.isEmpty()) {
      return new Exported.Refused(broken);
    }
    try {
      return sealed(evidence);
    } catch (MalformedInput e) {
      return refused(AwoCode.STR_001, String.valueOf(e.getMessage()));
    }
  }

  private static Exported sealed(RunEvidence evidence) {
    RunFiles files = RunFiles.of(RunFolder.files(evidence));
    var entries = evidence.entries().stream().map(e -> AuditEntry.parse(e.bytes())).toList();
    var frame =
        new RunFrame(
            new RunName(evidence.runId()),
            files.json("run.json").orElseThrow(),
            entries,
            chain(evidence));
    if (!OVER.contains(frame.status())) {
      return refused(
          AwoCode.GOV_002, "the run is " + frame.status() + "; export it when it is over");
    }
    return new Exported.Done(frame.run(), Sealing.seal(frame.around(files)));
  }

  private static List<ChainedReceipt> chain(RunEvidence evidence) {
    var chain = new ArrayList<ChainedReceipt>();
    for (Exhibit exhibit : evidence.receipts()) {
      if (Receipt.parse(exhibit.bytes()) instanceof ChainedReceipt link) {
        chain.add(link);
      }
    }
    chain.sort(Comparator.comparingLong(ChainedReceipt::index));
    return chain;
  }

  private static Exported refused(AwoCode code, String why) {
    return new Exported.Refused(List.of(new Finding(code, "", why)));
  }

  private static Finding finding(dev.fedcore.evidence.verify.Finding found) {
    AwoCode code =
        switch (found.code()) {
          case dev.fedcore.evidence.verify.Finding.CHANGED -> AwoCode.INT_001;
          case dev.fedcore.evidence.verify.Finding.MISSING,
              dev.fedcore.evidence.verify.Finding.EXTRA ->
              AwoCode.INT_002;
          default -> AwoCode.STR_001;
        };
    return new Finding(code, found.where(), found.what());
  }
}
