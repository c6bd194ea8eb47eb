package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// That each receipt is named by one entry, the right one, and each named receipt is there.
final class References {

  private static final String GATE_RESOLVED = "FC-GATE-002";

  private final ReceiptChain receipts;
  private final Findings findings;
  private final Map<String, EntryChain.Link> namedBy = new LinkedHashMap<>();

  private References(ReceiptChain receipts, Findings findings) {
    this.receipts = receipts;
    this.findings = findings;
  }

  static void check(EntryChain entries, ReceiptChain receipts, Findings findings) {
    var references = new References(receipts, findings);
    for (EntryChain.Link link : entries.links()) {
      references.entry(link);
    }
    for (ReceiptChain.Link link : receipts.links()) {
      references.receipt(link.hash(), link.receipt());
    }
    receipts.workflows().forEach(references::receipt);
  }

  private void entry(EntryChain.Link link) {
    Optional<String> reference = link.entry().evidencePackRef().filter(Sha256::isHex);
    if (reference.isEmpty()) {
      findings.require(
          !link.entry().eventType().equals(EntryChain.ENDED),
          Finding.MISSING,
          link.where(),
          "it ends the run and names no workflow receipt");
      return;
    }
    String hash = reference.get();
    findings.require(
        receipts.holds(hash),
        Finding.MISSING,
        link.where(),
        "the receipt that it names is missing: " + hash);
    var before = namedBy.putIfAbsent(hash, link);
    findings.require(
        before == null, Finding.MISMATCH, link.where(), "another entry names its receipt too");
  }

  private void receipt(String hash, Receipt receipt) {
    String where = ReceiptChain.where(hash);
    var link = namedBy.get(hash);
    if (link == null) {
      findings.add(Finding.EXTRA, where, "no entry names it");
      return;
    }
    findings.require(
        fits(receipt, link),
        Finding.MISMATCH,
        where,
        "%s, of type %s, names it and is about something else"
            .formatted(link.where(), link.entry().eventType()));
  }

  private static boolean fits(Receipt receipt, EntryChain.Link link) {
    var entry = link.entry();
    return switch (receipt) {
      case StepReceipt step ->
          !entry.eventType().equals(GATE_RESOLVED)
              && !entry.eventType().equals(EntryChain.ENDED)
              && entry.stepId().equals(Optional.of(step.step().stepId()));
      case GateReceipt gate ->
          entry.eventType().equals(GATE_RESOLVED)
              && entry.stepId().orElse(gate.stepId()).equals(gate.stepId())
              && EntryChain.text(entry.details(), "gate_id").equals(gate.gateId());
      case WorkflowReceipt workflow ->
          entry.eventType().equals(EntryChain.ENDED)
              && entry.seq() == workflow.auditSize()
              && entry.prev().equals(workflow.auditHead());
    };
  }
}
