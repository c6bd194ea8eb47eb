package dev.fedcore.evidence.json;

/// One JSON value, immutable. Two values are equal when their canonical bytes are equal.
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /// The RFC 8785 form of this value, UTF-8, without a trailing newline.
  ///
  /// @throws IllegalArgumentException when a string inside holds half a surrogate pair
  default byte[] canonicalBytes() {
    return new CanonicalWriter().value(this).toBytes();
  }

  /// What this is in words for a message, such as `a string`.
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "an array";
      case JsonString _ -> "a string";
      case JsonNumber _ -> "a number";
      case JsonBoolean _ -> "a boolean";
      case JsonNull _ -> "null";
    };
  }
}
