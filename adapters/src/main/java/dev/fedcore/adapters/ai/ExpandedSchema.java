package dev.fedcore.adapters.ai;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A schema in which what it refers to stands in the place of each reference: that much is gone
/// through for one answer, and it may be twice as much with every definition.
///
/// Only counted, never built. One count a schema.
final class ExpandedSchema {

  /// The most members and items. What people write has some hundreds.
  static final int MEMBERS_MAX = 4_096;

  /// Members whose schemas are for what is one deeper in the answer. A schema that refers to itself
  /// through one of them ends with the answer.
  private static final Set<String> ONE_DEEPER =
      Set.of(
          "properties",
          "additionalProperties",
          "unevaluatedProperties",
          "items",
          "prefixItems",
          "contains",
          "unevaluatedItems");

  /// Members that count where something refers to them.
  private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

  private static final List<String> ANCHORS = List.of("$anchor", "$dynamicAnchor");

  private final JsonObject root;
  private final String pointer;
  private final Map<String, JsonValue> anchored = new HashMap<>();
  private final Deque<Part> waiting = new ArrayDeque<>();
  private int members;

  /// @param depth how deep in the answer that is which it is for; 0 for the whole
  private record Part(JsonValue json, int depth) {}

  private ExpandedSchema(JsonObject root, String pointer) {
    this.root = root;
    this.pointer = pointer;
  }

  /// Checks how large a schema becomes, and that whatever it refers to is there and may be said.
  ///
  /// @param pointer where it stands
  /// @throws MalformedInput with that pointer
  static void check(JsonObject schema, String pointer) {
    var expanded = new ExpandedSchema(schema, pointer);
    expanded.findAnchors(schema);
    expanded.add(schema, 0);
    while (!expanded.waiting.isEmpty()) {
      expanded.part(expanded.waiting.removeFirst());
    }
  }

  private void part(Part part) {
    switch (part.json()) {
      case JsonObject schema ->
          schema.members().forEach((name, member) -> keyword(name, member, part.depth()));
      case JsonArray(List<JsonValue> items) -> items.forEach(item -> add(item, part.depth()));
      case JsonValue _ -> {}
    }
  }

  private void keyword(String name, JsonValue member, int depth) {
    SchemaKeywords.refusal(name, member)
        .ifPresent(sentence -> {
          throw problem("refers to \"%s\", which %s".formatted(name, sentence));
        });
    if (SchemaKeywords.VALUES.contains(name) || DEFINITIONS.contains(name)) {
      return;
    }
    int inside = ONE_DEEPER.contains(name) ? depth + 1 : depth;
    if (SchemaKeywords.REFERENCES.contains(name) && member instanceof JsonString(String text)) {
      add(target(text), depth);
    } else if (SchemaKeywords.NAMED_SCHEMAS.contains(name) && member instanceof JsonObject named) {
      named.members().values().forEach(schema -> add(schema, inside));
    } else {
      add(member, inside);
    }
  }

  private void add(JsonValue json, int depth) {
    if (depth > ChatAnswer.DEPTH_MAX) {
      return;
    }
    if (++members > MEMBERS_MAX) {
      throw problem(
          ("has more than %,d members and items once what it refers to stands in its place; "
                  + "refer to less, or say less in it")
              .formatted(MEMBERS_MAX));
    }
    waiting.addLast(new Part(json, depth));
  }

  private JsonValue target(String reference) {
    String place = reference.substring(1);
    boolean isPointer = place.isEmpty() || place.startsWith("/");
    Optional<JsonValue> found =
        isPointer
            ? JsonPointers.find(root, place)
                .or(() -> decoded(place).flatMap(plain -> JsonPointers.find(root, plain)))
            : Optional.ofNullable(anchored.get(place));
    return found.orElseThrow(() -> problem("refers to \"" + reference + "\", which is not in it"));
  }

  private static Optional<String> decoded(String place) {
    try {
      return Optional.of(URLDecoder.decode(place.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private void findAnchors(JsonValue json) {
    switch (json) {
      case JsonObject object -> {
        ANCHORS.forEach(keyword -> object.get(keyword).ifPresent(name -> anchor(name, object)));
        object.members().values().forEach(this::findAnchors);
      }
      case JsonArray(List<JsonValue> items) -> items.forEach(this::findAnchors);
      case JsonValue _ -> {}
    }
  }

  private void anchor(JsonValue name, JsonObject schema) {
    if (name instanceof JsonString(String text)) {
      JsonValue other = anchored.putIfAbsent(text, schema);
      if (other != null && !other.equals(schema)) {
        throw problem("has the anchor \"" + text + "\" twice");
      }
    }
  }

  private MalformedInput problem(String sentence) {
    return new MalformedInput(pointer, sentence);
  }
}
