package dev.fedcore.cli.offline;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.evidence.verify.RunVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import dev.fedcore.kernel.identity.RunId;
import java.util.ArrayList;
import java.util.List;

/// Verifies one stream of a ledger: entries, receipts, and what the run's view shows of inputs and
/// outputs.
///
/// A stream that grows while it is read is read again, since its receipts would be ahead of it.
record StreamCheck(Ledger ledger) {

  private static final int PAGE = 1_000;

  /// A run that a server is working on is quiet within a few readings, or is reported as it was.
  private static final int READINGS_MAX = 5;

  VerificationReport verify(StreamId stream) {
    RunEvidence evidence = read(stream);
    for (int reading = 1; reading < READINGS_MAX && hasGrown(stream, evidence); reading++) {
      evidence = read(stream);
    }
    return RunVerifier.verify(evidence);
  }

  private boolean hasGrown(StreamId stream, RunEvidence evidence) {
    return !ledger.stream(stream, evidence.entries().size(), 1).isEmpty();
  }

  private RunEvidence read(StreamId stream) {
    List<Exhibit> entries =
        entries(stream).stream().map(entry -> exhibit(entry.document())).toList();
    if (!stream.isRun()) {
      return new RunEvidence(stream.value(), entries, List.of());
    }
    RunId run = RunId.parse(stream.value());
    List<Exhibit> receipts = ledger.receipts(run).stream().map(StreamCheck::exhibit).toList();
    List<Exhibit> contents =
        ledger
            .run(run)
            .map(RunRow::view)
            .map(view -> ViewContents.of(view.utf8()))
            .orElse(List.of());
    return new RunEvidence(stream.value(), entries, receipts, contents);
  }

  private List<LoggedEntry> entries(StreamId stream) {
    var entries = new ArrayList<LoggedEntry>();
    List<LoggedEntry> page;
    do {
      page = ledger.stream(stream, entries.size(), PAGE);
      entries.addAll(page);
    } while (page.size() == PAGE);
    return entries;
  }

  private static Exhibit exhibit(Document document) {
    return new Exhibit(document.hash(), document.bytes());
  }
}
