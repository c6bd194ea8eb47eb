package dev.fedcore.adapters.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.testing.Allocation;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseSchemaTest {

  private static final String POINTER = "/parameters/response_schema";

  private static JsonValue json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static ResponseSchema read(String schema) {
    return ResponseSchema.read((JsonObject) json(schema), POINTER);
  }

  /// Each definition asks twice for the one before, and the first one for a string.
  private static String doubling(int definitions) {
    String defined =
        IntStream.rangeClosed(1, definitions)
            .mapToObj(i ->
                ",\"a%d\":{\"allOf\":[{\"$ref\":\"#/$defs/a%d\"},{\"$ref\":\"#/$defs/a%d\"}]}"
                    .formatted(i, i - 1, i - 1))
            .collect(Collectors.joining());
    return "{\"$ref\":\"#/$defs/a%d\",\"$defs\":{\"a0\":{\"type\":\"string\"}%s}}"
        .formatted(definitions, defined);
  }

  private static String items(int count, String item) {
    return IntStream.range(0, count).mapToObj(_ -> item).collect(Collectors.joining(",", "[", "]"));
  }

  /// The library's own way, which is why schemas are bounded here.
  @ParameterizedTest
  @ValueSource(ints = {4, 12, 16})
  void the_library_goes_through_a_definition_as_often_as_it_is_referred_to(int definitions) {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(doubling(definitions));

    assertThat(schema.validate("7", InputFormat.JSON)).hasSize(1 << definitions);
  }

  @Test
  void counts_what_is_referred_to_as_often_as_it_is_referred_to() {
    assertThat(read(doubling(8)).problemOf(json("\"yes\""))).isEmpty();
    assertThat(read(doubling(8)).problemOf(json("7"))).isPresent();
    assertThatThrownBy(() -> read(doubling(12)))
        .hasMessageStartingWith(POINTER + ": has more than 4,096 members and items once");
  }

  @Test
  void takes_a_tree_as_deep_as_an_answer_may_be() {
    ResponseSchema tree =
        read(
            """
            {"type":"object","required":["name"],"properties":{"name":{"type":"string"},\
            "parts":{"type":"array","items":{"$ref":"#"}}}}\
            """);

    assertThat(tree.problemOf(json("{\"name\":\"a\",\"parts\":[{\"name\":\"b\"}]}"))).isEmpty();
    assertThat(tree.problemOf(json("{\"name\":\"a\",\"parts\":[{\"name\":1}]}")))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("/parts/0/name "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#\"}",
        "{\"allOf\":[{\"$ref\":\"#\"}]}",
        "{\"$anchor\":\"a\",\"not\":{\"$ref\":\"#a\"}}",
        "{\"$dynamicAnchor\":\"a\",\"anyOf\":[{\"$dynamicRef\":\"#a\"}]}",
        "{\"$ref\":\"#/$defs/a%20b\",\"$defs\":{\"a b\":{\"not\":{\"$ref\":\"#/$defs/a b\"}}}}",
        "{\"allOf\":[{\"items\":{\"$ref\":\"#\"}},{\"items\":{\"$ref\":\"#\"}}]}",
      })
  void refuses_a_schema_that_becomes_larger_and_larger(String schema) {
    assertThatThrownBy(() -> read(schema)).hasMessageContaining("members and items once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"$ref\":\"#/enum/0\",\"enum\":[{\"pattern\":\"(a+)+$\"}]}|\"pattern\", which is not",
        "{\"$ref\":\"#/const\",\"const\":{\"$ref\":\"file:///etc\"}}|\"$ref\", which must begin",
        "{\"$ref\":\"#/properties\",\"properties\":{\"patternProperties\":{\"(a+)+$\":{}}}}"
            + "|\"patternProperties\", which is not taken",
        "{\"$ref\":\"#/$defs/a\"}|\"#/$defs/a\", which is not in it",
        "{\"$ref\":\"#a\"}|\"#a\", which is not in it",
      })
  void refuses_what_hides_behind_a_reference(String schema, String problem) {
    assertThatThrownBy(() -> read(schema))
        .hasMessageStartingWith(POINTER + ": refers to " + problem);
  }

  @Test
  void does_not_guess_which_of_two_anchors_is_meant() {
    assertThatThrownBy(() ->
            read(
                """
                {"$ref":"#a","$defs":{"x":{"$anchor":"a"},"y":{"$anchor":"a","not":{}}}}\
                """))
        .hasMessage(POINTER + ": has the anchor \"a\" twice");
  }

  @Test
  void checks_an_answer_in_so_many_steps_and_no_more() {
    ResponseSchema schema =
        read("{\"items\":{\"allOf\":" + items(400, "{\"type\":\"integer\"}") + "}}");

    assertThat(schema.problemOf(json(items(500, "1")))).isEmpty();
    assertThat(schema.problemOf(json(items(5_000, "1"))))
        .contains("it takes more than 500,000 steps to check");
  }

  /// A hundred names that are missing in each of a thousand objects.
  @Test
  void keeps_one_error_of_each_attempt() {
    String names =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"n" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    ResponseSchema schema = read("{\"anyOf\":[{\"items\":{\"required\":%s}}]}".formatted(names));

    assertThat(schema.errors(json(items(1_000, "{}")))).hasSize(1);
  }

  @Test
  void looks_at_the_size_before_it_looks_inside() {
    String schema = "{\"%s\":%s}".formatted("k".repeat(900_000), items(9_000, "1"));
    JsonObject read = (JsonObject) json(schema);

    long allocated =
        Allocation.of(() ->
            assertThatThrownBy(() -> ResponseSchema.read(read, POINTER))
                .hasMessageContaining("bytes; at most 16,384 fit"));

    assertThat(allocated).isLessThan(100_000_000);
  }
}
