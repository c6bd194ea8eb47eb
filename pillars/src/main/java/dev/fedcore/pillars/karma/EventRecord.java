package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.pillars.karma.people.Disclosure;
import dev.fedcore.pillars.karma.people.Opening;
import dev.fedcore.pillars.karma.rules.Observation;
import dev.fedcore.pillars.karma.rules.Rules;
import java.time.Instant;
import java.util.Optional;

/// One event as it is kept for ever: a link of the chain, canonical JSON, named by its SHA-256.
///
/// Version 2 names people by pseudonyms and holds commitments in the place of their words; version
/// 1 says everything in clear. The first has a `format`, the second none.
///
/// @param version 1 or 2
/// @param seq from 0, without gaps, over all tenants
/// @param eventId the commitment to what the sender calls it; in version 1 that itself
/// @param bodyHash the commitment to a SHA-256, in version 1 that itself: of the canonical request
///   body, to tell a repeated request from another
/// @param at by the server's clock; never earlier than the one before
/// @param tracked whether it was let change anything
/// @param prev the hash of the one before; of no bytes for the first
record EventRecord(
    int version,
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

  /// What is written now.
  static final int VERSION = 2;

  private static final String FORMAT = "fedcore.karma/v2";

  /// A body of any depth fits, with what is around it.
  static final JsonLimits LIMITS = new JsonLimits(1 << 16, 128, 10_000);

  byte[] bytes() {
    var json = JsonObject.builder();
    if (isSealed()) {
      json.put("format", FORMAT);
    }
    return json.put("seq", seq)
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
        version(fields.optionalString("format")),
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

  private static int version(Optional<String> format) {
    if (format.isEmpty()) {
      return 1;
    }
    if (!format.get().equals(FORMAT)) {
      throw new KarmaCorrupted("an event has the format %s".formatted(format.get()));
    }
    return VERSION;
  }

  /// Whether names and words in it are sealed.
  boolean isSealed() {
    return version > 1;
  }

  /// Whom it is about; nobody for an erasure.
  String pseudonym() {
    return data.get("user_id").orElse(null) instanceof JsonString(String user) ? user : "";
  }

  /// Shows it, and what followed from it, to people.
  ///
  /// @param userId whom it is about; empty when that person has been erased
  Opening opening(Optional<String> userId, Disclosure disclosure) {
    return isSealed()
        ? Opening.ofSealed(eventId, data, userId, disclosure)
        : Opening.ofClear(userId, disclosure);
  }

  Observation observation() {
    return EventContent.read(type, JsonFields.of(data, "/data"));
  }

  Rules.Told told() {
    return new Rules.Told(at, source, observation());
  }
}
