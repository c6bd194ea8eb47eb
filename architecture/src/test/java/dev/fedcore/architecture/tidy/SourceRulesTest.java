package dev.fedcore.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule about a source file finds the place that breaks it, and nothing else.
class SourceRulesTest {

  private static final Path MAIN = Path.of("kernel/src/main/java/dev/fedcore/kernel/A.java");
  private static final Path TEST = Path.of("kernel/src/test/java/dev/fedcore/kernel/A.java");

  @Nested
  class Sizes_of {

    @Test
    void a_main_file_end_at_400_lines() {
      assertThat(found(Sizes::files, "//\n".repeat(400))).isEmpty();
      assertThat(found(Sizes::files, "//\n".repeat(401)))
          .containsExactly(
              MAIN
                  + ":1: a file of 401 lines, at most 400;"
                  + " find the second idea in it and give it a file of its own");
    }

    @Test
    void a_test_file_end_at_500_lines() {
      assertThat(Sizes.files(Source.of(TEST, "//\n".repeat(500)))).isEmpty();
      assertThat(Sizes.files(Source.of(TEST, "//\n".repeat(501)))).hasSize(1);
    }

    @Test
    void a_line_end_at_100_columns_but_imports_go_on() {
      assertThat(found(Sizes::columns, "//" + "x".repeat(98))).isEmpty();
      assertThat(found(Sizes::columns, "\n//" + "x".repeat(99)))
          .singleElement()
          .asString()
          .startsWith(MAIN + ":2: a line wider than 100 columns");
      assertThat(found(Sizes::columns, "import " + "x".repeat(120) + ";")).isEmpty();
    }

    @Test
    void a_line_go_on_inside_a_text_block_and_nowhere_else() {
      String wide = "x".repeat(101);
      String block = "class A { String s = \"\"\"\n" + wide + "\n\"\"\"; }\n";

      assertThat(found(Sizes::columns, block)).isEmpty();
      assertThat(found(Sizes::columns, block + "// " + wide)).hasSize(1);
    }

    @Test
    void a_method_end_at_60_lines() {
      assertThat(found(Sizes::methods, methodOf(60))).isEmpty();
      assertThat(found(Sizes::methods, methodOf(61)))
          .singleElement()
          .asString()
          .contains(":2: m has 61 lines, at most 60");
    }

    @Test
    void a_parameter_list_end_at_6_but_records_may_have_more() {
      assertThat(
              found(
                  Sizes::methods,
                  "class A { void m(int a, int b, int c, int d, int e, int f) {} }"))
          .isEmpty();
      assertThat(
              found(
                  Sizes::methods,
                  "class A { void m(int a,int b,int c,int d,int e,int f,int g){} }"))
          .singleElement()
          .asString()
          .contains("m takes 7 parameters, at most 6");
      assertThat(
              found(Sizes::methods, "record A(int a,int b,int c,int d,int e,int f,int g) { A {} }"))
          .isEmpty();
    }

    @Test
    void nested_structures_end_at_3() {
      String three = "if (a) { for (;;) { while (b) { c(); } } }";
      String four = "if (a) { for (;;) { while (b) { switch (x) { case _ -> d(); } } } }";

      assertThat(found(Sizes::nesting, body(three))).isEmpty();
      assertThat(found(Sizes::nesting, body(four)))
          .singleElement()
          .asString()
          .contains("nested 4 deep, at most 3");
    }

    @Test
    void a_chain_of_else_if_is_one_level() {
      String chain =
          "if (a) {} else if (b) {} else if (c) {} else if (d) {} else { try {} finally {} }";

      assertThat(found(Sizes::nesting, body(chain))).isEmpty();
    }

    @Test
    void nesting_go_on_through_a_lambda_and_begin_again_in_a_method() {
      String lambda = "try { run(() -> { if (a) { if (b) { if (c) { } } } }); } finally { }";
      String method =
          "try { new B() { void n() { if (a) { if (b) { if (c) {} } } } }; } finally { }";

      assertThat(found(Sizes::nesting, body(lambda))).hasSize(1);
      assertThat(found(Sizes::nesting, body(method))).isEmpty();
    }
  }

