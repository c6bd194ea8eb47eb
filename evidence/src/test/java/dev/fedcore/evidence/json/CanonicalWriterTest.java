package dev.fedcore.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fedcore.testing.ForAll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checked against the structure vectors of cyberphone/json-canonicalization, the examples of RFC
/// 8785, and another implementation.
class CanonicalWriterTest {

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void the_published_structures_come_out_as_published(String name) {
    JsonValue read = JsonReader.read(Vectors.bytes(name + ".in.json"), JsonLimits.DEFAULT);

    assertThat(text(read)).isEqualTo(Vectors.text(name + ".out.json"));
  }

  @Test
  void the_example_of_the_standard_comes_out_as_the_bytes_in_its_section_3_2_4() {
    String expected =
        """
        7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
        75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
        5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
        65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
        5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
        30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
        """;

    assertThat(
            JsonReader.read(Vectors.bytes("values.in.json"), JsonLimits.DEFAULT).canonicalBytes())
        .asHexString()
        .isEqualToIgnoringCase(expected.replaceAll("\\s", ""));
  }

  @Test
  void agrees_with_another_implementation() {
    ForAll.values(
        2_000,
        random -> Json.object(random, 3),
        value -> assertThat(text(value)).isEqualTo(secondOpinion(text(shuffled(value)))));
  }

  @Test
  void what_is_written_reads_back_as_the_same_value() {
    ForAll.values(
        5_000,
        random -> Json.value(random, 4),
        value ->
            assertThat(JsonReader.read(value.canonicalBytes(), JsonLimits.DEFAULT))
                .isEqualTo(value));
  }

  @Test
  void escapes_only_what_must_be_escaped() {
    var string = new JsonString("\0\u0001\b\t\n\u000b\f\r\u001f \"\\/\u007f\u0080\u2028é€😂");

    assertThat(text(string))
        .isEqualTo(
            "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007f\u0080\u2028é€😂\"");
  }

  @Test
  void writes_integers_to_the_ends_of_their_range() {
    var writer = new CanonicalWriter().beginArray();
    writer.integer(0).integer(-1).integer(9).integer(10).integer(99).integer(100);
    writer.integer(JsonNumber.INTEGER_MAX).integer(-JsonNumber.INTEGER_MAX).endArray();

    assertThat(writer).hasToString("[0,-1,9,10,99,100,9007199254740991,-9007199254740991]");
  }

  @Test
  void grows_from_small_to_large() {
    var writer = new CanonicalWriter().beginArray();
    for (int i = 0; i < 10_000; i++) {
      writer.string("ünïcödé and more");
    }

    assertThat(JsonReader.read(writer.endArray().toBytes(), JsonLimits.DEFAULT))
        .isInstanceOfSatisfying(
            JsonArray.class, array -> assertThat(array.items()).hasSize(10_000));
  }

  @Test
  void a_writer_that_is_reset_writes_as_a_new_one_does() {
    var writer = new CanonicalWriter().beginObject().name("z").beginArray().string("left open");

    writer.reset().beginObject().name("a").integer(1).endObject();

    assertThat(writer.toBytes()).asString().isEqualTo("{\"a\":1}");
  }

  @Test
  void takes_in_raw_bytes_as_one_value() {
    var writer =
        new CanonicalWriter().beginObject().name("a").raw("[1]".getBytes(StandardCharsets.UTF_8));

    assertThat(writer.name("b").nul().endObject()).hasToString("{\"a\":[1],\"b\":null}");
  }

  @Nested
  class Refuses {

    private final CanonicalWriter writer = new CanonicalWriter();

    @ParameterizedTest
    @ValueSource(strings = {"b", "a", "", "B"})
    void a_name_that_does_not_ascend(String next) {
      writer.beginObject().name("b").nul();

      assertThatIllegalStateException().isThrownBy(() -> writer.name(next));
    }

