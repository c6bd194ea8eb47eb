package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.policy.cel.InputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One typed value that the rules of a bundle may read.
///
/// @param name as rules write it, such as `input.action.type`
/// @param root which document it comes from
/// @param path the members to follow from there
/// @param otherwise the value when it is missing or null; without one, missing is a fault
public record InputDeclaration(
    String name, InputType type, Root root, List<String> path, Optional<Object> otherwise) {

  /// The longest text a rule reads, in characters: what a regular expression goes through in a few
  /// milliseconds.
  public static final int STRING_LENGTH_MAX = 65_536;

  /// The longest list a rule reads: a tenth of what its loops may go round.
  public static final int LIST_ITEMS_MAX = 1_000;

  public InputDeclaration {
    path = List.copyOf(path);
  }

  /// The documents of a question.
  public enum Root {
    INPUT("input."),
    PARAMETERS("action.parameters.");

    private final String prefix;

    Root(String prefix) {
      this.prefix = prefix;
    }

    String prefix() {
      return prefix;
    }
  }

  /// The value in `document`, as an expression takes it.
  ///
  /// @throws MalformedInput when it is missing, too large or of another type
  Object in(JsonObject document) {
    JsonValue value = document;
    for (String member : path) {
      if (value instanceof JsonNull) {
        break;
      }
      if (!(value instanceof JsonObject object)) {
        throw new MalformedInput("", "lies inside " + value.kind() + ", not an object");
      }
      value = object.get(member).orElse(JsonNull.NULL);
    }
    if (value instanceof JsonNull) {
      return otherwise.orElseThrow(() -> new MalformedInput("", "is missing"));
    }
    return converted(value, type);
  }

  /// `value` as an expression takes it.
  ///
  /// @throws MalformedInput when it is too large or of another type
  static Object converted(JsonValue value, InputType type) {
    return switch (type) {
      case STRING -> text(value);
      case INT -> integer(value);
      case BOOL -> bool(value);
      case STRINGS -> list(value, InputType.STRING);
      case INTS -> list(value, InputType.INT);
    };
  }

  private static String text(JsonValue value) {
    if (!(value instanceof JsonString(String text))) {
      throw wrongType("a string", value);
    }
    if (text.length() > STRING_LENGTH_MAX) {
      throw new MalformedInput("", "has more than %,d characters".formatted(STRING_LENGTH_MAX));
    }
    return text;
  }

  private static Long integer(JsonValue value) {
    if (!(value instanceof JsonNumber number)) {
      throw wrongType("an integer", value);
    }
    if (!number.isInteger()) {
      throw new MalformedInput("", "must be an integer, has a fraction; count in minor units");
    }
    return number.longValue();
  }

  private static Boolean bool(JsonValue value) {
    if (!(value instanceof JsonBoolean(boolean bool))) {
      throw wrongType("a boolean", value);
    }
    return bool;
  }

  private static List<Object> list(JsonValue value, InputType itemType) {
    if (!(value instanceof JsonArray(List<JsonValue> items))) {
      throw wrongType("an array", value);
    }
    if (items.size() > LIST_ITEMS_MAX) {
      throw new MalformedInput("", "has more than %,d items".formatted(LIST_ITEMS_MAX));
    }
    var converted = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      converted.add(converted(item, itemType));
    }
    return List.copyOf(converted);
  }

  private static MalformedInput wrongType(String expected, JsonValue value) {
    return new MalformedInput("", "must be " + expected + ", is " + value.kind());
  }
}
