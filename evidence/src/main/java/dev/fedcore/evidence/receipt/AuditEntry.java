package dev.fedcore.evidence.receipt;

import static dev.fedcore.evidence.receipt.CanonicalDocument.optional;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Optional;

/// One thing that happened to a run, as its audit chain keeps it. The shape is fixed: an absent
/// field is written as null, and `log_id` is made of run id and `seq`.
///
/// @param seq counts from 0, without gaps, over the run's entries
/// @param eventType the published code, such as `FC-STEP-001`
/// @param event the event's own type and version, such as `step.started.v1`
/// @param decision what policy or a person said, in a word
/// @param evidencePackRef the hash of the receipt that belongs to this entry
/// @param timestamp in the form of [Timestamp]
/// @param prev the hash of the entry before; of entry 0, the hash of the [Genesis]
/// @param version of the document's form: 1 says who and what people wrote in clear, 2 in
///   commitments ([Commitment])
public record AuditEntry(
    String runId,
    String tenantId,
    long seq,
    String eventType,
    String event,
    Optional<String> stepId,
    Optional<String> previousStatus,
    Optional<String> newStatus,
    String actorId,
    Optional<String> decision,
    Optional<String> evidencePackRef,
    String message,
    JsonObject details,
    String timestamp,
    String prev,
    int version) {

  /// The type of version 1.
  public static final String TYPE = "https://fedcore.dev/entry/v1";

  /// The version that is written today.
  public static final int SEALED = 2;

  private static final List<String> TYPES = List.of(TYPE, "https://fedcore.dev/entry/v2");

  public AuditEntry {
    CanonicalDocument.requireIndex("seq", seq);
    CanonicalDocument.requireHash("prev", prev);
    CanonicalDocument.requireVersion(version, TYPES);
    if (!Timestamp.isTimestamp(timestamp)) {
      throw new IllegalArgumentException(
          "timestamp must look like 2026-01-01T09:30:00.000000Z, is \"" + timestamp + "\"");
    }
  }

  /// An entry of version 1, as it was written before there were commitments.
  public AuditEntry(
      String runId,
      String tenantId,
      long seq,
      String eventType,
      String event,
      Optional<String> stepId,
      Optional<String> previousStatus,
      Optional<String> newStatus,
      String actorId,
      Optional<String> decision,
      Optional<String> evidencePackRef,
      String message,
      JsonObject details,
      String timestamp,
      String prev) {
    this(
        runId,
        tenantId,
        seq,
        eventType,
        event,
        stepId,
        previousStatus,
        newStatus,
        actorId,
        decision,
        evidencePackRef,
        message,
        details,
        timestamp,
        prev,
        1);
  }

  /// Names this entry among all: run id, colon, `seq`.
  public String logId() {
    return runId + ":" + seq;
  }

  /// The canonical document; written anew with each call.
  public byte[] bytes() {
    return writeTo(new CanonicalWriter()).toBytes();
  }

  /// The SHA-256 of [#bytes()]. Who needs both should call `bytes` once and hash that.
  public String hash() {
    return Sha256.hex(bytes());
  }

  /// Writes the canonical document with a writer of the caller's, which saves a buffer per entry.
  public CanonicalWriter writeTo(CanonicalWriter writer) {
    writer.beginObject().name("_type").string(TYPES.get(version - 1));
    writer.name("actor_id").string(actorId);
    optional(writer, "decision", decision);
    writer.name("details").value(details);
    writer.name("event").string(event);
    writer.name("event_type").string(eventType);
    optional(writer, "evidence_pack_ref", evidencePackRef);
    writer.name("log_id").string(logId());
    writer.name("message").string(message);
    optional(writer, "new_status", newStatus);
    writer.name("prev").string(prev);
    optional(writer, "previous_status", previousStatus);
    writer.name("run_id").string(runId);
    writer.name("seq").integer(seq);
    optional(writer, "step_id", stepId);
    writer.name("tenant_id").string(tenantId);
    return writer.name("timestamp").string(timestamp).endObject();
  }

  /// Reads an entry.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  public static AuditEntry parse(byte[] bytes) {
    return CanonicalDocument.parse(bytes, TYPES, AuditEntry::read, AuditEntry::bytes);
  }

  private static AuditEntry read(JsonFields fields, int version) {
    fields.string("log_id");
    return new AuditEntry(
        fields.string("run_id"),
        fields.string("tenant_id"),
        fields.integer("seq", 0, JsonNumber.INTEGER_MAX),
        fields.string("event_type"),
        fields.string("event"),
        fields.optionalString("step_id"),
        fields.optionalString("previous_status"),
        fields.optionalString("new_status"),
        fields.string("actor_id"),
        fields.optionalString("decision"),
        fields.optionalString("evidence_pack_ref"),
        fields.string("message"),
        fields.object("details"),
        fields.string("timestamp"),
        fields.string("prev"),
        version);
  }
}
