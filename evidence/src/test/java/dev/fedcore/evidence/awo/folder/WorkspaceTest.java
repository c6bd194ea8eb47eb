package dev.fedcore.evidence.awo.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void a_second_name_is_the_same_file_until_one_of_them_is_replaced() throws IOException {
    Path from = folder.resolve("from");
    Path to = folder.resolve("to");
    Workspace.write(from.resolve("a/b.json"), "first".getBytes(UTF_8));
    Workspace.write(from.resolve("c.txt"), "third".getBytes(UTF_8));

    Workspace.link(from, List.of("a/b.json", "c.txt"), to);

    assertThat(Files.isSameFile(from.resolve("a/b.json"), to.resolve("a/b.json"))).isTrue();
    assertThat(to.resolve("c.txt")).hasContent("third");

    Workspace.write(to.resolve("a/b.json"), "second".getBytes(UTF_8));
    Workspace.remove(to.resolve("c.txt"));

    assertThat(from.resolve("a/b.json")).hasContent("first");
    assertThat(from.resolve("c.txt")).hasContent("third");
  }

  @Test
  void what_is_not_there_gets_no_second_name() {
    assertThatThrownBy(() -> Workspace.link(folder, List.of("missing"), folder.resolve("to")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_second_name_never_takes_the_place_of_another_file() {
    Workspace.write(folder.resolve("from/a"), "first".getBytes(UTF_8));
    Workspace.write(folder.resolve("to/a"), "second".getBytes(UTF_8));

    assertThatThrownBy(
            () -> Workspace.link(folder.resolve("from"), List.of("a"), folder.resolve("to")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(folder.resolve("to/a")).hasContent("second");
  }
}
