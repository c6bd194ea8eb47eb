package dev.fedcore.evidence.awo.invariants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.cri.SampleWorkflows;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule is broken once.
class InvariantsTest {

  private static final RunFiles GOOD =
      ClockTimes.isolate(SampleWorkflows.run(SampleWorkflows.demo()).files());

  private static List<String> reasons(RunFiles run) {
    return Invariants.check(SampleWorkflows.RUN, run);
  }

  private static String text(String path) {
    return new String(GOOD.get(path).orElseThrow(), UTF_8);
  }

  @Test
  void a_good_run_breaks_none() {
    assertThat(reasons(GOOD)).isEmpty();
  }

  @Test
  void a_run_that_is_not_there_breaks_one() {
    assertThat(reasons(RunFiles.NONE)).containsExactly("missing_dir:runs/" + SampleWorkflows.RUN);
  }

  @ParameterizedTest
  @CsvSource({
    "report.md",
    "run_manifest.json",
    "provenance.json",
    "index.json",
    "environment.json"
  })
  void a_file_that_is_missing_is_named(String path) {
    assertThat(reasons(GOOD.without(path))).contains("missing_file:" + path);
  }

  @ParameterizedTest
  @CsvSource({"steps", "artifacts", "scope"})
  void a_folder_that_is_missing_is_named(String folder) {
    assertThat(reasons(GOOD.withoutFolder(folder))).contains("missing_dir:" + folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "run_manifest.json; pending_review; running; run_status:running",
        "run_manifest.json; \"env_ref\"; \"extra\"; manifest_member:extra",
        "run_manifest.json; \"idx\":1,; ; manifest_ops",
        "run_manifest.json; run_2026; run_2027; manifest_run_id",
        "index.json; \"steps\"; \"stops\"; index_steps",
        "index.json; \"index\":4; \"index\":5; index_step_number:5",
        "index.json; \"id\":\"gate\"; \"id\":\"gape\"; step_missing:09_gape.json",
        "index.json; \"id\":\"gate\"; \"id\":\"gape\"; step_extra:09_gate.json",
        "index.json; \"id\":\"gate\"; \"id\":\"a b\"; index_step:a b",
        "environment.json; c0ffee; unknown; environment:git.commit",
        "environment.json; \"os\"; \"pid\"; environment:os",
        "environment.json; \"os\"; \"pid\"; volatile:environment.json/pid",
        "environment.json; \"tools\"; \"tool\"; environment:tools",
        "environment.json; \"runner\"; \"runners\"; environment:runner",
        "provenance.json; sha256:; sha1:; provenance:code_digest",
        "provenance.json; sha256:; sha1:; provenance:inputs_digest",
        "provenance.json; \"runtime\"; \"at\"; time:provenance.json/at",
        "provenance.json; \"orchestrator\"; \"operator\"; provenance:orchestrator",
        "report.md; Report; Rapport; report_title",
        "timestamps/clock.json; 2026-; 20-; provenance:started",
        "timestamps/clock.json; 2026-; 20-; time:timestamps/clock.json#provenance.json",
        "index.json; {; [; not_json:index.json",
        "index.json; {; {  ; not_canonical_or_clocked:index.json",
      })
  void what_is_changed_is_named(String path, String from, String to, String reason) {
    String changed = text(path).replace(from, to == null ? "" : to);
    if (reason.startsWith("not_canonical")) {
      changed = text(path) + "\n";
    }

    assertThat(reasons(GOOD.with(path, changed.getBytes(UTF_8)))).contains(reason);
  }

  @Test
  void a_run_that_ends_before_it_starts_is_named() {
    String clock = text(ClockTimes.FILE).replace("/finished\":\"2026", "/finished\":\"2025");

    assertThat(reasons(GOOD.with(ClockTimes.FILE, clock.getBytes(UTF_8))))
        .containsExactly("provenance:not_monotonic");
  }

  @Test
  void a_clock_in_a_hashed_document_is_named() {
    String clocked = text("randomness.json").replace("{", "{\"at\":\"2026-01-01T00:00:00Z\",");

    assertThat(reasons(GOOD.with("randomness.json", clocked.getBytes(UTF_8))))
        .containsExactly("not_canonical_or_clocked:randomness.json");
  }

  @Test
  void a_step_file_with_another_name_is_named() {
    assertThat(reasons(GOOD.with("steps/notes.txt", new byte[0])))
        .containsExactly("step_file_name:notes.txt");
  }
}
