package dev.fedcore.benchmarks.pillars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The examples that are sent are the seed's, byte for byte.
class SeedExamplesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLES = ROOT.resolve(Path.of("testing", "examples"));
  private static final URI EXECUTOR = URI.create("http://127.0.0.1:8003");

  @Test
  void what_is_sent_stands_in_the_seed_and_in_the_documentation() throws IOException {
    String seed = seed();
    String documented = Files.readString(ROOT.resolve(Path.of("docs", "pillars.md")));

    for (Errand example : new SeedExamples(EXAMPLES, EXECUTOR).errands()) {
      String sent = new String(example.body(), UTF_8);
      assertThat(seed.split("\n", -1)[0]).startsWith("### Example 1");
      assertThat(seed).containsOnlyOnce("Core → Workflow Executor: " + sent + "\n");
      assertThat(documented).contains(sent);
    }
  }

  @Test
  void the_first_makes_a_task_and_the_second_a_message() throws IOException {
    List<Errand> examples = new SeedExamples(EXAMPLES, EXECUTOR).errands();

    assertThat(examples).extracting(Errand::traceId).containsExactly("task_123", "notif_456");
    assertThat(examples).extracting(Errand::user).containsOnly("user123");
    assertThat(examples).extracting(Errand::title).containsExactly("Review code", "");
  }

  /// The section "Data Flow Examples" of the seed, as it is.
  private static String seed() throws IOException {
    try (var stream =
        Objects.requireNonNull(
            SeedExamplesTest.class.getResourceAsStream("seed-data-flow-examples.md"))) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
