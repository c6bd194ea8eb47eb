package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.testing.Allocation;
import dev.fedcore.testing.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentsTest {

  private static JsonValue read(String text) {
    return read(text, JsonLimits.DEFAULT);
  }

  private static JsonValue read(String text, JsonLimits limits) {
    return YamlDocuments.read(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  private static MalformedInput refusal(String text) {
    return catchThrowableOfType(MalformedInput.class, () -> read(text));
  }

  /// A pointer for each item would copy the key nine thousand times: five thousand million bytes.
  @Test
  void a_long_key_over_many_items_is_not_copied_for_each() {
    String yaml = "? " + "k".repeat(500_000) + "\n: [" + "1, ".repeat(8_999) + "1]\n";

    assertThat(Allocation.of(() -> read(yaml))).isLessThan(50_000_000);
  }

  @Nested
  class A_document {

    @Test
    void is_read_as_the_json_it_means() {
      var yaml =
          """
          # a comment
          name: spine
          steps:
            - {id: one, attempt: 2}
            - plain text: yes
          quoted: "007"
          text: |
            two
            lines
          nothing:
          """;

      assertThat(read(yaml))
          .isEqualTo(
              read(
                  """
                  {"name": "spine",
                   "steps": [{"id": "one", "attempt": 2}, {"plain text": "yes"}],
                   "quoted": "007", "text": "two\\nlines\\n", "nothing": null}
                  """));
    }

    @Test
    void may_be_json_with_tabs_and_escapes() {
      assertThat(read("\t{\n\t\"a\\/b\":\t[1,\t\"\\u00e9\"]}"))
          .isEqualTo(
              JsonObject.builder()
                  .put("a/b", JsonArray.of(JsonNumber.of(1), new JsonString("é")))
                  .build());
    }

    @Test
    void may_begin_like_json_and_be_yaml() {
      assertThat(read("{a: 1, b: [x, y]}")).isEqualTo(read("a: 1\nb:\n- x\n- y\n"));
    }

    @Test
    void keeps_its_order() {
      assertThat(((JsonObject) read("z: 1\na: 2\nm: 3")).members().keySet())
          .containsExactly("z", "a", "m");
    }
  }

  @Nested
  class An_unquoted_word {

    @ParameterizedTest
    @CsvSource({"true,true", "false,false"})
    void may_be_a_boolean(String text, boolean value) {
      assertThat(read("[" + text + "]")).isEqualTo(JsonArray.of(JsonBoolean.of(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", ""})
    void may_be_null(String text) {
      assertThat(read("a: " + text)).isEqualTo(JsonObject.builder().putNull("a").build());
      assertThat(read("- " + text)).isEqualTo(JsonArray.of(JsonNull.NULL));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-7,-7", "1e3,1000", "1.0,1", "9007199254740991,9007199254740991"})
    void may_be_an_integer(String text, long value) {
      assertThat(read("- " + text)).isEqualTo(JsonArray.of(JsonNumber.of(value)));
    }

    @Test
    void may_have_a_fraction() {
      assertThat(read("- 1.25")).isEqualTo(JsonArray.of(JsonNumber.of(1.25)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "on", "2026-01-01", "1.2.3", "PT4H", "-"})
    void is_a_text_in_quotes(String text) {
      assertThat(read("{k: '" + text + "'}")).isEqualTo(read("{\"k\": \"" + text + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "off", "2026-01-01", "1.2.3", "PT4H", "1e", "0x"})
    void is_a_text_without_quotes_too(String text) {
      assertThat(read("- " + text)).isEqualTo(JsonArray.of(new JsonString(text)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "True", "FALSE", "Null", "007", "+1", "0x1F", "0o17", "1_000", ".5", "5.", ".inf",
          "-.Inf", ".nan", "01.5"
        })
    void is_refused_when_yaml_readers_disagree_about_it(String text) {
      assertThat(refusal("a:\n  b: " + text))
          .hasMessageContaining("line 2, column 6: \"" + text + "\" is doubtful");
      assertThat(refusal("a:\n  b: " + text).pointer()).isEqualTo("/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740992", "-9007199254740992", "1e400"})
    void is_no_number_that_others_would_round(String text) {
      assertThat(refusal("- " + text).problem()).startsWith("line 1, column 3: ");
    }
  }

  @Nested
  class A_hostile_document {

    @Test
    void cannot_use_aliases_to_grow() {
      var laughs =
          """
          a: &a [lol, lol, lol]
          b: &b [*a, *a, *a]
          c: [*b, *b, *b]
          """;

      assertThat(refusal(laughs)).hasMessageContaining("an anchor (&) is not allowed");
      assertThat(refusal("a: *b")).hasMessageContaining("an alias (*) is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a: !!str 1", "a: !!javax.script.ScriptEngineManager []", "a: !x {}", "!k a: 1"})
    void cannot_use_tags(String text) {
      assertThat(refusal(text)).hasMessageContaining("a tag (!) is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a: 1\nb: 2\na: 3", "{\"a\": 1, \"a\": 2}", "{a: 1, a: 2}", "1: a\n'1': b"})
    void cannot_say_a_key_twice(String text) {
      assertThat(refusal(text)).hasMessageContaining("stands twice");
    }

    @Test
    void cannot_have_a_key_that_is_no_text() {
      assertThat(refusal("? [a, b]\n: 1")).hasMessageContaining("a key must be a plain text");
    }

    @Test
    void cannot_be_nested_too_deeply() {
      var deep = "[".repeat(65) + "a" + "]".repeat(65);

      assertThat(refusal(deep)).hasMessageContaining("nested more than 64 deep");
      assertThat(read("[".repeat(64) + "a" + "]".repeat(64))).isInstanceOf(JsonArray.class);
    }

    @Test
    void cannot_be_nested_so_deeply_that_the_stack_overflows() {
      assertThat(refusal("[".repeat(200_000))).isNotNull();
      assertThat(refusal("- ".repeat(200_000) + "a")).isNotNull();
    }

    @Test
    void cannot_have_too_many_members() {
      var limits = new JsonLimits(1_000, 8, 5);

      assertThat(read("[a, b, c, d, e]", limits)).isInstanceOf(JsonArray.class);
      assertThatThrownBy(() -> read("[a, b, c, d, e, f]", limits))
          .hasMessageContaining("more than 5 members");
      assertThatThrownBy(() -> read("a: {b: {c: {d: {e: {f: 1}}}}}", limits))
          .hasMessageContaining("more than 5 members");
    }

    @Test
    void cannot_have_too_many_bytes() {
      var limits = new JsonLimits(10, 8, 5);

      assertThat(read("abcdefghij", limits)).isEqualTo(new JsonString("abcdefghij"));
      assertThatThrownBy(() -> read("abcdefghijk", limits)).hasMessageContaining("at most 10 fit");
    }

    @Test
    void cannot_hold_half_a_surrogate_pair() {
      assertThat(refusal("a: \"\\ud800\"")).isNotNull();
      assertThat(refusal("\"\\udc00\": a")).isNotNull();
    }

    @Test
    void cannot_be_other_than_utf_8() {
      assertThatThrownBy(
              () -> YamlDocuments.read(new byte[] {'a', (byte) 0xff}, JsonLimits.DEFAULT))
          .isInstanceOf(MalformedInput.class)
          .hasMessageContaining("is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "# only a comment\n"})
    void cannot_be_empty(String text) {
      assertThat(refusal(text)).hasMessageContaining("is empty");
    }

    @Test
    void cannot_be_two_documents() {
      assertThat(refusal("a: 1\n---\nb: 2\n"))
          .hasMessageContaining("line 2, column 1: a second document begins");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a: [1, 2", "a: b: c", "\ta: 1", "a: 'x", "{\"a\": 1", "a:\n - b\n c: 1"})
    void is_refused_with_line_and_column_when_it_is_no_yaml(String text) {
      assertThat(refusal(text).problem()).matches("(?s)line \\d+, column \\d+: .+");
    }

    @Test
    void is_never_answered_with_anything_but_a_refusal() {
      ForAll.listsOf(YamlDocumentsTest::piece, 30)
          .seeds(
              5_000,
              pieces -> {
                try {
                  assertThat(read(String.join("", pieces)).canonicalBytes()).isNotEmpty();
                } catch (MalformedInput e) {
                  assertThat(e.problem()).isNotBlank();
                }
              });
    }
  }

  private static String piece(RandomGenerator random) {
    List<String> pieces =
        List.of(
            "a", "b: ", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", "\"", "\\", "|", ">",
            "#", "?", "&x ", "*x", "!y ", "1", "-", ".", "---\n", "...", "%", "@", "`", "\t", "é",
            "\u2028", "\ufeff", "~");
    return pieces.get(random.nextInt(pieces.size()));
  }

  @Test
  void json_means_the_same_to_both_readers() {
    ForAll.values(
        2_000,
        random -> value(random, 3),
        value -> {
          String json = new String(value.canonicalBytes(), StandardCharsets.UTF_8);

          assertThat(read("# so that it is read as YAML\n" + json)).isEqualTo(read(json));
        });
  }

  private static JsonValue value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> JsonNumber.of(random.nextLong(-1_000, 1_000));
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> JsonNull.NULL;
      case 3 -> new JsonString(ForAll.oneOf(random, "", "a b", "x: y", "#", "é\n", "- 1", "true"));
      case 4 -> JsonArray.of(value(random, depth - 1), value(random, depth - 1));
      default ->
          JsonObject.builder()
              .put("k", value(random, depth - 1))
              .put("l: m", value(random, depth - 1))
              .build();
    };
  }
}
