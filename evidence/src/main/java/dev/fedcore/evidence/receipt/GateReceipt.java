package dev.fedcore.evidence.receipt;

import static dev.fedcore.evidence.receipt.CanonicalDocument.optional;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How people answered one request for approval, bound to the hash of the exact action.
///
/// @param index counts from 0 over all step and gate receipts of the run
/// @param status how the gate ended, such as `APPROVED`
/// @param tier who had to look
/// @param votes in the order in which they were given
/// @param reason why it ended as it did, where someone had to say so
/// @param prev the hash of the receipt before; empty for the first
/// @param version of the document's form: 1 says who and what people wrote in clear, 2 in
///   commitments ([Commitment])
public record GateReceipt(
    String runId,
    long index,
    String gateId,
    String stepId,
    String actionHash,
    String status,
    int tier,
    JsonObject decision,
    String requestedBy,
    List<JsonObject> votes,
    Optional<String> reason,
    Optional<String> prev,
    int version)
    implements ChainedReceipt {

  /// The type of version 1.
  public static final String TYPE = "https://fedcore.dev/gate-receipt/v1";

  static final List<String> TYPES = List.of(TYPE, "https://fedcore.dev/gate-receipt/v2");

  public GateReceipt {
    CanonicalDocument.requireIndex("index", index);
    CanonicalDocument.requireIndex("tier", tier);
    CanonicalDocument.requireHash("action_hash", actionHash);
    CanonicalDocument.requireHash("prev", prev);
    CanonicalDocument.requireVersion(version, TYPES);
    votes = List.copyOf(votes);
  }

  /// A receipt of version 1, as it was written before there were commitments.
  public GateReceipt(
      String runId,
      long index,
      String gateId,
      String stepId,
      String actionHash,
      String status,
      int tier,
      JsonObject decision,
      String requestedBy,
      List<JsonObject> votes,
      Optional<String> reason,
      Optional<String> prev) {
    this(
        runId,
        index,
        gateId,
        stepId,
        actionHash,
        status,
        tier,
        decision,
        requestedBy,
        votes,
        reason,
        prev,
        1);
  }

  @Override
  public byte[] bytes() {
    var writer = new CanonicalWriter().beginObject().name("_type").string(TYPES.get(version - 1));
    writer.name("action_hash").string(actionHash);
    writer.name("decision").value(decision);
    writer.name("gate_id").string(gateId);
    writer.name("index").integer(index);
    optional(writer, "prev", prev);
    optional(writer, "reason", reason);
    writer.name("requested_by").string(requestedBy);
    writer.name("run_id").string(runId);
    writer.name("status").string(status);
    writer.name("step_id").string(stepId);
    writer.name("tier").integer(tier);
    writer.name("votes").beginArray();
    votes.forEach(writer::value);
    return writer.endArray().endObject().toBytes();
  }

  /// Reads a gate receipt.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  public static GateReceipt parse(byte[] bytes) {
    return CanonicalDocument.parse(bytes, TYPES, GateReceipt::read, GateReceipt::bytes);
  }

  private static GateReceipt read(JsonFields fields, int version) {
    return new GateReceipt(
        fields.string("run_id"),
        fields.integer("index", 0, JsonNumber.INTEGER_MAX),
        fields.string("gate_id"),
        fields.string("step_id"),
        fields.string("action_hash"),
        fields.string("status"),
        (int) fields.integer("tier", 0, Integer.MAX_VALUE),
        fields.object("decision"),
        fields.string("requested_by"),
        votes(fields),
        fields.optionalString("reason"),
        fields.optionalString("prev"),
        version);
  }

  private static List<JsonObject> votes(JsonFields fields) {
    var votes = new ArrayList<JsonObject>();
    for (JsonValue item : fields.array("votes")) {
      if (!(item instanceof JsonObject vote)) {
        throw new MalformedInput(
            JsonPointers.child(fields.pointer("votes"), votes.size()),
            "must be an object, is " + item.kind());
      }
      votes.add(vote);
    }
    return votes;
  }
}
