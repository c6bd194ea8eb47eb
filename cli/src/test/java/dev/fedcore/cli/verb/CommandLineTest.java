package dev.fedcore.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir Path directory = Path.of("");

  private Shell shell(Map<String, String> environment) {
    return new Shell(directory, environment, () -> Shell.NOW, CommandTree::execute);
  }

  private Shell shell() {
    return shell(Map.of());
  }

  @Nested
  class Help {

    @Test
    void of_every_verb_is_as_it_was_approved() throws IOException {
      Shell shell = shell();
      Map<String, String> actual = new TreeMap<>();
      collect(CommandTree.of(shell.surroundings()), actual);

      var text = new StringBuilder();
      actual.forEach((verb, help) -> text.append("== ").append(verb).append("\n").append(help));

      Files.writeString(Path.of("target", "help.txt"), text);
      try (InputStream approved = CommandLineTest.class.getResourceAsStream("help.txt")) {
        assertThat(approved).as("see target/help.txt").isNotNull();
        assertThat(text.toString())
            .isEqualTo(new String(approved.readAllBytes(), StandardCharsets.UTF_8));
      }
    }

    private void collect(CommandLine line, Map<String, String> helps) {
      helps.put(
          line.getCommandSpec().qualifiedName(), line.getUsageMessage(CommandLine.Help.Ansi.OFF));
      line.getSubcommands().values().forEach(verb -> collect(verb, helps));
    }

    @Test
    void names_every_exit_code() {
      Shell shell = shell();

      assertThat(shell.run("--help")).isZero();
      assertThat(shell.out())
          .contains("  0  done", "  1  a claim", " 64 ", " 66 ", " 69 ", " 77 ", " 78 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fly", "run", "run start", "run show", "gate reject 1", "log verify x"})
  void an_incomplete_command_line_ends_with_64(String line) {
    Shell shell = shell();

    assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(64);
    assertThat(shell.err()).startsWith("fedcore: ").contains("Try: fedcore");
  }

  @Test
  void says_that_no_server_answers_and_what_helps() {
    Shell shell = shell(Map.of("FEDCORE_URL", "http://127.0.0.1:1"));

    assertThat(shell.run("run", "list")).isEqualTo(69);
    assertThat(shell.err())
        .isEqualTo(
            "fedcore: no Federation Core answers at http://127.0.0.1:1;"
                + " start one with ./fedcore up, or give --url"
                + System.lineSeparator());
  }

  @Test
  void refuses_an_address_that_is_none() {
    assertThat(shell().run("run", "list", "--url", "localhost:9405")).isEqualTo(64);
  }

  @Test
  void refuses_an_input_that_is_no_object_and_says_where() {
    Shell shell = shell();

    assertThat(shell.run("run", "start", "w", "--input", "{\"a\":1,\"a\":2}")).isEqualTo(64);
    assertThat(shell.err()).contains("--input").contains("/a");
  }

  @Test
  void says_which_file_is_missing() {
    Shell shell = shell();

    assertThat(shell.run("verify", "nowhere")).isEqualTo(66);
    assertThat(shell.run("policy", "check", "nowhere.yaml")).isEqualTo(66);
    assertThat(shell.err()).contains("nowhere.yaml");
    assertThat(shell.run("run", "start", "w", "--input", "@nowhere.json")).isEqualTo(66);
  }

  @Test
  void prints_one_json_document_when_asked() {
    Shell shell = shell();

    assertThat(shell.run("version", "--json")).isZero();
    JsonObject version =
        JsonReader.readObject(
            shell.out().strip().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    assertThat(version.members()).containsKeys("name", "version", "java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completes_its_verbs(String name) {
    Shell shell = shell();

    assertThat(shell.run("completion", name)).isZero();
    assertThat(shell.out()).contains("fedcore", "prove", "gate", "approve");
  }

  @Test
  void a_user_name_becomes_an_actor_in_safe_letters() {
    assertThat(List.of("ada", "ada lovelace", "DOMAIN\\ada", ""))
        .extracting(ServerOptions::safe)
        .containsExactly("ada", "ada_lovelace", "DOMAIN_ada", "anonymous");
  }
}
