package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.karma.rules.Ruling;

/// What came of telling an event.
sealed interface Telling {

  /// It is kept, durably, with all that follows from it.
  record Recorded(JsonObject answer) implements Telling {}

  /// It was told before, and changes nothing now.
  ///
  /// @param answer the first one
  record Repeated(JsonObject answer) implements Telling {}

  /// Another event has this id.
  record IdReused(String eventId) implements Telling {}

  /// It says what cannot be, and is not kept.
  record Refused(Ruling.Refusal refusal) implements Telling {}
}