  @Nested
  class Habits_of {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "RunManager",
          "TimeUtil",
          "LedgerImpl",
          "BaseHandler",
          "AbstractLedger",
          "RunData",
          "CommonNames",
          "RunInfo",
          "EventProcessor",
          "GateHelper",
          "DataRow"
        })
    void naming_avoid_words_that_say_nothing(String name) {
      assertThat(found(Habits::typeNames, "class " + name + " {}"))
          .singleElement()
          .asString()
          .contains(":1: the type name " + name + " says '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Database", "Implied", "DataDirectoryInUse", "Utility", "Basis"})
    void naming_allow_words_that_only_look_alike(String name) {
      assertThat(found(Habits::typeNames, "class " + name + " {}")).isEmpty();
    }

    @Test
    void naming_look_at_nested_types_too() {
      assertThat(found(Habits::typeNames, "class A {\n record RunInfo() {} }"))
          .singleElement()
          .asString()
          .contains(":2: the type name RunInfo says 'Info'; say what is in it");
    }

    @Test
    void importing_name_each_type() {
      assertThat(found(Habits::imports, "import java.util.List;")).isEmpty();
      assertThat(found(Habits::imports, "import java.util.*;")).hasSize(1);
      assertThat(found(Habits::imports, "import static java.util.Map.*;")).hasSize(1);
    }

    @Test
    void importing_leave_mocks_out() {
      assertThat(found(Habits::imports, "import org.mockito.Mockito;")).hasSize(1);
      assertThat(found(Habits::imports, "import static org.mockito.Mockito.mock;")).hasSize(1);
    }

    @Test
    void commenting_leave_open_tasks_to_issues() {
      assertThat(found(Habits::comments, "// TO" + "DO: later")).hasSize(1);
      assertThat(found(Habits::comments, "// FIX" + "ME")).hasSize(1);
      assertThat(found(Habits::comments, "// TO" + "DO(#12): later")).isEmpty();
    }

    @Test
    void commenting_leave_code_to_the_history() {
      assertThat(found(Habits::comments, "// run.start();")).hasSize(1);
      assertThat(found(Habits::comments, "  // if (a) {")).hasSize(1);
      assertThat(found(Habits::comments, "// because a run starts once")).isEmpty();
      assertThat(found(Habits::comments, "/// ends in a brace {")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Thread.sleep(5);",
          "TimeUnit.SECONDS.sleep(1);",
          "throw new UnsupportedOperationException();"
        })
    void calling_leave_out(String statement) {
      assertThat(found(Habits::calls, body(statement))).hasSize(1);
    }

    @Test
    void calling_allow_what_only_reads_alike() {
      assertThat(found(Habits::calls, body("say(\"Thread.sleep(5)\"); cat.sleep();"))).isEmpty();
    }

    @Test
    void annotating_give_a_reason_for_a_suppressed_warning() {
      assertThat(found(Habits::annotations, "@SuppressWarnings(\"x\")\nclass A {}")).hasSize(1);
      assertThat(
              found(Habits::annotations, "@SuppressWarnings(\"x\") // the JDK is old\nclass A {}"))
          .isEmpty();
    }

    @Test
    void annotating_run_every_test() {
      assertThat(found(Habits::annotations, "class A { @Disabled @Test void a() {} }")).hasSize(1);
    }

    @Test
    void documenting_introduce_every_public_type() {
      assertThat(found(Habits::documentation, "public record A() {}"))
          .singleElement()
          .asString()
          .contains("the public type A has no /// comment");
      assertThat(found(Habits::documentation, "/// A value.\npublic record A() {}")).isEmpty();
      assertThat(found(Habits::documentation, "record A() {}")).isEmpty();
    }

    @Test
    void documenting_leave_the_variants_to_their_interface() {
      assertThat(
              found(
                  Habits::documentation,
                  "/// One.\npublic sealed interface A { record B() implements A {} }"))
          .isEmpty();
      assertThat(
              found(Habits::documentation, "/// One.\npublic class A { public static class B {} }"))
          .hasSize(1);
    }
  }

  private static List<String> found(SourceRule rule, String text) {
    return rule.check(Source.of(MAIN, text)).map(Finding::toString).toList();
  }

  private static String body(String statements) {
    return "class A { void m() { " + statements + " } }";
  }

  private static String methodOf(int lines) {
    return "class A {\n  void m() {\n" + "    a();\n".repeat(lines - 2) + "  }\n}\n";
  }
}
