package dev.fedcore.evidence.json;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// Typed, strict access to one object: every field is asked for by name and type, and [#end()]
/// refuses what nobody asked for. A field that is JSON null counts as absent where it may be.
///
/// Every method throws [MalformedInput] that points to the field. Not for several threads.
public final class JsonFields {

  private final JsonObject object;
  private final String pointer;
  private final Set<String> known = new LinkedHashSet<>();

  private JsonFields(JsonObject object, String pointer) {
    this.object = object;
    this.pointer = pointer;
  }

  /// Access to `object`.
  ///
  /// @param pointer where the object stands in its document; "" for the whole
  public static JsonFields of(JsonObject object, String pointer) {
    return new JsonFields(object, pointer);
  }

  public String string(String name) {
    return required(name, optionalString(name), "a string");
  }

  /// A string of bounded length.
  ///
  /// @param lengthMax in UTF-16 units
  public String string(String name, int lengthMax) {
    String value = string(name);
    if (value.length() > lengthMax) {
      throw problem(
          name, "has %,d characters; at most %,d fit".formatted(value.length(), lengthMax));
    }
    return value;
  }

  public Optional<String> optionalString(String name) {
    return typed(name, JsonString.class, "a string").map(JsonString::value);
  }

  public long integer(String name, long min, long max) {
    OptionalLong value = optionalInteger(name, min, max);
    return value.orElseThrow(() -> missing(name, "an integer"));
  }

  public OptionalLong optionalInteger(String name, long min, long max) {
    Optional<JsonNumber> number = typed(name, JsonNumber.class, "an integer");
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!number.get().isInteger()) {
      throw problem(name, "must be an integer, has a fraction or is too large");
    }
    long value = number.get().longValue();
    if (value < min || value > max) {
      throw problem(name, "must be from %d to %d, is %d".formatted(min, max, value));
    }
    return OptionalLong.of(value);
  }

  /// A boolean.
  ///
  /// @param otherwise what an absent field means
  public boolean bool(String name, boolean otherwise) {
    return typed(name, JsonBoolean.class, "a boolean").map(JsonBoolean::value).orElse(otherwise);
  }

  public JsonObject object(String name) {
    return required(name, optionalObject(name), "an object");
  }

  public Optional<JsonObject> optionalObject(String name) {
    return typed(name, JsonObject.class, "an object");
  }

  public List<JsonValue> array(String name) {
    return required(name, optionalArray(name), "an array");
  }

  public Optional<List<JsonValue>> optionalArray(String name) {
    return typed(name, JsonArray.class, "an array").map(JsonArray::items);
  }

  /// An array of strings; empty when absent.
  public List<String> strings(String name) {
    List<JsonValue> items = optionalArray(name).orElse(List.of());
    var strings = new ArrayList<String>(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof JsonString(String value))) {
        throw new MalformedInput(
            JsonPointers.child(pointer(name), i), "must be a string, is " + items.get(i).kind());
      }
      strings.add(value);
    }
    return List.copyOf(strings);
  }

  /// A string that is the name of one of `type`'s constants, in any case.
  public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    return required(name, optionalOneOf(name, type), "one of " + choices(type));
  }

  public <E extends Enum<E>> Optional<E> optionalOneOf(String name, Class<E> type) {
    Optional<String> text = optionalString(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Predicate<E> named = constant -> constant.name().equalsIgnoreCase(text.get());
    Optional<E> found = EnumSet.allOf(type).stream().filter(named).findFirst();
    if (found.isEmpty()) {
      throw problem(name, "must be one of " + choices(type) + "; is \"" + text.get() + "\"");
    }
    return found;
  }

  private static <E extends Enum<E>> String choices(Class<E> type) {
    return String.join(", ", EnumSet.allOf(type).stream().map(Enum::name).toList());
  }

  /// Whether the field is there and not null. Asking makes it known.
  public boolean has(String name) {
    return present(name).isPresent();
  }

  /// Any value, as it is.
  public Optional<JsonValue> optionalValue(String name) {
    return present(name);
  }

  /// The pointer to a field of this object.
  public String pointer(String name) {
    return JsonPointers.child(pointer, name);
  }

  /// Ends the reading of this object.
  ///
  /// @throws MalformedInput for the first field that nobody asked for
  public void end() {
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        throw problem(name, "unknown field; known here: " + String.join(", ", known));
      }
    }
  }

  private Optional<JsonValue> present(String name) {
    known.add(name);
    return object.get(name).filter(value -> !(value instanceof JsonNull));
  }

  private <V extends JsonValue> Optional<V> typed(String name, Class<V> type, String expected) {
    Optional<JsonValue> value = present(name);
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw problem(name, "must be " + expected + ", is " + value.get().kind());
    }
    return value.map(type::cast);
  }

  private <V> V required(String name, Optional<V> value, String expected) {
    return value.orElseThrow(() -> missing(name, expected));
  }

  private MalformedInput missing(String name, String expected) {
    String is = object.get(name).isPresent() ? "is null" : "is missing";
    return problem(name, "must be " + expected + ", " + is);
  }

  private MalformedInput problem(String name, String problem) {
    return new MalformedInput(pointer(name), problem);
  }
}
