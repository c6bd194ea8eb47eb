package dev.fedcore.evidence.receipt;

import static dev.fedcore.evidence.receipt.CanonicalDocument.optional;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What a step did, whenever and in whichever run: two runs that did the same have equal content,
/// and equal hashes.
///
/// @param attempt counts from 1
/// @param decision policy's answer, without the time at which it was given
/// @param actionHash of the exact action, for a step that acts or waits for people
public record StepContent(
    String stepId,
    String type,
    int attempt,
    String status,
    Optional<String> inputHash,
    Optional<String> outputHash,
    JsonObject decision,
    Optional<String> actionHash) {

  public StepContent {
    CanonicalDocument.requireIndex("attempt", attempt);
    CanonicalDocument.requireHash("input_hash", inputHash);
    CanonicalDocument.requireHash("output_hash", outputHash);
    CanonicalDocument.requireHash("action_hash", actionHash);
  }

  /// The canonical document; written anew with each call.
  public byte[] bytes() {
    var writer = new CanonicalWriter().beginObject();
    optional(writer, "action_hash", actionHash);
    writer.name("attempt").integer(attempt);
    writer.name("decision").value(decision);
    optional(writer, "input_hash", inputHash);
    optional(writer, "output_hash", outputHash);
    writer.name("status").string(status);
    writer.name("step_id").string(stepId);
    return writer.name("type").string(type).endObject().toBytes();
  }

  /// The `step_hash`: SHA-256 of [#bytes()].
  public String hash() {
    return Sha256.hex(bytes());
  }

  static StepContent read(JsonObject object, String pointer) {
    var fields = JsonFields.of(object, pointer);
    var content =
        new StepContent(
            fields.string("step_id"),
            fields.string("type"),
            (int) fields.integer("attempt", 0, Integer.MAX_VALUE),
            fields.string("status"),
            fields.optionalString("input_hash"),
            fields.optionalString("output_hash"),
            fields.object("decision"),
            fields.optionalString("action_hash"));
    fields.end();
    return content;
  }
}
