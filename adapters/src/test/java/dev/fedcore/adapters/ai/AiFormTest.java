package dev.fedcore.adapters.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AiFormTest {

  private static final AiForm FORM = new AiForm();

  private static JsonObject question(String schema) {
    byte[] bytes = schema.getBytes(StandardCharsets.UTF_8);
    return JsonObject.builder()
        .put("prompt", "Which?")
        .put("response_schema", JsonReader.readObject(bytes, JsonLimits.DEFAULT))
        .build();
  }

  @Test
  void fills_in_how_long_the_answer_may_become() {
    var action = FORM.normalise(JsonObject.builder().put("content", "Which?").build());

    assertThat(action.parameters())
        .isEqualTo(JsonObject.builder().put("max_tokens", 1_024).put("prompt", "Which?").build());
    assertThat(action.target()).isEmpty();
  }

  @Test
  void has_a_code_for_what_is_missing() {
    assertThat(FORM.missing(JsonObject.builder().put("prompt", " ").build()))
        .contains("missing_prompt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"object\"}",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}",
        "{\"properties\":{\"pattern\":{\"type\":\"string\"},\"$id\":{\"type\":\"string\"}}}",
        "{\"enum\":[{\"$ref\":\"https://example.com\"}]}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
      })
  void takes_a_schema_that_stands_for_itself(String schema) {
    assertThat(FORM.normalise(question(schema)).parameters().get("response_schema")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"$ref\":\"https://example.com/s\"}|/$ref|must begin with #",
        "{\"$ref\":\"file:///etc/passwd\"}|/$ref|must begin with #",
        "{\"$dynamicRef\":\"other\"}|/$dynamicRef|must begin with #",
        "{\"$ref\":7}|/$ref|must begin with #",
        "{\"properties\":{\"a\":{\"$ref\":\"x\"}}}|/properties/a/$ref|must begin with #",
        "{\"allOf\":[{\"$ref\":\"x\"}]}|/allOf/0/$ref|must begin with #",
        "{\"$id\":\"https://example.com/s\"}|/$id|is not taken",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|/$schema|must be https",
        "{\"pattern\":\"(a+)+$\"}|/pattern|is not taken",
        "{\"patternProperties\":{\"(a+)+$\":{}}}|/patternProperties|is not taken",
        "{\"type\":\"banana\"}|''|is no JSON Schema of draft 2020-12",
        "{\"required\":\"a\"}|''|is no JSON Schema of draft 2020-12",
      })
  void refuses_a_schema_that_needs_something_else_or_makes_no_sense(
      String schema, String pointer, String problem) {
    assertThatThrownBy(() -> FORM.normalise(question(schema)))
        .isInstanceOf(MalformedInput.class)
        .hasMessageStartingWith("/parameters/response_schema" + pointer + ": " + problem);
  }

  @Test
  void refuses_a_schema_that_is_too_deep_or_too_large() {
    String deep = "{\"not\":".repeat(20) + "{}" + "}".repeat(20);
    String large = "{\"description\":\"%s\"}".formatted("x".repeat(17_000));

    assertThatThrownBy(() -> FORM.normalise(question(deep)))
        .hasMessageContaining("is nested more than 16 deep");
    assertThatThrownBy(() -> FORM.normalise(question(large)))
        .hasMessageContaining("has 17,018 bytes; at most 16,384 fit");
  }

  @ParameterizedTest
  @CsvSource({"0", "32769"})
  void bounds_the_answer(long maxTokens) {
    JsonObject question =
        JsonObject.builder().put("prompt", "Which?").put("max_tokens", maxTokens).build();

    assertThatThrownBy(() -> FORM.normalise(question))
        .hasMessageStartingWith("/parameters/max_tokens: must be from 1 to 32768");
  }
}
