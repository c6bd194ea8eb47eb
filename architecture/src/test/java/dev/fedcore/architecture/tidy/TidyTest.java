package dev.fedcore.architecture.tidy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The whole repository keeps its habits.
class TidyTest {

  private static final Repository REPOSITORY = Repository.ours();
  private static final List<Source> SOURCES = REPOSITORY.sources();

  static final List<Check> CHECKS =
      List.of(
          each("files are short", Sizes::files),
          each("lines are narrow", Sizes::columns),
          each("methods are short and take few parameters", Sizes::methods),
          each("code is shallow", Sizes::nesting),
          each("type names say what the type is", Habits::typeNames),
          each("imports name each type, and no mocks", Habits::imports),
          each("comments hold no code and no open tasks", Habits::comments),
          each("nobody sleeps, and every operation is supported", Habits::calls),
          each("suppressed warnings have a reason, and every test runs", Habits::annotations),
          each("public types are documented", Habits::documentation),
          new Check("packages introduce themselves", () -> Packages.introductions(SOURCES)),
          new Check("packages are small", () -> Packages.sizes(SOURCES)),
          new Check("links lead somewhere", () -> Documents.links(REPOSITORY)),
          new Check(
              "the glossary names types that exist", () -> Documents.glossary(REPOSITORY, SOURCES)),
          new Check("decisions are numbered and short", () -> Documents.decisions(REPOSITORY)),
          new Check(
              "every event type has its golden file",
              () -> GoldenFiles.missing(REPOSITORY, GoldenFiles.eventTypes())));

  @ParameterizedTest(name = "{0}")
  @FieldSource("CHECKS")
  void the_house_is_tidy(Check check) {
    List<Finding> findings = check.findings().get().toList();

    assertThat(findings)
        .withFailMessage(
            () -> findings.stream().map(Finding::toString).collect(joining("\n  ", "\n  ", "\n")))
        .isEmpty();
  }

  @Test
  void the_whole_repository_was_read() {
    Map<Boolean, Long> kinds = SOURCES.stream().collect(partitioningBy(Source::isTest, counting()));

    assertThat(kinds.get(false)).isGreaterThan(100);
    assertThat(kinds.get(true)).isGreaterThan(10);
    assertThat(REPOSITORY.files()).contains(Path.of("pom.xml"));
  }

  private static Check each(String sentence, SourceRule rule) {
    return new Check(sentence, () -> SOURCES.stream().flatMap(rule::check));
  }

  /// One rule over the whole repository.
  record Check(String sentence, Supplier<Stream<Finding>> findings) {
    @Override
    public String toString() {
      return sentence;
    }
  }
}
