package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.policy.LoadResult.Loaded;
import dev.fedcore.policy.cel.CelEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the documentation and the code together.
class PolicyDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "policy.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static String document() throws IOException {
    return Files.readString(DOCUMENT);
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(document())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void every_example_is_sound_without_a_warning() throws IOException {
    assertThat(examples())
        .hasSize(3)
        .allSatisfy(example ->
            assertThat(Bundles.load(example))
                .isInstanceOfSatisfying(
                    Loaded.class, loaded -> assertThat(loaded.warnings()).isEmpty()));
  }

  @Test
  void every_variable_is_documented() throws IOException {
    String document = document();

    assertThat(QuestionVariables.ALWAYS.keySet())
        .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }

  @Test
  void the_limits_are_the_real_ones() throws IOException {
    assertThat(document())
        .contains("%d ms".formatted(Evaluation.TIME_MAX.toMillis()))
        .contains(
            String.format(
                Locale.ROOT,
                "%,d characters, %,d items",
                InputDeclaration.STRING_LENGTH_MAX,
                InputDeclaration.LIST_ITEMS_MAX))
        .contains(
            String.format(
                Locale.ROOT,
                "%,d code points, %d deep",
                CelEnvironment.CODE_POINTS_MAX,
                CelEnvironment.DEPTH_MAX));
  }
}
