package dev.fedcore.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  @Test
  void an_object_does_not_change_with_the_map_that_it_was_made_of() {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("a", JsonNull.NULL);
    var object = JsonObject.of(members);

    members.clear();

    assertThat(object.members()).containsOnlyKeys("a");
    assertThatRuntimeException().isThrownBy(() -> object.members().clear());
  }

  @Test
  void with_replaces_in_place_or_appends() {
    var object = JsonObject.builder().put("b", 1L).put("a", "x").putNull("c").build();

    assertThat(object.with("a", JsonBoolean.TRUE).members().keySet())
        .containsExactly("b", "a", "c");
    assertThat(object.with("0", JsonBoolean.TRUE).members().keySet())
        .containsExactly("b", "a", "c", "0");
    assertThat(object.get("c")).contains(JsonNull.NULL);
    assertThat(object.get("0")).isEmpty();
  }

  @Test
  void equality_does_not_depend_on_the_order_of_members() {
    var one = JsonObject.builder().put("a", true).put("b", 1L).build();
    var other = JsonObject.builder().put("b", 1L).put("a", true).build();

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.canonicalBytes()).isEqualTo(other.canonicalBytes());
  }

  @Test
  void a_builder_refuses_a_name_twice() {
    var builder = JsonObject.builder().put("a", 1L);

    assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", 2L));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p53, -0x1p53, 1e20, Double.NaN, Double.NEGATIVE_INFINITY})
  void a_number_without_one_safe_form_is_refused(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonNumber.of(value));
  }

  @Test
  void a_number_is_an_integer_or_not() {
    assertThat(JsonNumber.of(-0.0)).isEqualTo(JsonNumber.of(0));
    assertThat(JsonNumber.of(2.0).longValue()).isEqualTo(2);
    assertThat(JsonNumber.of(1e21).isInteger()).isFalse();
    assertThat(JsonNumber.of(0.5).isInteger()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> JsonNumber.of(0.5).longValue());
    assertThatIllegalArgumentException().isThrownBy(() -> JsonNumber.of(Long.MIN_VALUE));
  }

  /// The examples of RFC 6901, section 5.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/foo/0, \"bar\"",
    "/, 0",
    "/a~1b, 1",
    "/c%d, 2",
    "/e^f, 3",
    "/g|h, 4",
    "/k\"l, 6",
    "/ , 7",
    "/m~0n, 8",
  })
  void a_pointer_finds_what_the_standard_says(String pointer, String expected) {
    String document =
        """
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,
         "k\\"l": 6, " ": 7, "m~n": 8}
        """;
    String asked = expected.equals("7") ? "/ " : pointer;

    assertThat(JsonPointers.find(read(document), asked).map(JsonValue::canonicalBytes))
        .hasValueSatisfying(found -> assertThat(found).asString().isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "/foo/2", "/foo/-", "/foo/01", "/foo/x", "/bar", "/foo/0/x"})
  void a_pointer_to_nowhere_finds_nothing(String pointer) {
    assertThat(JsonPointers.find(read("{\"foo\":[\"bar\",2]}"), pointer)).isEmpty();
  }

  @Test
  void the_empty_pointer_finds_the_whole() {
    assertThat(JsonPointers.find(JsonNull.NULL, "")).contains(JsonNull.NULL);
    assertThat(JsonPointers.child(JsonPointers.child("", "a/b"), 3)).isEqualTo("/a~1b/3");
  }

  private static JsonValue read(String json) {
    return JsonReader.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
