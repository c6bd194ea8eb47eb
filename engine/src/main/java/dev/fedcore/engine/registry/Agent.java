package dev.fedcore.engine.registry;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// An agent as it registers itself.
///
/// @param id unique within the tenant: 1 to 128 visible ASCII characters
/// @param kind such as `agent` or `server`
/// @param capabilities what it can do, such as `task.create`, or `task.*` for all below `task`
/// @param metadata its own business; kept and shown, never looked into
public record Agent(
    String id,
    String kind,
    Optional<String> displayName,
    List<String> capabilities,
    Optional<String> endpoint,
    Optional<String> version,
    List<String> tags,
    JsonObject metadata) {

  /// The longest id, kind, capability, version or tag, in characters.
  public static final int NAME_LENGTH_MAX = 128;

  /// The longest display name or endpoint, in UTF-16 units.
  public static final int TEXT_LENGTH_MAX = 500;

  /// The most capabilities, and the most tags: bounds what one look through the registry costs.
  public static final int NAMES_MAX = 64;

  /// The largest metadata, in bytes of its canonical form.
  public static final int METADATA_BYTES_MAX = 4_096;

  private static final String DEFAULT_KIND = "agent";

  public Agent {
    capabilities = List.copyOf(capabilities);
    tags = List.copyOf(tags);
  }

  /// Reads a registration.
  ///
  /// @throws MalformedInput naming the field
  public static Agent read(JsonObject body) {
    var fields = JsonFields.of(body, "");
    var agent =
        new Agent(
            name(fields, "agent_id").orElseGet(() -> fields.string("agent_id")),
            name(fields, "kind").orElse(DEFAULT_KIND),
            text(fields, "display_name"),
            names(fields, "capabilities"),
            text(fields, "endpoint"),
            name(fields, "version"),
            names(fields, "tags"),
            metadata(fields));
    fields.end();
    return agent;
  }

  /// Whether one of its capabilities is `wanted`, or a pattern that covers it.
  public boolean isCapableOf(String wanted) {
    return capabilities.stream().anyMatch(own -> covers(own, wanted));
  }

  /// `task.*` covers everything below `task`, and `*` everything.
  static boolean covers(String own, String wanted) {
    boolean isPattern = own.equals("*") || own.endsWith(".*");
    return own.equals(wanted)
        || (isPattern && wanted.startsWith(own.substring(0, own.length() - 1)));
  }

  /// The registration as it is kept; reading it gives the same agent.
  JsonObject json() {
    var members =
        JsonObject.builder()
            .put("agent_id", id)
            .put("capabilities", JsonArray.ofStrings(capabilities))
            .put("kind", kind)
            .put("metadata", metadata)
            .put("tags", JsonArray.ofStrings(tags));
    displayName.ifPresent(text -> members.put("display_name", text));
    endpoint.ifPresent(text -> members.put("endpoint", text));
    version.ifPresent(text -> members.put("version", text));
    return members.build();
  }

  private static Optional<String> name(JsonFields fields, String field) {
    Optional<String> name = fields.optionalString(field);
    name.ifPresent(text -> requireName(fields.pointer(field), text));
    return name;
  }

  private static List<String> names(JsonFields fields, String field) {
    List<String> names = fields.strings(field);
    if (names.size() > NAMES_MAX) {
      throw new MalformedInput(
          fields.pointer(field), "has %d names; at most 64 fit".formatted(names.size()));
    }
    var seen = new HashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      String pointer = JsonPointers.child(fields.pointer(field), i);
      requireName(pointer, names.get(i));
      if (!seen.add(names.get(i))) {
        throw new MalformedInput(pointer, "is named twice");
      }
    }
    return names;
  }

  private static void requireName(String pointer, String text) {
    boolean isName =
        !text.isEmpty()
            && text.length() <= NAME_LENGTH_MAX
            && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!isName) {
      throw new MalformedInput(pointer, "must have 1 to 128 visible ASCII characters");
    }
  }

  private static Optional<String> text(JsonFields fields, String field) {
    return fields.has(field)
        ? Optional.of(fields.string(field, TEXT_LENGTH_MAX))
        : Optional.empty();
  }

  private static JsonObject metadata(JsonFields fields) {
    JsonObject metadata = fields.optionalObject("metadata").orElse(JsonObject.EMPTY);
    if (metadata.canonicalBytes().length > METADATA_BYTES_MAX) {
      throw new MalformedInput(fields.pointer("metadata"), "must have at most 4,096 bytes");
    }
    return metadata;
  }
}
