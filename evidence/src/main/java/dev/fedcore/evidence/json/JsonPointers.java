package dev.fedcore.evidence.json;

import java.util.List;
import java.util.Optional;

/// RFC 6901 JSON Pointers: names of places in a document, such as `/steps/0/type`.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
public final class JsonPointers {

  private JsonPointers() {}

  /// The pointer to `name` inside what `parent` points to.
  public static String child(String parent, String name) {
    return parent + "/" + escape(name);
  }

  /// The pointer to item `index` of the array that `parent` points to.
  public static String child(String parent, int index) {
    return parent + "/" + index;
  }

  /// The pointer along `path`, from the whole inwards: names of members and numbers of items.
  public static String of(Iterable<?> path) {
    var pointer = new StringBuilder();
    path.forEach(each -> pointer.append('/').append(escape(each.toString())));
    return pointer.toString();
  }

  /// What `pointer` names inside `root`; empty when there is no such place.
  public static Optional<JsonValue> find(JsonValue root, String pointer) {
    if (pointer.isEmpty()) {
      return Optional.of(root);
    }
    if (pointer.charAt(0) != '/') {
      return Optional.empty();
    }
    Optional<JsonValue> found = Optional.of(root);
    for (String token : List.of(pointer.substring(1).split("/", -1))) {
      found = found.flatMap(value -> step(value, unescape(token)));
    }
    return found;
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String unescape(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  private static Optional<JsonValue> step(JsonValue value, String token) {
    return switch (value) {
      case JsonObject object -> object.get(token);
      case JsonArray array -> item(array.items(), token);
      case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> Optional.empty();
    };
  }

  private static Optional<JsonValue> item(List<JsonValue> items, String token) {
    if (!token.matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(token);
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
  }
}
