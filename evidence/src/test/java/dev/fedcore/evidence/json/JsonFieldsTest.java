package dev.fedcore.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

  private enum Color {
    RED,
    DARK_BLUE
  }

  private static final String DOCUMENT =
      """
      {"s": "text", "n": 5, "f": 1.5, "b": true, "o": {"x": 1}, "a": [1, "two"],
       "l": ["p", "q"], "c": "dark_Blue", "z": null}
      """;

  @Test
  void gives_each_field_as_its_type() {
    var fields = fields(DOCUMENT);

    assertThat(fields.string("s")).isEqualTo("text");
    assertThat(fields.string("s", 4)).isEqualTo("text");
    assertThat(fields.integer("n", 0, 5)).isEqualTo(5);
    assertThat(fields.bool("b", false)).isTrue();
    assertThat(fields.object("o").get("x")).contains(JsonNumber.of(1));
    assertThat(fields.array("a")).containsExactly(JsonNumber.of(1), new JsonString("two"));
    assertThat(fields.strings("l")).containsExactly("p", "q");
    assertThat(fields.oneOf("c", Color.class)).isEqualTo(Color.DARK_BLUE);
    assertThat(fields.pointer("x/y")).isEqualTo("/at/x~1y");
  }

  @Test
  void null_counts_as_absent_where_a_field_may_be_absent() {
    for (String name : new String[] {"z", "missing"}) {
      var fields = fields(DOCUMENT);

      assertThat(fields.optionalString(name)).isEmpty();
      assertThat(fields.optionalInteger(name, 0, 1)).isEmpty();
      assertThat(fields.optionalObject(name)).isEmpty();
      assertThat(fields.optionalArray(name)).isEmpty();
      assertThat(fields.optionalOneOf(name, Color.class)).isEmpty();
      assertThat(fields.optionalValue(name)).isEmpty();
      assertThat(fields.strings(name)).isEmpty();
      assertThat(fields.bool(name, true)).isTrue();
      assertThat(fields.has(name)).isFalse();
    }
  }

  @Test
  void a_document_that_was_asked_for_in_whole_ends() {
    var fields = fields("{\"a\":1,\"b\":null}");
    fields.has("a");
    fields.optionalString("b");

    fields.end();

    assertThat(fields.has("a")).isTrue();
  }

  @Nested
  class Refuses {

    @Test
    void what_nobody_asked_for_and_says_what_is_known() {
      refused(
          "{\"a\":1,\"b/c\":2,\"d\":3}",
          fields -> {
            fields.has("a");
            fields.optionalString("x");
            fields.end();
          },
          "/at/b~1c: unknown field; known here: a, x");
    }

    @Test
    void a_wrong_type() {
      refused(DOCUMENT, f -> f.string("n"), "/at/n: must be a string, is a number");
      refused(DOCUMENT, f -> f.integer("s", 0, 9), "/at/s: must be an integer, is a string");
      refused(DOCUMENT, f -> f.bool("o", true), "/at/o: must be a boolean, is an object");
      refused(DOCUMENT, f -> f.object("a"), "/at/a: must be an object, is an array");
      refused(DOCUMENT, f -> f.array("b"), "/at/b: must be an array, is a boolean");
      refused(DOCUMENT, f -> f.strings("a"), "/at/a/0: must be a string, is a number");
    }

    @Test
    void a_field_that_is_absent_or_null() {
      refused(DOCUMENT, f -> f.string("q"), "/at/q: must be a string, is missing");
      refused(DOCUMENT, f -> f.string("z"), "/at/z: must be a string, is null");
      refused(DOCUMENT, f -> f.integer("q", 0, 1), "/at/q: must be an integer, is missing");
      refused(DOCUMENT, f -> f.array("z"), "/at/z: must be an array, is null");
    }

    @Test
    void what_is_out_of_bounds() {
      refused(DOCUMENT, f -> f.integer("n", 6, 9), "/at/n: must be from 6 to 9, is 5");
      refused(DOCUMENT, f -> f.integer("n", 0, 4), "/at/n: must be from 0 to 4, is 5");
      refused(
          DOCUMENT,
          f -> f.integer("f", 0, 4),
          "/at/f: must be an integer, has a fraction or is too large");
      refused(DOCUMENT, f -> f.string("s", 3), "/at/s: has 4 characters; at most 3 fit");
    }

    @Test
    void a_name_that_is_no_constant() {
      refused(
          DOCUMENT,
          f -> f.oneOf("s", Color.class),
          "/at/s: must be one of RED, DARK_BLUE; is \"text\"");
    }

    private static void refused(String json, Consumer<JsonFields> reading, String message) {
      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> reading.accept(fields(json)))
          .withMessage(message)
          .satisfies(refused -> assertThat(refused.getStackTrace()).isEmpty());
    }
  }

  private static JsonFields fields(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return JsonFields.of(JsonReader.readObject(bytes, JsonLimits.DEFAULT), "/at");
  }
}
