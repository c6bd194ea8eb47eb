package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.Genesis;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// That what a workflow receipt says of its run is what entries and receipts say.
///
/// A run that was retried has several; each covers the chain as it was at its `audit_size`.
final class WorkflowReceipts {

  private final EntryChain entries;
  private final ReceiptChain receipts;
  private final Findings findings;

  private WorkflowReceipts(EntryChain entries, ReceiptChain receipts, Findings findings) {
    this.entries = entries;
    this.receipts = receipts;
    this.findings = findings;
  }

  static void check(EntryChain entries, ReceiptChain receipts, Findings findings) {
    var checks = new WorkflowReceipts(entries, receipts, findings);
    receipts.workflows().forEach(checks::check);
  }

  private void check(String hash, WorkflowReceipt workflow) {
    String where = ReceiptChain.where(hash);
    audit(where, workflow);
    entries.genesis().ifPresent(genesis -> origin(where, workflow, genesis));

    List<ReceiptChain.Link> chain = chainAt(workflow.auditSize());
    var hashes = chain.stream().map(ReceiptChain.Link::hash).toList();
    same(where, "receipts", workflow.receiptHashes(), hashes);
    same(where, "step_hashes", workflow.stepHashes(), stepHashes(chain));
    same(where, "gate_receipts", workflow.gateReceipts(), gates(chain));
    findings.require(
        workflow
            .receiptsRoot()
            .equals(WorkflowReceipt.rootOf(chain.stream().map(l -> l.receipt().bytes()).toList())),
        Finding.CHAIN_BROKEN,
        where,
        "receipts_root is not the root over the receipts");
  }

  private void audit(String where, WorkflowReceipt workflow) {
    boolean found =
        entries.links().stream()
            .anyMatch(link ->
                link.entry().seq() == workflow.auditSize() - 1
                    && link.hash().equals(workflow.auditHead()));
    findings.require(
        found,
        Finding.MISMATCH,
        where,
        "no entry %d has its audit_head".formatted(workflow.auditSize() - 1));
  }

  private void origin(String where, WorkflowReceipt workflow, Genesis genesis) {
    boolean same =
        workflow.definitionHash().equals(genesis.definitionHash())
            && workflow.inputHash().equals(genesis.inputHash())
            && workflow.workflowId().equals(genesis.workflowId())
            && workflow.workflowVersion().equals(genesis.workflowVersion());
    findings.require(
        same, Finding.MISMATCH, where, "the run began with another definition or input");
  }

  private void same(String where, String member, List<String> stated, List<String> actual) {
    findings.require(
        stated.equals(actual),
        Finding.CHAIN_BROKEN,
        where,
        "%s has %d items, which are not the %d of the run"
            .formatted(member, stated.size(), actual.size()));
  }

  /// The part of the chain that entries before `auditSize` name.
  private List<ReceiptChain.Link> chainAt(long auditSize) {
    Set<String> named = new HashSet<>();
    for (EntryChain.Link link : entries.links()) {
      if (link.entry().seq() < auditSize) {
        link.entry().evidencePackRef().ifPresent(named::add);
      }
    }
    return receipts.links().stream().filter(link -> named.contains(link.hash())).toList();
  }

  /// Every attempt at every step, in the order in which they ended.
  private static List<String> stepHashes(List<ReceiptChain.Link> chain) {
    return chain.stream()
        .map(ReceiptChain.Link::receipt)
        .filter(StepReceipt.class::isInstance)
        .map(receipt -> ((StepReceipt) receipt).step().hash())
        .toList();
  }

  private static List<String> gates(List<ReceiptChain.Link> chain) {
    return chain.stream()
        .filter(link -> link.receipt() instanceof GateReceipt)
        .map(ReceiptChain.Link::hash)
        .toList();
  }
}
