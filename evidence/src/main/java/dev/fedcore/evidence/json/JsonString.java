package dev.fedcore.evidence.json;

import static java.util.Objects.requireNonNull;

/// A JSON string.
///
/// @param value as it is meant, without escapes; half a surrogate pair in it is found when written
public record JsonString(String value) implements JsonValue {

  public JsonString {
    requireNonNull(value);
  }
}
