package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

  @TempDir Path directory = Path.of("");

  private String git(String... words) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.strip();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refuses_outside_of_a_repository() {
    assertThatThrownBy(() -> new Git(directory).requireReady())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no git repository");
  }

  @Nested
  class In_a_repository {

    @BeforeEach
    void init() throws IOException {
      git("init", "--quiet");
      git("config", "user.email", "ada@example.org");
      git("config", "user.name", "Ada");
      Files.writeString(directory.resolve("first"), "1");
      git("add", "first");
      git("commit", "--quiet", "-m", "first");
    }

    @Test
    void commits_exactly_the_files_named_and_tags_them() throws IOException {
      Path proof = Files.writeString(directory.resolve("proof.md"), "proof");
      Files.writeString(directory.resolve("other"), "other");

      new Git(directory).commit(List.of(proof));

      assertThat(git("show", "--format=%s", "--name-only").lines())
          .containsExactly(Git.MESSAGE, "", "proof.md");
      assertThat(git("rev-parse", "omega-proof-campaign-pt004"))
          .isEqualTo(git("rev-parse", "HEAD"));
    }

    @Test
    void refuses_other_staged_changes() throws IOException {
      Files.writeString(directory.resolve("other"), "other");
      git("add", "other");

      assertThatThrownBy(() -> new Git(directory).requireReady())
          .hasMessageContaining("the index holds other changes");
    }

    @Test
    void refuses_when_the_tag_is_there() {
      git("tag", Git.TAG);

      assertThatThrownBy(() -> new Git(directory).requireReady())
          .hasMessageContaining("the tag " + Git.TAG + " is there already");
    }
  }
}
