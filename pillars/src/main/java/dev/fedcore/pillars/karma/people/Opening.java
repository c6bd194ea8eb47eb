package dev.fedcore.pillars.karma.people;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/// Shows what one event says, and what followed from it, with names and words in it. What has been
/// erased reads `erased`.
public final class Opening {

  static final String USER_ID = "user_id";
  static final String PLAN_ID = "plan_id";
  static final String EVENT_ID = "event_id";

  private static final JsonString ERASED = new JsonString(Disclosed.ERASED);
  private static final Set<String> PERSON = Set.of(USER_ID, PLAN_ID);
  private static final Set<String> WORDS = Set.of("context", "metadata", "note", "tx_hash");

  private final boolean isSealed;

  /// By commitment.
  private final Map<String, JsonValue> values;

  /// Members that say in clear what has been erased.
  private final Set<String> gone;

  private Opening(boolean isSealed, Map<String, JsonValue> values, Set<String> gone) {
    this.isSealed = isSealed;
    this.values = values;
    this.gone = gone;
  }

  /// Opens an event that was sealed.
  ///
  /// @param eventId the commitment to its id
  /// @param hashed what [Sealed#hashed()] gave
  /// @param userId whom it is about; empty when that one has been erased
  public static Opening ofSealed(
      String eventId, JsonObject hashed, Optional<String> userId, Disclosure disclosure) {
    var values = new HashMap<String, JsonValue>();
    disclosure.eventId().ifPresent(id -> values.put(eventId, new JsonString(id)));
    disclosure
        .said()
        .orElse(JsonObject.EMPTY)
        .members()
        .forEach((name, value) -> {
          if (hashed.get(name).orElse(null) instanceof JsonString(String commitment)) {
            values.put(commitment, value);
          }
        });
    String pseudonym =
        hashed.get(USER_ID).orElse(null) instanceof JsonString(String text) ? text : "";
    userId.ifPresent(name -> values.put(pseudonym, new JsonString(name)));
    boolean isNamedInClear = userId.isEmpty() && !Commitment.is(pseudonym);
    return new Opening(true, values, isNamedInClear ? PERSON : Set.of());
  }

  /// Opens an event of version 1, which says everything in clear.
  public static Opening ofClear(Optional<String> userId, Disclosure disclosure) {
    var gone = new HashSet<String>();
    if (userId.isEmpty()) {
      gone.addAll(PERSON);
    }
    if (disclosure.said().isEmpty()) {
      gone.addAll(WORDS);
    }
    if (disclosure.eventId().isEmpty()) {
      gone.add(EVENT_ID);
    }
    return new Opening(false, Map.of(), gone);
  }

  /// The object as people read it.
  public JsonObject of(JsonObject object) {
    var members = new LinkedHashMap<String, JsonValue>();
    object
        .members()
        .forEach((name, value) -> members.put(name, gone.contains(name) ? ERASED : of(value)));
    return JsonObject.of(members);
  }

  /// The value as people read it.
  public JsonValue of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> of(object);
      case JsonArray array -> new JsonArray(array.items().stream().map(this::of).toList());
      case JsonString(String text) when isSealed && Commitment.is(text) ->
          values.getOrDefault(text, ERASED);
      case JsonString(String text) -> new JsonString(of(text));
      default -> value;
    };
  }

  /// The text as people read it, such as a plan's id, which has a pseudonym in it.
  public String of(String text) {
    if (!isSealed || !text.contains(Commitment.PREFIX)) {
      return text;
    }
    return Commitment.ANYWHERE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                values.getOrDefault(found.group(), ERASED) instanceof JsonString(String shown)
                    ? shown
                    : Disclosed.ERASED));
  }
}