    @Test
    void a_name_that_ascends_by_code_point_only() {
      writer.beginObject().name("\ufb33").nul();

      assertThatIllegalStateException().isThrownBy(() -> writer.name("\ud83d\ude02"));
    }

    @Test
    void a_value_without_a_name() {
      writer.beginObject();

      assertThatIllegalStateException().isThrownBy(() -> writer.integer(1));
    }

    @Test
    void a_name_without_a_value() {
      writer.beginObject().name("a");

      assertThatIllegalStateException().isThrownBy(() -> writer.name("b"));
      assertThatIllegalStateException().isThrownBy(writer::endObject);
    }

    @Test
    void a_second_value_at_the_top() {
      writer.nul();

      assertThatIllegalStateException().isThrownBy(writer::nul);
    }

    @Test
    void an_end_of_the_other_kind() {
      writer.beginArray();

      assertThatIllegalStateException().isThrownBy(writer::endObject);
    }

    @Test
    void an_end_at_the_top() {
      assertThatIllegalStateException().isThrownBy(writer::endArray);
    }

    @Test
    void a_document_that_is_not_finished() {
      assertThatIllegalStateException().isThrownBy(writer::toBytes);
      writer.beginArray();

      assertThatIllegalStateException().isThrownBy(writer::toBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\ud800", "\udc00", "\ud800\ud800", "\ud800x"})
    void half_a_surrogate_pair(String half) {
      assertThatIllegalArgumentException().isThrownBy(() -> writer.string(half));
    }

    @Test
    void integers_that_readers_would_round() {
      assertThatIllegalArgumentException().isThrownBy(() -> writer.integer(1L << 53));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.integer(-(1L << 53)));
    }

    @Test
    void more_levels_than_a_reader_could_take() {
      for (int i = 0; i < CanonicalWriter.DEPTH_MAX; i++) {
        writer.beginArray();
      }

      assertThatIllegalStateException().isThrownBy(writer::beginArray);
    }
  }

  private static String text(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }

  /// The same object with its top members in another order.
  private static JsonObject shuffled(JsonObject object) {
    var builder = JsonObject.builder();
    object.members().entrySet().stream()
        .sorted((a, b) -> b.getKey().compareTo(a.getKey()))
        .forEach(member -> builder.put(member.getKey(), member.getValue()));
    return builder.build();
  }

  private static String secondOpinion(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedString();
    } catch (IOException e) {
      throw new IllegalStateException("refused: " + json, e);
    }
  }

  /// Random values of all kinds.
  private static final class Json {

    static JsonObject object(RandomGenerator random, int depth) {
      var builder = new LinkedHashMap<String, JsonValue>();
      for (int i = random.nextInt(5); i > 0; i--) {
        builder.put(string(random), value(random, depth - 1));
      }
      return new JsonObject(builder);
    }

    static JsonValue value(RandomGenerator random, int depth) {
      return switch (random.nextInt(depth > 0 ? 8 : 6)) {
        case 0 -> JsonNull.NULL;
        case 1 -> JsonBoolean.of(random.nextBoolean());
        case 2 -> JsonNumber.of(random.nextLong() >> (11 + random.nextInt(50)));
        case 3 -> fraction(random);
        case 4, 5 -> new JsonString(string(random));
        case 6 -> object(random, depth);
        default -> JsonArray.of(value(random, depth - 1), value(random, depth - 1));
      };
    }

    private static JsonNumber fraction(RandomGenerator random) {
      double drawn = Double.longBitsToDouble(random.nextLong());
      return JsonNumber.isSafe(drawn) ? JsonNumber.of(drawn) : JsonNumber.of(random.nextDouble());
    }

    private static String string(RandomGenerator random) {
      var text = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        int range = ForAll.oneOf(random, 0x20, 0x80, 0x800, 0xd800, 0x110000);
        int point = random.nextInt(range);
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        text.appendCodePoint(surrogate ? 'x' : point);
      }
      return text.toString();
    }
  }
}
