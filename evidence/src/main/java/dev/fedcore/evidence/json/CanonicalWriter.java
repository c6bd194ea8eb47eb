package dev.fedcore.evidence.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes RFC 8785 bytes in one pass, without a tree, and cannot write anything else: names that do
/// not ascend, a second value at the top, or a name without a value are refused as they come.
///
/// Names are ordered by UTF-16 code units, as `String.compareTo` does. Reusable with [#reset()],
/// which keeps the buffer. Not for several threads. After an exception only `reset` is defined.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2">RFC 8785, section 3.2</a>
public final class CanonicalWriter {

  /// Objects and arrays inside each other. Bounds the stack that [#value(JsonValue)] needs.
  public static final int DEPTH_MAX = 512;

  private static final int BYTES_AT_FIRST = 1024;
  private static final int LEVELS_AT_FIRST = 16;

  private static final byte OBJECT_NAME = 0;
  private static final byte OBJECT_VALUE = 1;
  private static final byte ARRAY = 2;
  private static final byte TOP = 3;
  private static final byte DONE = 4;

  private final StringBytes out;
  private byte[] states = new byte[LEVELS_AT_FIRST];
  private @Nullable String[] lastNames = new String[LEVELS_AT_FIRST];
  private int depth;
  private boolean first = true;

  public CanonicalWriter() {
    this(BYTES_AT_FIRST);
  }

  /// A writer with room for a document of about `bytes`; it grows as it has to.
  public CanonicalWriter(int bytes) {
    out = new StringBytes(bytes);
    states[0] = TOP;
  }

  /// Forgets what was written, and keeps the memory.
  public CanonicalWriter reset() {
    out.clear();
    Arrays.fill(lastNames, null);
    depth = 0;
    first = true;
    states[0] = TOP;
    return this;
  }

  public CanonicalWriter beginObject() {
    beforeValue();
    out.one('{');
    push(OBJECT_NAME);
    return this;
  }

  /// Writes the name of the next member.
  ///
  /// @throws IllegalStateException when `name` is not above the one before it in this object
  public CanonicalWriter name(String name) {
    if (states[depth] != OBJECT_NAME) {
      throw new IllegalStateException("no name fits here: \"" + name + "\"");
    }
    String last = lastNames[depth];
    if (last != null && last.compareTo(name) >= 0) {
      throw new IllegalStateException("name \"" + name + "\" must not follow \"" + last + "\"");
    }
    if (last != null) {
      out.one(',');
    }
    lastNames[depth] = name;
    out.quoted(name);
    out.one(':');
    states[depth] = OBJECT_VALUE;
    return this;
  }

  public CanonicalWriter endObject() {
    if (states[depth] != OBJECT_NAME) {
      throw new IllegalStateException("no object can end here");
    }
    return pop('}');
  }

  public CanonicalWriter beginArray() {
    beforeValue();
    out.one('[');
    push(ARRAY);
    return this;
  }

  public CanonicalWriter endArray() {
    if (states[depth] != ARRAY) {
      throw new IllegalStateException("no array can end here");
    }
    return pop(']');
  }

  /// Writes a string with the escapes that RFC 8785 asks for, and no others.
  ///
  /// @throws IllegalArgumentException when `value` holds half a surrogate pair
  public CanonicalWriter string(String value) {
    beforeValue();
    out.quoted(value);
    return afterValue();
  }

  /// Writes an integer.
  ///
  /// @throws IllegalArgumentException when `value` is beyond ±(2^53−1)
  public CanonicalWriter integer(long value) {
    if (!JsonNumber.isSafe(value)) {
      throw new IllegalArgumentException(value + " is beyond 2^53-1; write it as a string");
    }
    beforeValue();
    out.decimal(value);
    return afterValue();
  }

  /// Any finite double, as ECMAScript writes it. Values from outside belong into a [JsonNumber],
  /// which is stricter.
  ///
  /// @throws IllegalArgumentException when `value` is infinite or not a number
  public CanonicalWriter number(double value) {
    beforeValue();
    out.ascii(CanonicalNumber.format(value));
    return afterValue();
  }

  public CanonicalWriter bool(boolean value) {
    beforeValue();
    out.ascii(value ? "true" : "false");
    return afterValue();
  }

  public CanonicalWriter nul() {
    beforeValue();
    out.ascii("null");
    return afterValue();
  }

  /// Writes a whole tree; sorts the members of its objects.
  public CanonicalWriter value(JsonValue value) {
    return switch (value) {
      case JsonObject object -> object(object.members());
      case JsonArray array -> {
        beginArray();
        array.items().forEach(this::value);
        yield endArray();
      }
      case JsonString string -> string(string.value());
      case JsonNumber number ->
          number.isInteger() ? integer(number.longValue()) : number(number.doubleValue());
      case JsonBoolean bool -> bool(bool.value());
      case JsonNull _ -> nul();
    };
  }

  /// Puts in bytes that already are one canonical value. They are not checked.
  public CanonicalWriter raw(byte[] canonicalValue) {
    beforeValue();
    out.bytes(canonicalValue);
    return afterValue();
  }

  /// The finished document; a copy.
  ///
  /// @throws IllegalStateException when something was begun and not ended, or nothing written
  public byte[] toBytes() {
    if (depth != 0 || states[0] != DONE) {
      throw new IllegalStateException("the document is not finished");
    }
    return out.copy();
  }

  @Override
  public String toString() {
    return new String(out.copy(), StandardCharsets.UTF_8);
  }

  private CanonicalWriter object(Map<String, JsonValue> members) {
    beginObject();
    if (ascends(members)) {
      members.forEach((name, value) -> name(name).value(value));
      return endObject();
    }
    String[] names = members.keySet().toArray(String[]::new);
    Arrays.sort(names);
    for (String name : names) {
      JsonValue value = members.get(name);
      if (value != null) {
        name(name).value(value);
      }
    }
    return endObject();
  }

  /// Our own objects are put together in canonical order, which spares sorting them.
  private static boolean ascends(Map<String, JsonValue> members) {
    String last = "";
    for (String name : members.keySet()) {
      if (last.compareTo(name) > 0) {
        return false;
      }
      last = name;
    }
    return true;
  }

  private void beforeValue() {
    switch (states[depth]) {
      case OBJECT_VALUE, TOP -> {}
      case ARRAY -> {
        if (!first) {
          out.one(',');
        }
      }
      case OBJECT_NAME -> throw new IllegalStateException("a name must come first");
      default -> throw new IllegalStateException("the document is finished");
    }
  }

  private CanonicalWriter afterValue() {
    first = false;
    switch (states[depth]) {
      case OBJECT_VALUE -> states[depth] = OBJECT_NAME;
      case TOP -> states[depth] = DONE;
      default -> {}
    }
    return this;
  }

  private void push(byte state) {
    if (depth == DEPTH_MAX) {
      throw new IllegalStateException("more than " + DEPTH_MAX + " levels");
    }
    depth++;
    if (depth == states.length) {
      states = Arrays.copyOf(states, depth * 2);
      lastNames = Arrays.copyOf(lastNames, depth * 2);
    }
    states[depth] = state;
    lastNames[depth] = null;
    first = true;
  }

  private CanonicalWriter pop(char closing) {
    out.one(closing);
    depth--;
    return afterValue();
  }
}
