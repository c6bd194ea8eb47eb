package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.receipt.ChainedReceipt;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The receipts of a run that could be read: the chain of steps and gates by index, and the
/// workflow receipts beside it.
final class ReceiptChain {

  /// A step that was not let go on names the gate that denied it, whatever that was about.
  private static final String DENIED = "DENIED";

  private final String runId;
  private final Findings findings;
  private final List<Link> links = new ArrayList<>();
  private final Map<String, WorkflowReceipt> workflows = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();

  /// A link of the chain and the hash that its bytes have.
  record Link(ChainedReceipt receipt, String hash) {

    String where() {
      return ReceiptChain.where(hash);
    }
  }

  private ReceiptChain(String runId, Findings findings) {
    this.runId = runId;
    this.findings = findings;
  }

  static ReceiptChain check(RunEvidence run, Findings findings) {
    var chain = new ReceiptChain(run.runId(), findings);
    var seen = new HashSet<String>();
    for (Exhibit exhibit : run.receipts()) {
      findings.require(
          seen.add(exhibit.hash()), Finding.EXTRA, where(exhibit.hash()), "it is there twice");
      chain.read(exhibit);
    }
    chain.links.sort(Comparator.comparingLong(link -> link.receipt().index()));
    chain.checkLinks();
    return chain;
  }

  static String where(String hash) {
    return "receipt " + hash;
  }

  /// The chain, by index.
  List<Link> links() {
    return links;
  }

  Map<String, WorkflowReceipt> workflows() {
    return workflows;
  }

  /// Whether something was there under that name, readable or not.
  boolean holds(String hash) {
    return unreadable.contains(hash) || find(hash).isPresent();
  }

  Optional<Receipt> find(String hash) {
    Stream<Receipt> link =
        links.stream().filter(each -> each.hash().equals(hash)).map(Link::receipt);
    return link.findFirst().or(() -> Optional.ofNullable(workflows.get(hash)));
  }

  Set<String> contentHashes() {
    var hashes = new HashSet<String>();
    for (Link link : links) {
      switch (link.receipt()) {
        case StepReceipt step -> {
          step.step().inputHash().ifPresent(hashes::add);
          step.step().outputHash().ifPresent(hashes::add);
          step.step().actionHash().ifPresent(hashes::add);
        }
        case GateReceipt gate -> hashes.add(gate.actionHash());
      }
    }
    return hashes;
  }

  private void read(Exhibit exhibit) {
    String where = where(exhibit.hash());
    String actual = exhibit.actualHash();
    findings.require(
        actual.equals(exhibit.hash()), Finding.CHANGED, where, "its bytes have the hash " + actual);
    var receipt = findings.read(where, () -> Receipt.parse(exhibit.bytes()));
    if (receipt.isEmpty() || !actual.equals(exhibit.hash())) {
      unreadable.add(exhibit.hash());
    }
    if (receipt.isEmpty()) {
      return;
    }
    findings.require(
        receipt.get().runId().equals(runId),
        Finding.CHAIN_BROKEN,
        where,
        "it is of run " + receipt.get().runId() + ", not " + runId);
    switch (receipt.get()) {
      case ChainedReceipt link -> links.add(new Link(link, actual));
      case WorkflowReceipt workflow -> workflows.put(actual, workflow);
    }
  }

  private void checkLinks() {
    long expected = 0;
    Optional<String> prev = Optional.empty();
    for (Link link : links) {
      long index = link.receipt().index();
      if (index > expected) {
        findings.add(
            Finding.MISSING,
            link.where(),
            "%d receipts are missing before index %d".formatted(index - expected, index));
      } else if (index < expected) {
        findings.add(Finding.EXTRA, link.where(), "there is another of index " + index);
      }
      findings.require(
          link.receipt().prev().equals(prev),
          Finding.CHAIN_BROKEN,
          link.where(),
          "prev is %s, what comes before has %s"
              .formatted(link.receipt().prev().orElse("null"), prev.orElse("null")));
      checkGate(link);
      prev = Optional.of(link.hash());
      expected = index + 1;
    }
  }

  /// A step that people let go on names their answer, and that answer was about the same action.
  private void checkGate(Link link) {
    if (!(link.receipt() instanceof StepReceipt step) || step.gateReceipt().isEmpty()) {
      return;
    }
    Optional<Receipt> named = find(step.gateReceipt().get());
    if (named.isEmpty() || !(named.get() instanceof GateReceipt gate)) {
      findings.add(
          Finding.MISSING,
          link.where(),
          "its gate receipt is missing: " + step.gateReceipt().get());
      return;
    }
    findings.require(
        gate.index() < step.index(),
        Finding.CHAIN_BROKEN,
        link.where(),
        "its gate receipt comes after it");
    findings.require(
        step.step().status().equals(DENIED)
            || step.step().actionHash().isEmpty()
            || step.step().actionHash().get().equals(gate.actionHash()),
        Finding.MISMATCH,
        link.where(),
        "the gate was about another action, " + gate.actionHash());
  }
}
