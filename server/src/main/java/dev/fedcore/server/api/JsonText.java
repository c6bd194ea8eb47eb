package dev.fedcore.server.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Puts JSON together from pieces that are JSON already, without reading them again.
public final class JsonText {

  private final ByteArrayOutputStream out;
  private boolean empty;

  private JsonText(ByteArrayOutputStream out, boolean empty) {
    this.out = out;
    this.empty = empty;
  }

  /// A new object.
  public static JsonText object() {
    var out = new ByteArrayOutputStream();
    out.write('{');
    return new JsonText(out, true);
  }

  /// An object that is there already, to be added to.
  ///
  /// @param object the text of a JSON object with at least one member, without blanks around it
  public static JsonText of(byte[] object) {
    var out = new ByteArrayOutputStream(object.length + 64);
    out.write(object, 0, object.length - 1);
    return new JsonText(out, false);
  }

  /// Adds a member.
  ///
  /// @param name needs no escaping
  /// @param json any JSON text
  public JsonText put(String name, byte[] json) {
    name(name);
    out.writeBytes(json);
    return this;
  }

  /// Adds a number.
  public JsonText put(String name, long value) {
    return put(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /// Adds a text that needs no escaping, such as an id.
  public JsonText putPlain(String name, String value) {
    return put(name, ('"' + value + '"').getBytes(StandardCharsets.US_ASCII));
  }

  /// Adds `null`.
  public JsonText putNull(String name) {
    return put(name, "null".getBytes(StandardCharsets.US_ASCII));
  }

  /// Adds an array.
  public JsonText put(String name, List<byte[]> items) {
    name(name);
    out.write('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(items.get(i));
    }
    out.write(']');
    return this;
  }

  /// The whole object.
  public byte[] toBytes() {
    out.write('}');
    return out.toByteArray();
  }

  private void name(String name) {
    if (!empty) {
      out.write(',');
    }
    empty = false;
    out.writeBytes(('"' + name + "\":").getBytes(StandardCharsets.US_ASCII));
  }
}
