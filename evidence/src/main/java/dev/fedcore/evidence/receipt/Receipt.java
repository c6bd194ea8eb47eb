package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;

/// A canonical record of a step, a gate or a whole run. The SHA-256 of its bytes is its name.
public sealed interface Receipt permits ChainedReceipt, WorkflowReceipt {

  String runId();

  /// The canonical document; written anew with each call.
  byte[] bytes();

  /// The SHA-256 of [#bytes()]. Who needs both should call `bytes` once and hash that.
  default String hash() {
    return Sha256.hex(bytes());
  }

  /// Reads a receipt of any kind.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  static Receipt parse(byte[] bytes) {
    var fields = JsonFields.of(JsonReader.readObject(bytes, JsonLimits.DEFAULT), "");
    String type = fields.string("_type");
    if (StepReceipt.TYPES.contains(type)) {
      return StepReceipt.parse(bytes);
    }
    if (GateReceipt.TYPES.contains(type)) {
      return GateReceipt.parse(bytes);
    }
    if (WorkflowReceipt.TYPE.equals(type)) {
      return WorkflowReceipt.parse(bytes);
    }
    throw new MalformedInput("/_type", "is no receipt's: " + type);
  }
}
