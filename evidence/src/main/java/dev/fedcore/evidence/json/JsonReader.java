package dev.fedcore.evidence.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads strict I-JSON (RFC 7493): what two readers could understand in two ways is refused.
///
/// Refused are duplicate names, half surrogate pairs, integers beyond ±(2^53−1), numbers that
/// overflow or vanish, leading zeros, a byte order mark, bad UTF-8, raw control characters, bytes
/// after the value, and everything above the [JsonLimits]. Each is a [MalformedInput] that points
/// to the place.
public final class JsonReader {

  private final JsonCursor cursor;
  private final JsonLimits limits;
  private final Deque<Object> path = new ArrayDeque<>();
  private int members;

  private JsonReader(JsonCursor cursor, JsonLimits limits) {
    this.cursor = cursor;
    this.limits = limits;
  }

  /// Reads one whole value of any kind.
  ///
  /// @throws MalformedInput when the bytes are anything else
  public static JsonValue read(byte[] utf8, JsonLimits limits) {
    var reader = new JsonReader(new JsonCursor(decode(utf8, limits)), limits);
    try {
      return reader.document();
    } catch (JsonCursor.Unexpected e) {
      throw new MalformedInput(JsonPointers.of(reader.path), e.problem());
    }
  }

  /// Reads one whole object.
  ///
  /// @throws MalformedInput when the bytes are anything else
  public static JsonObject readObject(byte[] utf8, JsonLimits limits) {
    JsonValue value = read(utf8, limits);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedInput("", "must be an object, is " + value.kind());
  }

  private static CharBuffer decode(byte[] utf8, JsonLimits limits) {
    if (utf8.length == 0) {
      throw new MalformedInput("", "is empty; send a JSON value");
    }
    if (utf8.length > limits.bytesMax()) {
      throw new MalformedInput(
          "", "has %,d bytes; at most %,d are read".formatted(utf8.length, limits.bytesMax()));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new MalformedInput("", "is not UTF-8; encode the text as UTF-8");
    }
  }

  private JsonValue document() {
    JsonValue value = value(1);
    cursor.skipSpace();
    if (!cursor.atEnd()) {
      throw cursor.unexpected("something follows the value; send one value only");
    }
    return value;
  }

  private JsonValue value(int depth) {
    cursor.skipSpace();
    return switch (cursor.peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new JsonString(cursor.string());
      case 't' -> literal("true", JsonBoolean.TRUE);
      case 'f' -> literal("false", JsonBoolean.FALSE);
      case 'n' -> literal("null", JsonNull.NULL);
      default -> JsonNumbers.parse(cursor);
    };
  }

  private JsonValue literal(String text, JsonValue value) {
    cursor.expect(text);
    return value;
  }

  private JsonObject object(int depth) {
    descend(depth);
    var read = new LinkedHashMap<String, JsonValue>();
    cursor.expect("{");
    cursor.skipSpace();
    if (!cursor.skip('}')) {
      do {
        member(read, depth);
        cursor.skipSpace();
      } while (cursor.skip(','));
      cursor.expect("}");
    }
    return new JsonObject(read);
  }

  private void member(Map<String, JsonValue> read, int depth) {
    count();
    cursor.skipSpace();
    if (cursor.peek() != '"') {
      throw cursor.unexpected("a member name in double quotes is missing");
    }
    String name = cursor.string();
    path.addLast(name);
    if (read.containsKey(name)) {
      throw cursor.unexpected("this name is there twice; send it once");
    }
    cursor.skipSpace();
    cursor.expect(":");
    read.put(name, value(depth + 1));
    path.removeLast();
  }

  private JsonArray array(int depth) {
    descend(depth);
    var read = new ArrayList<JsonValue>();
    cursor.expect("[");
    cursor.skipSpace();
    if (!cursor.skip(']')) {
      do {
        count();
        path.addLast(read.size());
        read.add(value(depth + 1));
        path.removeLast();
        cursor.skipSpace();
      } while (cursor.skip(','));
      cursor.expect("]");
    }
    return new JsonArray(read);
  }

  private void descend(int depth) {
    if (depth > limits.depthMax()) {
      throw cursor.unexpected("is nested more than %d deep".formatted(limits.depthMax()));
    }
  }

  private void count() {
    if (++members > limits.membersMax()) {
      throw cursor.unexpected(
          "the document has more than %,d members and items".formatted(limits.membersMax()));
    }
  }
}
