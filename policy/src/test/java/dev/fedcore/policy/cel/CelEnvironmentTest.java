package dev.fedcore.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.policy.cel.Compilation.Compiled;
import dev.fedcore.policy.cel.Compilation.Faulty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelEnvironmentTest {

  private static final CelEnvironment ENVIRONMENT =
      CelEnvironment.of(
          Map.of(
              "a.text", InputType.STRING,
              "a.b.number", InputType.INT,
              "a.flag", InputType.BOOL,
              "a.texts", InputType.STRINGS,
              "a.numbers", InputType.INTS));

  private static final Map<String, Object> VALUES =
      Map.of(
          "a.text",
          "hello",
          "a.b.number",
          7L,
          "a.flag",
          true,
          "a.texts",
          List.of("x", "y"),
          "a.numbers",
          List.of(1L, 2L, 3L));

  private static final Variables VARIABLES = name -> Optional.ofNullable(VALUES.get(name));

  private static CelExpression compiled(Compilation compilation) {
    return switch (compilation) {
      case Compiled(CelExpression expression) -> expression;
      case Faulty(List<String> sentences) -> throw new AssertionError(sentences);
    };
  }

  private static List<String> faults(Compilation compilation) {
    return switch (compilation) {
      case Compiled _ -> throw new AssertionError("compiled");
      case Faulty(List<String> sentences) -> sentences;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a.text == 'hello'                               | true
          a.b.number > 7                                  | false
          a.flag && !false                                | true
          'x' in a.texts                                  | true
          a.texts.exists(t, t.startsWith('z'))            | false
          a.numbers.all(n, n > 0) && size(a.numbers) == 3 | true
          a.numbers.map(n, n * 2).filter(n, n > 4) == [6] | true
          a.text.matches('^h.*o$')                        | true
          a.text.matches('ell')                           | true
          a.text.matches('(?i)HELLO')                     | true
          a.numbers.exists_one(n, n == 2)                 | true
          """)
  void conditions_read_variables_of_every_type(String condition, boolean answer) throws CelFault {
    assertThat(compiled(ENVIRONMENT.condition(condition)).test(VARIABLES)).isEqualTo(answer);
  }

  @Test
  void texts_are_put_together() throws CelFault {
    assertThat(
            compiled(ENVIRONMENT.text("a.text + ' ' + string(a.b.number) + (a.flag ? '!' : '?')"))
                .text(VARIABLES))
        .isEqualTo("hello 7!");
  }

  @Test
  void an_expression_knows_which_variables_it_reads() {
    assertThat(
            compiled(ENVIRONMENT.condition("a.flag || a.texts.exists(text, text == a.text)"))
                .variables())
        .containsExactlyInAnyOrder("a.flag", "a.texts", "a.text");
    assertThat(compiled(ENVIRONMENT.condition("true")).variables()).isEmpty();
  }

  @Test
  void every_fault_of_an_expression_is_named() {
    assertThat(faults(ENVIRONMENT.condition("a.tex == 'x' || a.numbr == 1")))
        .hasSize(2)
        .allMatch(sentence -> sentence.startsWith("line 1, column "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp('2026-01-01T00:00:00Z') < now",
        "a.text.matches(a.text)",
        "['a'].exists(p, a.text.matches(p))",
        "a.text.matches('a' + 'b')",
        "a.text.matches('[')",
        "[1, 'a'].size() == 2",
        "a",
        "a.b",
        "a.b.number",
        "a.b.number == 7.0",
        "",
        "a.flag; a.flag"
      })
  void what_is_not_closed_typed_and_bounded_does_not_compile(String condition) {
    assertThat(faults(ENVIRONMENT.condition(condition))).isNotEmpty();
  }

  @Test
  void an_expression_is_bounded_in_length_and_depth() {
    String longest = "a.text == '" + "x".repeat(CelEnvironment.CODE_POINTS_MAX - 12) + "'";

    assertThat(ENVIRONMENT.condition(longest)).isInstanceOf(Compiled.class);
    assertThat(faults(ENVIRONMENT.condition(longest + " "))).isNotEmpty();
    assertThat(faults(ENVIRONMENT.condition("1" + " + 1".repeat(40) + " > 0"))).isNotEmpty();
    assertThat(ENVIRONMENT.condition("a.flag" + " || a.flag".repeat(20)))
        .isInstanceOf(Compiled.class);
  }

  /// Compiled, each of these would have a million instructions or more.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "(?:(?:a{1000}){1000}){1000}",
        "((b{0,1000}c){2,1000}|d){5}",
        "((\\\\Q)\\\\E|a{100}){100}){100}",
        "(([)]|a{100}){100}){100}",
        "(([]()]|[[:alpha:])]|a{100}){100}){100}",
        "((\\\\)a{100}){100}){100}",
        "((\\\\p{Greek}{100}){100}){100}",
      })
  void a_regular_expression_that_repeats_too_much_is_not_even_compiled(String pattern) {
    Compilation huge = ENVIRONMENT.condition("a.text.matches('%s')".formatted(pattern));

    assertThat(faults(huge)).singleElement().asString().contains("repeats too much");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "^[A-Z]{2}[0-9]{2}([ ]?[A-Z0-9]{4}){2,7}[ ]?[A-Z0-9]{1,4}$",
        "\\\\x{1000}{2}\\\\Q{1000}{1000}\\\\E[{1000}{1000}]",
        "a{1000}",
      })
  void a_regular_expression_that_repeats_a_little_is_compiled(String pattern) {
    assertThat(ENVIRONMENT.condition("a.text.matches('%s')".formatted(pattern)))
        .isInstanceOf(Compiled.class);
  }

  @Test
  void a_regular_expression_is_bounded_in_size() {
    assertThat(ENVIRONMENT.condition("a.text.matches('x{100}')")).isInstanceOf(Compiled.class);
    Compilation large = ENVIRONMENT.condition("a.text.matches('(x{100}){100}')");

    switch (large) {
      case Faulty faulty -> assertThat(faulty.sentences()).isNotEmpty();
      case Compiled(CelExpression expression) ->
          assertThatThrownBy(() -> expression.test(VARIABLES)).isInstanceOf(CelFault.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a.b.number / (a.b.number - 7) > 0   | it divides by zero
          a.b.number + 9223372036854775807 > 0 | a number overflows
          a.numbers[3] == 1                   | an index is outside its list
          int(a.text) == 1                    | a value has the wrong form
          dyn(a.text) > 1                     | a value has the wrong type
          """)
  void a_fault_says_why_and_nothing_of_the_values(String condition, String sentence) {
    CelExpression expression = compiled(ENVIRONMENT.condition(condition));

    assertThatThrownBy(() -> expression.test(VARIABLES))
        .isInstanceOfSatisfying(
            CelFault.class, fault -> assertThat(fault.sentence()).isEqualTo(sentence));
  }

  @Test
  void a_variable_without_a_value_is_a_fault() {
    CelExpression expression = compiled(ENVIRONMENT.condition("a.flag"));

    assertThatThrownBy(() -> expression.test(_ -> Optional.empty()))
        .isInstanceOfSatisfying(
            CelFault.class, fault -> assertThat(fault.sentence()).contains("missing"));
  }

  @Test
  void an_environment_takes_nothing_from_the_one_built_before() {
    CelEnvironment first = CelEnvironment.of(Map.of("x.one", InputType.INT));
    CelEnvironment second = CelEnvironment.of(Map.of("x.two", InputType.INT));

    assertThat(first.condition("x.one > 1")).isInstanceOf(Compiled.class);
    assertThat(first.condition("x.two > 1")).isInstanceOf(Faulty.class);
    assertThat(second.condition("x.one > 1")).isInstanceOf(Faulty.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_type_is_read_as_it_is_written(InputType type) {
    assertThat(InputType.parse(type.text())).contains(type);
    assertThat(InputType.known()).contains(type.text());
    assertThat(InputType.parse(type.text() + " ")).isEmpty();
  }
}
