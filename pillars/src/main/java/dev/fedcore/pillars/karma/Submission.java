package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.karma.people.Salt;
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

  /// The record of this event.
  ///
  /// @param hashed the data, sealed
  /// @param id what the event is called
  /// @param salt of its commitments
  EventRecord at(Chain.Place place, JsonObject hashed, String id, Salt salt) {
    return new EventRecord(
        EventRecord.VERSION,
        place.seq(),
        tenant,
        salt.seal(id),
        type,
        source,
        hashed,
        salt.seal(bodyHash),
        place.at(now),
        tracked,
        place.prev());
  }

  /// Whether an event is this one, told before.
  ///
  /// @param userId whom that one is about; empty when that person has been erased
  boolean isAgain(EventRecord first, Optional<Salt> salt, Optional<String> userId) {
    return first.type() == type
        && first.source().equals(source)
        && (first.isSealed()
            ? isSealedAgain(first, salt, userId)
            : first.bodyHash().equals(bodyHash));
  }

  /// When the salt has been erased, nobody can tell whether the bodies are the same. It is then
  /// taken for the same, unless it is about somebody else: an id that was used stays used.
  private boolean isSealedAgain(EventRecord first, Optional<Salt> salt, Optional<String> about) {
    return salt.map(known -> known.seal(bodyHash).equals(first.bodyHash()))
        .orElseGet(() -> about.map(userId::equals).orElse(true));
  }
}
