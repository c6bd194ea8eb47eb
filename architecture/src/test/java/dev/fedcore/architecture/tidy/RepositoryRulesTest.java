package dev.fedcore.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each rule about packages and documents finds the place that breaks it, and nothing else.
class RepositoryRulesTest {

  private static final String MARKED = "/// Runs.\n@NullMarked\npackage a.b;\n";

  @TempDir Path root;

  @Test
  void a_package_without_an_introduction_is_found_once() {
    var sources =
        List.of(source("m/src/main/java/a/b/C.java"), source("m/src/main/java/a/b/D.java"));

    assertThat(Packages.introductions(sources))
        .singleElement()
        .asString()
        .startsWith("m/src/main/java/a/b/package-info.java:1: a package without an introduction");
  }

  @Test
  void tests_rest_on_the_introduction_of_their_main_package() {
    var sources =
        List.of(
            Source.of(Path.of("m/src/main/java/a/b/package-info.java"), MARKED),
            source("m/src/test/java/a/b/CTest.java"));

    assertThat(Packages.introductions(sources)).isEmpty();
  }

  @Test
  void an_introduction_that_says_nothing_or_is_not_null_marked_is_none() {
    Path path = Path.of("m/src/main/java/a/b/package-info.java");

    assertThat(Packages.introductions(List.of(Source.of(path, "package a.b;")))).hasSize(1);
    assertThat(Packages.introductions(List.of(Source.of(path, "/// Runs.\npackage a.b;"))))
        .hasSize(1);
  }

  @Test
  void a_package_ends_at_25_files() {
    assertThat(Packages.sizes(manySources(25))).isEmpty();
    assertThat(Packages.sizes(manySources(26)))
        .singleElement()
        .asString()
        .startsWith("m/src/main/java/a/b:1: a package of 26 files, at most 25");
  }

  @Test
  void a_link_to_a_missing_file_is_found() {
    write("docs/there.md", "# There");
    write(
        "README.md",
        "See\n[one](docs/there.md), [two](docs/gone.md) and [web](https://a.example).");

    assertThat(Documents.links(Repository.at(root)))
        .singleElement()
        .asString()
        .isEqualTo("README.md:2: the link docs/gone.md leads nowhere; correct it or remove it");
  }

  @Test
  void a_link_to_a_missing_heading_is_found() {
    write("docs/there.md", "# There\n\n## Keys, and where they are\n");
    write(
        "README.md", "[a](docs/there.md#keys-and-where-they-are) [b](docs/there.md#locks) [c](#x)");

    assertThat(Documents.links(Repository.at(root))).hasSize(2);
  }

  @Test
  void a_link_out_of_the_repository_is_found() {
    write("README.md", "[out](../../etc/hostname)");

    assertThat(Documents.links(Repository.at(root))).hasSize(1);
  }

  @Test
  void code_holds_no_links() {
    write("README.md", "`[a](b)`\n```\n[c](d)\n```\n");

    assertThat(Documents.links(Repository.at(root))).isEmpty();
  }

  @Test
  void a_glossary_that_names_an_unknown_type_is_found() {
    write("docs/glossary.md", "| run | `Run`, `Run.Step`, `PENDING`, `a.b` |\n| gate | `Gate` |\n");
    var sources = List.of(Source.of(Path.of("Run.java"), "class Run { enum Step {} }"));

    assertThat(Documents.glossary(Repository.at(root), sources))
        .singleElement()
        .asString()
        .startsWith("docs/glossary.md:2: there is no type Gate");
  }

  @Test
  void a_missing_glossary_is_found() {
    assertThat(Documents.glossary(Repository.at(root), List.of())).hasSize(1);
  }

  @Test
  void a_gap_in_the_numbers_of_decisions_is_found() {
    write("docs/decisions/0001-one.md", "# One");
    write("docs/decisions/0003-three.md", "# Three");

    assertThat(Documents.decisions(Repository.at(root)))
        .singleElement()
        .asString()
        .contains("0003-three.md:1: a decision out of order; call it 0002-what-it-claims.md");
  }

  @Test
  void a_decision_ends_at_40_lines() {
    write("docs/decisions/0001-one.md", "x\n".repeat(40));
    write("docs/decisions/0002-two.md", "x\n".repeat(41));

    assertThat(Documents.decisions(Repository.at(root))).hasSize(1);
  }

  @Test
  void an_event_type_without_its_golden_file_is_found() {
    write("engine/src/test/resources/golden/run.created.v1.json", "{}");

    assertThat(GoldenFiles.missing(Repository.at(root), Set.of("run.created.v1", "run.created.v2")))
        .singleElement()
        .asString()
        .startsWith("engine/src/test/resources/golden/run.created.v2.json:1: an event type");
  }

  @Test
  void the_event_types_are_those_of_the_codec() {
    assertThat(GoldenFiles.eventTypes()).contains("run.created.v1", "gate.resolved.v1");
  }

  @Test
  void what_is_built_or_hidden_is_not_read() {
    write("target/a.md", "[x](y)");
    write("console/node_modules/b/README.md", "[x](y)");
    write(".git/c.md", "[x](y)");

    assertThat(Repository.at(root).files()).isEmpty();
  }

  private static List<Source> manySources(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> source("m/src/main/java/a/b/C" + i + ".java"))
        .toList();
  }

  private static Source source(String path) {
    return Source.of(Path.of(path), "package a.b;\n");
  }

  private void write(String path, String text) {
    try {
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
