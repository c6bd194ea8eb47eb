package dev.fedcore.evidence.verify;

import java.util.HashSet;
import java.util.Set;

/// Verifies one run: that every document is the one that its hash names, that entries and receipts
/// are chained without a gap from the genesis on, and that each vouches for the other.
///
/// What it cannot see is the end: a run whose last entries were cut off is a shorter run. The log
/// shows that; see [LogVerifier].
public final class RunVerifier {

  private RunVerifier() {}

  /// Checks everything, and reports everything.
  public static VerificationReport verify(RunEvidence run) {
    var findings = new Findings();
    var entries = EntryChain.check(run, findings);
    var receipts = ReceiptChain.check(run, findings);
    References.check(entries, receipts, findings);
    WorkflowReceipts.check(entries, receipts, findings);
    contents(run, entries, receipts, findings);
    return new VerificationReport(
        findings.all(), run.entries().size(), run.receipts().size(), entries.erased());
  }

  private static void contents(
      RunEvidence run, EntryChain entries, ReceiptChain receipts, Findings findings) {
    Set<String> named = new HashSet<>(receipts.contentHashes());
    named.addAll(entries.contentHashes());
    for (Exhibit content : run.contents()) {
      String where = "content " + content.hash();
      findings.require(
          content.actualHash().equals(content.hash()),
          Finding.CHANGED,
          where,
          "its bytes have the hash " + content.actualHash());
      findings.require(
          named.contains(content.hash()), Finding.EXTRA, where, "no receipt or entry names it");
    }
  }
}
