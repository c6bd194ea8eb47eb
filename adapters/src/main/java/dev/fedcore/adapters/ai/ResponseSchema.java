package dev.fedcore.adapters.ai;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.regex.RegularExpression;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What an answer must be: a JSON Schema, draft 2020-12, that is read from nowhere else and runs no
/// regular expression of a stranger's.
///
/// @see <a href="https://json-schema.org/draft/2020-12">JSON Schema, draft 2020-12</a>
record ResponseSchema(JsonObject json) {

  /// The largest schema, in canonical bytes, and the deepest: what models themselves take.
  static final int BYTES_MAX = 16_384;

  static final int DEPTH_MAX = 16;

  /// The most steps in which an answer is checked: ten for each of its 10,000 members, five times
  /// over. They take a twentieth of a second.
  static final int STEPS_MAX = 500_000;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .regularExpressionFactory(ResponseSchema::noExpression)
                          .build()));

  private static final Schema META_SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of(SchemaKeywords.DIALECT));

  /// Checks a schema.
  ///
  /// @param pointer where it stands
  /// @throws MalformedInput with a pointer into it
  static ResponseSchema read(JsonObject schema, String pointer) {
    int length = schema.canonicalBytes().length;
    if (length > BYTES_MAX) {
      throw new MalformedInput(
          pointer, "has %,d bytes; at most %,d fit".formatted(length, BYTES_MAX));
    }
    SchemaKeywords.check(schema, pointer);
    first(META_SCHEMA.validate(text(schema), InputFormat.JSON))
        .ifPresent(problem -> {
          throw new MalformedInput(pointer, "is no JSON Schema of draft 2020-12: " + problem);
        });
    ExpandedSchema.check(schema, pointer);
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
      return first(errors(answer));
    } catch (SchemaException e) {
      return Optional.of("the schema cannot be used: " + e.getMessage());
    } catch (ValidationLimitExceededException _) {
      return Optional.of("it takes more than %,d steps to check".formatted(STEPS_MAX));
    } catch (StackOverflowError _) {
      return Optional.of("the schema has too many references in one another");
    }
  }

  /// What is wrong with `answer`; of each attempt one error, since nobody asks for a second.
  List<Error> errors(JsonValue answer) {
    var config = ExecutionConfig.builder().failFast(true).maxEvaluationSteps(STEPS_MAX).build();
    return REGISTRY
        .getSchema(text(json))
        .validate(new FirstErrors(config), text(answer), InputFormat.JSON);
  }

  private static Optional<String> first(List<Error> errors) {
    return errors.stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .findFirst();
  }

  private static RegularExpression noExpression(String pattern) {
    throw new SchemaException("a regular expression is not taken");
  }

  private static String text(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }

  /// Keeps the first error of each attempt: an answer may have thousands in every item.
  private static final class FirstErrors extends ExecutionContext {

    FirstErrors(ExecutionConfig config) {
      super(config);
    }

    @Override
    public void addError(Error error) {
      if (getErrors().isEmpty() || isFailFast()) {
        super.addError(error);
      }
    }
  }
}
