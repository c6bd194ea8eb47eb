package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// An event that was read and may be told, before it has its place in the chain.
///
/// @param eventId as the sender names it, if it does
/// @param userId whom it is about
/// @param bodyHash SHA-256 of the canonical request body
/// @param now the server's time
record Submission(
    String tenant,
    Optional<String> eventId,
    EventType type,
    String source,
    String userId,
    JsonObject data,
    String bodyHash,
    Instant now,
    boolean tracked) {

  /// The record of this event after `prev`. One that nobody named is named by what it says and what
  /// was before it, so that it is like no other.
  EventRecord after(long seq, String prev, Instant notBefore) {
    return new EventRecord(
        seq,
        tenant,
        eventId.orElseGet(() -> freshId(prev)),
        type,
        source,
        data,
        bodyHash,
        now.isBefore(notBefore) ? notBefore : now,
        tracked,
        prev);
  }

  private String freshId(String prev) {
    return Sha256.hex(
        JsonObject.builder()
            .put("body_hash", bodyHash)
            .put("prev", prev)
            .put("tenant", tenant)
            .build()
            .canonicalBytes());
  }
}
