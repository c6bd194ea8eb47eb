package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.pillars.karma.rules.Observation;
import dev.fedcore.pillars.karma.rules.Rules;
import java.time.Instant;

/// One event as it is kept for ever: a link of the chain, canonical JSON, named by its SHA-256.
///
/// @param seq from 0, without gaps, over all tenants
/// @param bodyHash SHA-256 of the canonical request body, to tell a repeated request from another
/// @param at by the server's clock; never earlier than the one before
/// @param tracked whether it was let change anything
/// @param prev the hash of the one before; of no bytes for the first
record EventRecord(
    long seq,
    String tenant,
    String eventId,
    EventType type,
    String source,
    JsonObject data,
    String bodyHash,
    Instant at,
    boolean tracked,
    String prev) {

  /// What the first record is chained to: the SHA-256 of no bytes.
  static final String GENESIS = Sha256.hex(new byte[0]);

  /// A body of any depth fits, with what is around it.
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 128, 10_000);

  byte[] bytes() {
    return JsonObject.builder()
        .put("seq", seq)
        .put("tenant", tenant)
        .put("event_id", eventId)
        .put("event_type", type.text())
        .put("source", source)
        .put("data", data)
        .put("body_hash", bodyHash)
        .put("timestamp", at.toString())
        .put("tracked", tracked)
        .put("prev", prev)
        .build()
        .canonicalBytes();
  }

  static EventRecord read(byte[] bytes) {
    var fields = JsonFields.of(JsonReader.readObject(bytes, LIMITS), "");
    return new EventRecord(
        fields.integer("seq", 0, JsonNumber.INTEGER_MAX),
        fields.string("tenant"),
        fields.string("event_id"),
        EventType.named(fields.string("event_type")).orElseThrow(),
        fields.string("source"),
        fields.object("data"),
        fields.string("body_hash"),
        Instant.parse(fields.string("timestamp")),
        fields.bool("tracked", true),
        fields.string("prev"));
  }

  Observation observation() {
    return EventContent.read(type, JsonFields.of(data, "/data"));
  }

  Rules.Told told() {
    return new Rules.Told(at, source, observation());
  }
}
