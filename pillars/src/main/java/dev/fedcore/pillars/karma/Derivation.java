package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.karma.rules.Change;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.pillars.karma.rules.Rules;
import dev.fedcore.pillars.karma.rules.Ruling;
import java.util.List;
import java.util.Optional;

/// What follows from one record: the same now and whenever it is replayed.
sealed interface Derivation {

  /// What is kept beside the record.
  ///
  /// @param member how the user stands then; empty when nothing is known of that one
  /// @param changes an array, for the profile
  record Derived(QTable table, Optional<Member> member, JsonArray changes, JsonObject answer)
      implements Derivation {}

  /// It must not be recorded at all.
  record Impossible(Ruling.Refusal refusal) implements Derivation {}

  static Derivation of(EventRecord event, QTable table, Optional<Member> member) {
    if (event.type() == EventType.ERASURE) {
      return ofErasure(event, table, member);
    }
    if (!event.tracked()) {
      JsonObject untracked =
          JsonObject.builder()
              .put("user_id", event.observation().userId())
              .put("tracked", false)
              .build();
      String message = "the event was kept; tracking is off, so nothing was changed";
      return new Derived(table, member, JsonArray.EMPTY, answer(event, message, untracked));
    }
    return switch (Rules.apply(table, member, event.told())) {
      case Ruling.Applied applied ->
          new Derived(
              applied.table(),
              Optional.of(applied.member()),
              new JsonArray(List.copyOf(applied.changes().stream().map(Change::json).toList())),
              answer(event, applied.message(), applied.answer()));
      case Ruling.Refused(Ruling.Refusal refusal) -> new Impossible(refusal);
    };
  }

  /// Changes nothing: what stood under the pseudonym stays, and belongs to nobody who can be named.
  static Derived ofErasure(EventRecord event, QTable table, Optional<Member> member) {
    JsonObject count =
        JsonObject.builder()
            .put(Erasing.VALUES, event.data().get(Erasing.VALUES).orElseThrow())
            .build();
    return new Derived(table, member, JsonArray.EMPTY, answer(event, "a person was erased", count));
  }

  private static JsonObject answer(EventRecord event, String message, JsonObject data) {
    String endpoint = event.type().route();
    return JsonObject.builder()
        .put("status", "success")
        .put("event_id", event.eventId())
        .put("event_type", event.type().text())
        .put("message", message)
        .put("data", data)
        .put("timestamp", event.at().toString())
        .put(
            "routing_info",
            JsonObject.builder()
                .put("internal_endpoint", endpoint)
                .put("mapped_from", event.type().text())
                .build())
        .build();
  }
}
