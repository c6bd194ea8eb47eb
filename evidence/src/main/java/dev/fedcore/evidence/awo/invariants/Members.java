package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Lenient reading: a member of another kind than asked for is as good as absent.
final class Members {

  private Members() {}

  static String text(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonString(String text) ? text : "";
  }

  static OptionalLong integer(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonNumber number && number.isInteger()
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  static Optional<JsonObject> object(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonObject inner
        ? Optional.of(inner)
        : Optional.empty();
  }

  /// The items that are objects; empty when the member is no array of objects alone.
  static Optional<List<JsonObject>> objects(JsonObject object, String name) {
    if (!(object.get(name).orElse(JsonNull.NULL) instanceof JsonArray(var items))
        || !items.stream().allMatch(JsonObject.class::isInstance)) {
      return Optional.empty();
    }
    return Optional.of(items.stream().map(JsonObject.class::cast).toList());
  }
}
