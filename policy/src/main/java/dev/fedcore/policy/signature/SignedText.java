package dev.fedcore.policy.signature;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Texts of bundles with signatures put in. Whoever writes one loads it first: these are edits of
/// text, and know nothing of what the text means.
public final class SignedText {

  private static final String KEY = "signatures";
  private static final String INDENT = "  ";

  private SignedText() {}

  /// A YAML text as it is, comments and all, with a block `signatures` at its end in place of the
  /// one that it has.
  ///
  /// @param lines signature lines, without newlines
  public static String yaml(String text, List<String> lines) {
    var kept = new ArrayList<String>();
    boolean inside = false;
    for (String line : withoutLastNewline(text).split("\n", -1)) {
      inside = line.startsWith(KEY + ":") || (inside && continuesBlock(line));
      if (!inside) {
        kept.add(line);
      }
    }
    kept.add(KEY + ":");
    lines.forEach(line -> kept.add(INDENT + "- '" + line.replace("'", "''") + "'"));
    return String.join("\n", kept) + "\n";
  }

  private static String withoutLastNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean continuesBlock(String line) {
    return line.startsWith(" ") || line.startsWith("-");
  }

  /// A JSON document with `signatures` as its last member, a member or an item on each line.
  ///
  /// @param lines signature lines
  public static String json(JsonObject document, List<String> lines) {
    var builder = JsonObject.builder();
    document
        .members()
        .forEach((name, value) -> {
          if (!name.equals(KEY)) {
            builder.put(name, value);
          }
        });
    builder.put(KEY, new JsonArray(lines.stream().<JsonValue>map(JsonString::new).toList()));
    return readable(builder.build(), "\n") + "\n";
  }

  /// @param newline begins a line at the depth of `value`
  private static String readable(JsonValue value, String newline) {
    String deeper = newline + INDENT;
    return switch (value) {
      case JsonObject object when !object.members().isEmpty() ->
          object.members().entrySet().stream()
              .map(member -> deeper + readable(member, deeper))
              .collect(Collectors.joining(",", "{", newline + "}"));
      case JsonArray(List<JsonValue> items) when !items.isEmpty() ->
          items.stream()
              .map(item -> deeper + readable(item, deeper))
              .collect(Collectors.joining(",", "[", newline + "]"));
      default -> canonical(value);
    };
  }

  private static String readable(Map.Entry<String, JsonValue> member, String newline) {
    return canonical(new JsonString(member.getKey())) + ": " + readable(member.getValue(), newline);
  }

  private static String canonical(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }
}
