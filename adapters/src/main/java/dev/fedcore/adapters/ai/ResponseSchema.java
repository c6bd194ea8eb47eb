package dev.fedcore.adapters.ai;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an answer must be: a JSON Schema, draft 2020-12, that is read from nowhere else and runs no
/// regular expression of a stranger's.
///
/// @see <a href="https://json-schema.org/draft/2020-12">JSON Schema, draft 2020-12</a>
record ResponseSchema(JsonObject json) {

  /// The largest schema, in canonical bytes, and the deepest: what models themselves take.
  static final int BYTES_MAX = 16_384;

  static final int DEPTH_MAX = 16;

  private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();

  /// Members whose members are schemas under names of the author's.
  private static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "$defs", "definitions", "dependentSchemas");

  /// Members that hold values, not schemas.
  private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  private static final Map<String, String> REFUSED =
      Map.of(
          "$id", "is not taken; a schema stands for itself",
          "$vocabulary", "is not taken; the vocabulary is that of draft 2020-12",
          "pattern", "is not taken, since a regular expression may never end; use enum or format",
          "patternProperties", "is not taken, since a regular expression may never end");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaCacheEnabled(false));

  private static final Schema META_SCHEMA = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

  /// Checks a schema.
  ///
  /// @param pointer where it stands
  /// @throws MalformedInput with a pointer into it
  static ResponseSchema read(JsonObject schema, String pointer) {
    check(schema, pointer, 1);
    int length = schema.canonicalBytes().length;
    if (length > BYTES_MAX) {
      throw new MalformedInput(
          pointer, "has %,d bytes; at most %,d fit".formatted(length, BYTES_MAX));
    }
    errors(META_SCHEMA, schema)
        .ifPresent(problem -> {
          throw new MalformedInput(pointer, "is no JSON Schema of draft 2020-12: " + problem);
        });
    return new ResponseSchema(schema);
  }

  /// What the model is told of it.
  JsonObject responseFormat() {
    return JsonObject.builder()
        .put("json_schema", JsonObject.builder().put("name", "answer").put("schema", json).build())
        .put("type", "json_schema")
        .build();
  }

  /// Why `answer` is not what it must be; empty when it is.
  Optional<String> problemOf(JsonValue answer) {
    try {
      return errors(REGISTRY.getSchema(text(json)), answer);
    } catch (SchemaException e) {
      return Optional.of("the schema cannot be used: " + e.getMessage());
    }
  }

  /// A schema that refers to itself without end ends the stack and nothing else.
  private static Optional<String> errors(Schema schema, JsonValue value) {
    try {
      return schema.validate(text(value), InputFormat.JSON).stream()
          .map(error -> error.getInstanceLocation() + " " + error.getMessage())
          .findFirst();
    } catch (StackOverflowError _) {
      return Optional.of("the schema refers to itself without end");
    }
  }

  private static String text(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }

  private static void check(JsonValue value, String pointer, int depth) {
    if (depth > DEPTH_MAX) {
      throw new MalformedInput(pointer, "is nested more than %d deep".formatted(DEPTH_MAX));
    }
    switch (value) {
      case JsonObject schema ->
          schema
              .members()
              .forEach((name, member) ->
                  keyword(name, member, JsonPointers.child(pointer, name), depth));
      case JsonArray array -> items(array.items(), pointer, depth);
      case JsonValue _ -> {}
    }
  }

  private static void items(List<JsonValue> items, String pointer, int depth) {
    for (int i = 0; i < items.size(); i++) {
      check(items.get(i), JsonPointers.child(pointer, i), depth + 1);
    }
  }

  private static void keyword(String name, JsonValue member, String pointer, int depth) {
    if (REFUSED.containsKey(name)) {
      throw new MalformedInput(pointer, String.valueOf(REFUSED.get(name)));
    }
    if (name.equals("$schema") && !member.equals(new JsonString(DIALECT))) {
      throw new MalformedInput(pointer, "must be " + DIALECT);
    }
    if (REFERENCES.contains(name) && !isLocal(member)) {
      throw new MalformedInput(pointer, "must begin with #: nothing is read from elsewhere");
    }
    if (NAMED_SCHEMAS.contains(name) && member instanceof JsonObject named) {
      named
          .members()
          .forEach((key, schema) -> check(schema, JsonPointers.child(pointer, key), depth + 2));
    } else if (!VALUES.contains(name)) {
      check(member, pointer, depth + 1);
    }
  }

  private static boolean isLocal(JsonValue reference) {
    return reference instanceof JsonString(String text) && text.startsWith("#");
  }
}
