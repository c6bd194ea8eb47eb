package dev.fedcore.evidence.json;

import java.util.Collection;
import java.util.List;

/// A JSON array.
///
/// @param items unmodifiable
public record JsonArray(List<JsonValue> items) implements JsonValue {

  /// `[]`.
  public static final JsonArray EMPTY = new JsonArray(List.of());

  public JsonArray {
    items = List.copyOf(items);
  }

  public static JsonArray of(JsonValue... items) {
    return new JsonArray(List.of(items));
  }

  public static JsonArray ofStrings(Collection<String> strings) {
    return new JsonArray(strings.stream().<JsonValue>map(JsonString::new).toList());
  }
}
