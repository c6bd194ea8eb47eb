package dev.fedcore.cli.client;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// Lenient reading of an answer for showing it: what is missing or of another kind is empty. What
/// matters is checked by whoever decides something, not here.
public record JsonView(JsonObject object) {

  /// The member as text: a string as it is, anything else as JSON, absent and null as nothing.
  public String text(String name) {
    return object.get(name).map(JsonView::text).orElse("");
  }

  /// `value` as text, without quotes if it is a string.
  public static String text(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value();
      case JsonNull _ -> "";
      case JsonNumber _, JsonBoolean _, JsonObject _, JsonArray _ ->
          new String(value.canonicalBytes(), StandardCharsets.UTF_8);
    };
  }

  /// The member as an object; an empty one if it is none.
  public JsonView object(String name) {
    return object.get(name).orElse(JsonObject.EMPTY) instanceof JsonObject inner
        ? new JsonView(inner)
        : new JsonView(JsonObject.EMPTY);
  }

  /// Whether the member is there and not null.
  public boolean has(String name) {
    return object.get(name).filter(value -> !(value instanceof JsonNull)).isPresent();
  }

  /// The objects in an array member.
  public List<JsonView> objects(String name) {
    return values(name).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .map(JsonView::new)
        .toList();
  }

  /// The items of an array member, as text.
  public List<String> texts(String name) {
    return values(name).stream().map(JsonView::text).toList();
  }

  /// The items of an array member, joined for people.
  public String joined(String name) {
    return String.join(", ", texts(name));
  }

  /// The member as a whole number.
  public OptionalLong integer(String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonNumber number && number.isInteger()
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /// Whether the member is `true`.
  public boolean isTrue(String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonBoolean bool && bool.value();
  }

  private List<JsonValue> values(String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonArray array
        ? array.items()
        : List.of();
  }
}
