package dev.fedcore.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fedcore.testing.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2}                   | /a    | twice",
        "{\"a\":{\"b\":[1,{\"c\":1,\"c\":1}]}} | /a/b/1/c | twice",
        "{\"a/b~\":{\"x\":1,\"x\":1}}        | /a~1b~0/x | twice",
        "{\"a\":9007199254740992}            | /a    | send it as a string",
        "{\"a\":-9007199254740993}           | /a    | send it as a string",
        "{\"a\":9007199254740992.0}          | /a    | send it as a string",
        "{\"a\":123456789012345678901}       | /a    | send it as a string",
        "[100000000000000000000000]          | /0    | send it as a string",
        "[1e400]                             | /0    | send it as a string",
        "[1,-1e400]                          | /1    | send it as a string",
        "[1e-400]                            | /0    | would become 0",
        "[0.0000e0,1E-999]                   | /1    | would become 0",
        "[01]                                | /0    | not a JSON number",
        "[-01]                               | /0    | not a JSON number",
        "[1.]                                | /0    | not a JSON number",
        "[.5]                                | /0    | not a JSON number",
        "[+1]                                | /0    | not a JSON number",
        "[1e]                                | /0    | not a JSON number",
        "[-]                                 | /0    | not a JSON number",
        "[1-2]                               | /0    | not a JSON number",
        "[NaN]                               | /0    | no value begins like this",
        "[nul]                               | /0    | \"null\" is expected",
        "[True]                              | /0    | no value begins like this",
        "['a']                               | /0    | no value begins like this",
        "[1,]                                | /1    | no value begins like this",
        "[1 2]                               | ``    | \"]\" is expected",
        "{\"a\" 1}                           | /a    | \":\" is expected",
        "{\"a\":1,}                          | ``    | name in double quotes",
        "{a:1}                               | ``    | name in double quotes",
        "{\"a\":1 \"b\":2}                   | ``    | \"}\" is expected",
        "{\"a\":1}x                          | ``    | something follows",
        "{\"a\":1}{}                         | ``    | something follows",
        "[\"\\ud800\"]                       | /0    | half a surrogate pair",
        "[\"\\ud800\\u0041\"]                | /0    | half a surrogate pair",
        "[\"\\udc00\"]                       | /0    | half a surrogate pair",
        "[\"\\ud800x\"]                      | /0    | half a surrogate pair",
        "[\"\\x41\"]                         | /0    | no such escape",
        "[\"\\u00g1\"]                       | /0    | four hexadecimal digits",
        "[\"\\u00\"]                         | /0    | four hexadecimal digits",
        "[\"abc]                             | /0    | no end",
        "[\"abc\\\"]                         | /0    | no end",
        "[                                   | /0    | a value is missing",
        "{\"a\":                             | /a    | a value is missing",
      })
  void refuses_what_could_be_understood_in_two_ways(String json, String pointer, String problem) {
    var refused = refusal(json.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused.problem()).contains(problem);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', is empty",
    "efbbbf7b7d, no value begins like this",
    "22ff22, not UTF-8",
    "22c0af22, not UTF-8",
    "22eda08022, not UTF-8",
    "22e282, not UTF-8",
    "22f490808022, not UTF-8",
    "220a22, control character",
    "220022, control character",
    "00, no value begins like this",
    "7b7d00, something follows",
    "0b31, no value begins like this",
  })
  void refuses_bytes_that_are_no_text_of_json(String hex, String problem) {
    assertThat(refusal(HexFormat.of().parseHex(hex)).problem()).contains(problem);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1.0, 1",
    "1e3, 1000",
    "-0, 0",
    "-0.0e5, 0",
    "0e0, 0",
    "0.00, 0",
    "12.50, 12.5",
    "1E30, 1e+30",
    "5e-324, 5e-324",
    "4.9406564584124654e-324, 5e-324",
    "9007199254740991, 9007199254740991",
    "-9007199254740991.0, -9007199254740991",
    "0.1000000000000000055511151231257827, 0.1",
  })
  void reads_a_number_by_its_value(String literal, String canonical) {
    assertThat(JsonReader.read(bytes(literal), JsonLimits.DEFAULT).canonicalBytes())
        .asString()
        .isEqualTo(canonical);
  }

  @Test
  void reads_an_integral_literal_as_an_integer() {
    assertThat(JsonReader.read(bytes("1e3"), JsonLimits.DEFAULT)).isEqualTo(JsonNumber.of(1000));
  }

  @Test
  void refuses_a_number_longer_than_any_honest_one() {
    String longest = "0." + "1".repeat(JsonLimits.NUMBER_LENGTH_MAX - 2);

    assertThat(JsonReader.read(bytes(longest), JsonLimits.DEFAULT))
        .isEqualTo(JsonNumber.of(1.0 / 9));
    assertThat(refusal(bytes(longest + "1")).problem()).contains("more than 64 characters");
  }

  @Test
  void reads_white_space_and_escapes() {
    JsonValue read =
        JsonReader.read(
            bytes(" {\t\"\\u0061\\n\" :\r\n[ ] , \"b\\/\":\"\\ud83d\\ude02\"} \n"),
            JsonLimits.DEFAULT);

    assertThat(read)
        .isEqualTo(JsonObject.builder().put("a\n", JsonArray.EMPTY).put("b/", "😂").build());
  }

  @Test
  void keeps_members_in_the_order_of_the_text() {
    var read = JsonReader.readObject(bytes("{\"z\":1,\"a\":2,\"m\":3}"), JsonLimits.DEFAULT);

    assertThat(read.members().keySet()).containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
  void a_document_that_must_be_an_object_is_nothing_else(String json) {
    var refused =
        catchThrowableOfType(
            MalformedInput.class, () -> JsonReader.readObject(bytes(json), JsonLimits.DEFAULT));

    assertThat(refused).hasMessageStartingWith("must be an object, is ");
  }

  @Test
  void bounds_bytes_depth_and_members() {
    var limits = new JsonLimits(20, 3, 4);

    assertThat(refusal(bytes(" ".repeat(20) + "1"), limits).problem()).contains("at most 20");
    assertThat(refusal(bytes("[[[[]]]]"), limits).problem()).contains("3 deep");
    assertThat(refusal(bytes("[1,2,3,4,5]"), limits).problem()).contains("more than 4");
    assertThat(refusal(bytes("[{\"a\":[1,2]},3]"), limits).problem()).contains("more than 4");
    assertThat(JsonReader.read(bytes("[[[1]],2]"), limits)).isNotNull();
  }

  @Test
  void a_hundred_thousand_brackets_are_refused_and_overflow_nothing() {
    assertThat(refusal(bytes("[".repeat(100_000))).problem()).contains("64 deep");
    assertThat(refusal(bytes("{\"a\":".repeat(100_000))).pointer()).startsWith("/a/a");
  }

  @Test
  void random_bytes_are_read_or_refused_and_nothing_else_happens() {
    byte[] alphabet = bytes("{}[]\",:\\u0123456789abcdefxX+-.eE truefalsn\u0001\u00ff");
    ForAll.listsOf(random -> alphabet[random.nextInt(alphabet.length)], 40)
        .seeds(
            20_000,
            drawn -> {
              byte[] input = new byte[drawn.size()];
              for (int i = 0; i < input.length; i++) {
                input[i] = drawn.get(i);
              }
              readOrRefuse(input);
            });
  }

  private static void readOrRefuse(byte[] input) {
    JsonValue read;
    try {
      read = JsonReader.read(input, JsonLimits.DEFAULT);
    } catch (MalformedInput e) {
      assertThat(e.problem()).isNotBlank();
      return;
    }
    assertThat(JsonReader.read(read.canonicalBytes(), JsonLimits.DEFAULT)).isEqualTo(read);
  }

  private static MalformedInput refusal(byte[] utf8) {
    return refusal(utf8, JsonLimits.DEFAULT);
  }

  private static MalformedInput refusal(byte[] utf8, JsonLimits limits) {
    var refused = catchThrowableOfType(MalformedInput.class, () -> JsonReader.read(utf8, limits));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
