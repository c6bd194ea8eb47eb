package dev.fedcore.pillars.karma.people;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What the commitments of one event stand for, as far as it has not been erased.
///
/// @param eventId as the sender says it
/// @param salt of all its commitments; none in version 1, which has no commitments
/// @param said by the names of the event's members, and its `body_hash`
public record Disclosure(Optional<String> eventId, Optional<Salt> salt, Optional<JsonObject> said) {

  /// The member of [#said] that is no word of anybody's: SHA-256 of the canonical request body, to
  /// tell a repeated request from another.
  public static final String BODY_HASH = "body_hash";

  /// Of an event that is told now.
  public static Disclosure of(String eventId, Salt salt, JsonObject said) {
    return new Disclosure(Optional.of(eventId), Optional.of(salt), Optional.of(said));
  }
}
