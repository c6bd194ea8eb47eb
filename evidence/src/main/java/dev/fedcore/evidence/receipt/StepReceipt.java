package dev.fedcore.evidence.receipt;

import static dev.fedcore.evidence.receipt.CanonicalDocument.optional;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Optional;

/// One step of one run: its content, bound to the run, the actor and the receipt before it.
///
/// @param index counts from 0 over all step and gate receipts of the run
/// @param effectRef what the outside world calls what this step did there
/// @param gateReceipt the hash of the gate receipt that let this step go on
/// @param prev the hash of the receipt before; empty for the first
/// @param version of the document's form: 1 says who and what people wrote in clear, 2 in
///   commitments ([Commitment])
public record StepReceipt(
    String runId,
    long index,
    StepContent step,
    String actorId,
    Optional<String> effectRef,
    Optional<String> gateReceipt,
    Optional<String> prev,
    int version)
    implements ChainedReceipt {

  /// The type of version 1.
  public static final String TYPE = "https://fedcore.dev/step-receipt/v1";

  static final List<String> TYPES = List.of(TYPE, "https://fedcore.dev/step-receipt/v2");

  public StepReceipt {
    CanonicalDocument.requireIndex("index", index);
    CanonicalDocument.requireHash("gate_receipt", gateReceipt);
    CanonicalDocument.requireHash("prev", prev);
    CanonicalDocument.requireVersion(version, TYPES);
  }

  /// A receipt of version 1, as it was written before there were commitments.
  public StepReceipt(
      String runId,
      long index,
      StepContent step,
      String actorId,
      Optional<String> effectRef,
      Optional<String> gateReceipt,
      Optional<String> prev) {
    this(runId, index, step, actorId, effectRef, gateReceipt, prev, 1);
  }

  @Override
  public byte[] bytes() {
    byte[] content = step.bytes();
    return bytes(content, Sha256.hex(content));
  }

  /// The canonical document, for a caller who has the step's own bytes already.
  ///
  /// @param content what `step().bytes()` gives
  /// @param stepHash its SHA-256 in hexadecimal
  public byte[] bytes(byte[] content, String stepHash) {
    var writer = new CanonicalWriter().beginObject().name("_type").string(TYPES.get(version - 1));
    writer.name("actor_id").string(actorId);
    optional(writer, "effect_ref", effectRef);
    optional(writer, "gate_receipt", gateReceipt);
    writer.name("index").integer(index);
    optional(writer, "prev", prev);
    writer.name("run_id").string(runId);
    writer.name("step").raw(content);
    return writer.name("step_hash").string(stepHash).endObject().toBytes();
  }

  /// Reads a step receipt. Its `step_hash` is computed again.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  public static StepReceipt parse(byte[] bytes) {
    return CanonicalDocument.parse(bytes, TYPES, StepReceipt::read, StepReceipt::bytes);
  }

  private static StepReceipt read(JsonFields fields, int version) {
    var receipt =
        new StepReceipt(
            fields.string("run_id"),
            fields.integer("index", 0, JsonNumber.INTEGER_MAX),
            StepContent.read(fields.object("step"), fields.pointer("step")),
            fields.string("actor_id"),
            fields.optionalString("effect_ref"),
            fields.optionalString("gate_receipt"),
            fields.optionalString("prev"),
            version);
    if (!receipt.step.hash().equals(fields.string("step_hash"))) {
      throw new MalformedInput("/step_hash", "is not the hash of /step");
    }
    return receipt;
  }
}
