package dev.fedcore.adapters.ai;

import com.networknt.schema.SpecificationVersion;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes through a schema as it is written, and refuses what it may not say. One walk a schema.
final class SchemaKeywords {

  static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();

  /// Members whose members are schemas under names of the author's.
  static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "$defs", "definitions", "dependentSchemas");

  /// Members that hold values, not schemas.
  static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");

  static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  private static final Map<String, String> REFUSED =
      Map.of(
          "$id", "is not taken; a schema stands for itself",
          "$vocabulary", "is not taken; the vocabulary is that of draft 2020-12",
          "pattern", "is not taken, since a regular expression may never end; use enum or format",
          "patternProperties", "is not taken, since a regular expression may never end");

  private final String pointer;
  private final Deque<Object> path = new ArrayDeque<>();

  private SchemaKeywords(String pointer) {
    this.pointer = pointer;
  }

  /// Checks a schema.
  ///
  /// @param pointer where it stands
  /// @throws MalformedInput with a pointer into it
  static void check(JsonObject schema, String pointer) {
    new SchemaKeywords(pointer).value(schema, 1);
  }

  /// Why a schema may not have this member; empty when it may.
  static Optional<String> refusal(String name, JsonValue member) {
    if (REFUSED.containsKey(name)) {
      return Optional.of(String.valueOf(REFUSED.get(name)));
    }
    if (name.equals("$schema") && !member.equals(new JsonString(DIALECT))) {
      return Optional.of("must be " + DIALECT);
    }
    if (REFERENCES.contains(name) && !isLocal(member)) {
      return Optional.of("must begin with #: nothing is read from elsewhere");
    }
    return Optional.empty();
  }

  private static boolean isLocal(JsonValue reference) {
    return reference instanceof JsonString(String text) && text.startsWith("#");
  }

  private void value(JsonValue value, int depth) {
    if (depth > ResponseSchema.DEPTH_MAX) {
      throw problem("is nested more than %d deep".formatted(ResponseSchema.DEPTH_MAX));
    }
    switch (value) {
      case JsonObject schema ->
          schema.members().forEach((name, member) -> at(name, () -> keyword(name, member, depth)));
      case JsonArray(List<JsonValue> items) -> {
        for (int i = 0; i < items.size(); i++) {
          JsonValue item = items.get(i);
          at(i, () -> value(item, depth + 1));
        }
      }
      case JsonValue _ -> {}
    }
  }

  private void keyword(String name, JsonValue member, int depth) {
    refusal(name, member)
        .ifPresent(sentence -> {
          throw problem(sentence);
        });
    if (NAMED_SCHEMAS.contains(name) && member instanceof JsonObject named) {
      named.members().forEach((key, schema) -> at(key, () -> value(schema, depth + 2)));
    } else if (!VALUES.contains(name)) {
      value(member, depth + 1);
    }
  }

  /// The path is kept as it is walked, and made a pointer only for a problem: a pointer for every
  /// place would copy a long name as often as there are places below it.
  private void at(Object nameOrIndex, Runnable there) {
    path.addLast(nameOrIndex);
    there.run();
    path.removeLast();
  }

  private MalformedInput problem(String sentence) {
    return new MalformedInput(pointer + JsonPointers.of(path), sentence);
  }
}
