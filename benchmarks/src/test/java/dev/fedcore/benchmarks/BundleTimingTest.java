package dev.fedcore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.benchmarks.BundleTiming.Once;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is timed really happens.
class BundleTimingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T09:30:00Z");
  private static final int FILES = 60;

  @TempDir private Path folder = Path.of("");

  @Test
  void the_run_is_published_with_all_its_files() {
    Once once = new BundleTiming(FILES, () -> NOW).once(folder);

    String run = ProvenanceIndex.read(folder).entries().iterator().next().runId();
    Path runFolder = folder.resolve(Workspace.RUNS).resolve(run);
    assertThat(runFolder.resolve("approval.json")).exists();
    assertThat(folder.resolve(Workspace.ATTESTATIONS).resolve(run).resolve("VERIFY.md")).exists();
    assertThat(Workspace.names(runFolder.resolve("artifacts")))
        .filteredOn(name -> name.startsWith("part-"))
        .hasSizeBetween(FILES / 2, FILES);
    assertThat(once.files()).isEqualTo(FILES);
    assertThat(once.bytes()).isGreaterThan(FILES * 1_024);
  }

  @Test
  void nothing_is_left_of_what_was_staged() {
    new BundleTiming(FILES, () -> NOW).once(folder);

    assertThat(Files.exists(folder.resolve(".awo").resolve("lock"))).isTrue();
    assertThat(Workspace.names(folder.resolve(".awo").resolve("staging"))).isEmpty();
  }
}
