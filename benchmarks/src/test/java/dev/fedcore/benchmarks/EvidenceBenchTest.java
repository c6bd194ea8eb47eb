package dev.fedcore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.Main;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.log.TilePath;
import dev.fedcore.server.FederationCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small measurement with a real server and the real verifier: what the figures are about is
/// true. How large they are is not asked.
class EvidenceBenchTest {

  private static final long ROWS = 300;
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final String RUN =
      """
      {"workflow_id":"pt004_execution_spine","start":true,"input_payload":{"capability":"task.create",\
      "action":{"type":"task","parameters":{"title":"Rotate keys"}}}}\
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void bothProgramsAreOnThisClassPath() {
    assertThat(List.of(Main.class, FederationCore.class)).isNotEmpty();
    String classPath = System.getProperty("java.class.path");
    System.setProperty("fedcore.server.classpath", classPath);
    System.setProperty("fedcore.verify.classpath", classPath);
  }

  @Test
  void everything_that_was_stored_is_verified() throws Exception {
    var sizes = new EvidenceBench.Sizes(40, 1, ROWS, 2, SHORT, SHORT);

    JsonObject report = new EvidenceBench(sizes, RUN, _ -> {}).measure();

    assertThat(number(report, "failures")).isZero();
    assertThat(number(report, "bundle_files")).isEqualTo(40);
    assertThat(number(report, "rows")).isGreaterThanOrEqualTo(ROWS);
    assertThat(number(report, "log_entries_per_s")).isPositive();
    assertThat(number(report, "checkpoint_behind_p50_ms"))
        .isPositive()
        .isLessThanOrEqualTo(number(report, "checkpoint_behind_max_ms"));
  }

  @Test
  void a_log_that_was_changed_does_not_count_as_verified() throws Exception {
    try (var server = ServerUnderTest.on(folder)) {
      var script = Load.Script.createRun(server.url(), RUN);
      assertThat(new Load(2, SHORT).run(script).failures()).isZero();
    }
    var verifier = new OfflineVerifier(folder);
    assertThat(verifier.everything().verified()).isTrue();
    assertThat(verifier.log().verified()).isTrue();
    assertThat(verifier.log().rows()).isEqualTo(verifier.everything().rows()).isPositive();

    change(firstTile(verifier.log().rows()));

    assertThat(verifier.everything().verified()).isFalse();
    assertThat(verifier.log().verified()).isFalse();
  }

  /// The first tile of a log of `size` entries. Beside it there may be narrower ones, which nobody
  /// needs any more.
  private Path firstTile(long size) {
    int width = Math.toIntExact(Math.min(TilePath.FULL, size));
    return folder.resolve("log").resolve(TilePath.tile(0, 0, width));
  }

  /// Changes a bit.
  private static void change(Path tile) throws IOException {
    byte[] bytes = Files.readAllBytes(tile);
    bytes[0] ^= 1;
    Files.write(tile, bytes);
  }

  private static double number(JsonObject report, String name) {
    return ((JsonNumber) report.get(name).orElseThrow()).doubleValue();
  }
}
