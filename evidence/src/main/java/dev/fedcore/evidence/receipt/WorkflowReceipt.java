package dev.fedcore.evidence.receipt;

import static dev.fedcore.evidence.receipt.CanonicalDocument.optional;
import static dev.fedcore.evidence.receipt.CanonicalDocument.strings;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.merkle.MerkleTree;
import java.util.List;
import java.util.Optional;

/// The end of a run: what was done, as its `workflow_hash`, bound to every receipt and to the audit
/// chain up to here.
///
/// @param execution `managed` or `external`: who ran the steps
/// @param stepHashes of every attempt at every step, in the order they ended; no run, no clock
/// @param receiptHashes the whole chain of step and gate receipts, in order
/// @param receiptsRoot RFC 6962 root over the receipts' bytes, hexadecimal; see [#rootOf(List)]
/// @param gateReceipts those of `receiptHashes` that are gates', in order
/// @param unreportedSteps steps of the definition that an external worker never reported
/// @param auditHead the hash of the last entry before the one that ends the run
/// @param auditSize how many entries there are up to and with that one
public record WorkflowReceipt(
    String runId,
    String workflowId,
    String workflowVersion,
    String definitionHash,
    String inputHash,
    String outcome,
    String execution,
    List<String> stepHashes,
    List<String> receiptHashes,
    String receiptsRoot,
    List<String> gateReceipts,
    List<String> unreportedSteps,
    String auditHead,
    long auditSize)
    implements Receipt {

  public static final String TYPE = "https://fedcore.dev/workflow-receipt/v1";

  private static final List<String> EXECUTIONS = List.of("managed", "external");

  public WorkflowReceipt {
    CanonicalDocument.requireHash("definition_hash", definitionHash);
    CanonicalDocument.requireHash("input_hash", inputHash);
    CanonicalDocument.requireHash("receipts_root", receiptsRoot);
    CanonicalDocument.requireHash("audit_head", auditHead);
    CanonicalDocument.requireIndex("audit_size", auditSize);
    CanonicalDocument.requireHashes("step_hashes", stepHashes);
    CanonicalDocument.requireHashes("receipts", receiptHashes);
    CanonicalDocument.requireHashes("gate_receipts", gateReceipts);
    if (!EXECUTIONS.contains(execution)) {
      throw new IllegalArgumentException(
          "execution must be managed or external, is \"" + execution + "\"");
    }
    stepHashes = List.copyOf(stepHashes);
    receiptHashes = List.copyOf(receiptHashes);
    gateReceipts = List.copyOf(gateReceipts);
    unreportedSteps = List.copyOf(unreportedSteps);
  }

  /// The `receipts_root` over the bytes of the receipts in order, in hexadecimal.
  public static String rootOf(List<byte[]> receipts) {
    return Sha256.hexOf(MerkleTree.root(receipts.stream().map(MerkleTree::leafHash).toList()));
  }

  /// The hash that equal executions share: definition, input, outcome and steps; no run, no clock.
  public String workflowHash() {
    var writer = new CanonicalWriter().beginObject();
    writer.name("definition_hash").string(definitionHash);
    writer.name("input_hash").string(inputHash);
    writer.name("outcome").string(outcome);
    strings(writer, "step_hashes", stepHashes);
    return Sha256.hex(writer.endObject().toBytes());
  }

  /// The hash of the last receipt of the chain; empty when there is none.
  public Optional<String> receiptHead() {
    return receiptHashes.isEmpty() ? Optional.empty() : Optional.of(receiptHashes.getLast());
  }

  @Override
  public byte[] bytes() {
    var writer = new CanonicalWriter().beginObject().name("_type").string(TYPE);
    writer.name("audit_head").string(auditHead);
    writer.name("audit_size").integer(auditSize);
    writer.name("definition_hash").string(definitionHash);
    writer.name("execution").string(execution);
    strings(writer, "gate_receipts", gateReceipts);
    writer.name("input_hash").string(inputHash);
    writer.name("outcome").string(outcome);
    writer.name("receipt_count").integer(receiptHashes.size());
    optional(writer, "receipt_head", receiptHead());
    strings(writer, "receipts", receiptHashes);
    writer.name("receipts_root").string(receiptsRoot);
    writer.name("run_id").string(runId);
    strings(writer, "step_hashes", stepHashes);
    strings(writer, "unreported_steps", unreportedSteps);
    writer.name("workflow_hash").string(workflowHash());
    writer.name("workflow_id").string(workflowId);
    return writer.name("workflow_version").string(workflowVersion).endObject().toBytes();
  }

  /// Reads a workflow receipt. Its `workflow_hash`, head and count are computed again.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  public static WorkflowReceipt parse(byte[] bytes) {
    return CanonicalDocument.parse(bytes, TYPE, WorkflowReceipt::read, WorkflowReceipt::bytes);
  }

  private static WorkflowReceipt read(JsonFields fields) {
    var receipt =
        new WorkflowReceipt(
            fields.string("run_id"),
            fields.string("workflow_id"),
            fields.string("workflow_version"),
            fields.string("definition_hash"),
            fields.string("input_hash"),
            fields.string("outcome"),
            fields.string("execution"),
            fields.strings("step_hashes"),
            fields.strings("receipts"),
            fields.string("receipts_root"),
            fields.strings("gate_receipts"),
            fields.strings("unreported_steps"),
            fields.string("audit_head"),
            fields.integer("audit_size", 0, JsonNumber.INTEGER_MAX));
    fields.integer("receipt_count", 0, JsonNumber.INTEGER_MAX);
    fields.optionalString("receipt_head");
    if (!receipt.workflowHash().equals(fields.string("workflow_hash"))) {
      throw new MalformedInput("/workflow_hash", "does not follow from the members it is made of");
    }
    return receipt;
  }
}
