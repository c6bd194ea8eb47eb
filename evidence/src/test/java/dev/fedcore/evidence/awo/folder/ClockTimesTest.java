package dev.fedcore.evidence.awo.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.MalformedInput;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTimesTest {

  private static RunFiles files(String path, String text) {
    return RunFiles.of(Map.of(path, text.getBytes(UTF_8)));
  }

  private static String text(RunFiles files, String path) {
    return new String(files.get(path).orElseThrow(), UTF_8);
  }

  @Test
  void times_are_moved_out_of_a_document_with_their_places() {
    RunFiles run =
        files(
            "index.json",
            "{\"started_at\": \"2026-01-01T00:00:00Z\", "
                + "\"steps\": [{\"ts\": null, \"id\": \"a\"}]}");

    RunFiles isolated = ClockTimes.isolate(run);

    assertThat(text(isolated, "index.json")).isEqualTo("{\"steps\":[{\"id\":\"a\"}]}");
    assertThat(text(isolated, ClockTimes.FILE))
        .isEqualTo(
            "{\"index.json\":{\"/started_at\":\"2026-01-01T00:00:00Z\",\"/steps/0/ts\":null}}");
    assertThat(ClockTimes.of(isolated, "index.json"))
        .containsExactly(Map.entry("/started_at", "2026-01-01T00:00:00Z"));
  }

  @Test
  void doing_it_again_changes_nothing() {
    RunFiles once = ClockTimes.isolate(files("index.json", "{\"at\":\"2026-01-01T00:00:00.5Z\"}"));

    assertThat(ClockTimes.isolate(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "receipts/x.json",
        "artifacts/x.json",
        "audit/x.json",
        "approval.json",
        "gates/x.json"
      })
  void what_others_name_by_hash_is_left_as_it_is(String path) {
    RunFiles run = files(path, "{ \"at\": \"2026-01-01T00:00:00Z\" }");

    assertThat(ClockTimes.isolate(run)).isEqualTo(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":\"noon\"}",
        "{\"at\":\"2026-02-30T00:00:00Z\"}",
        "{\"format\":\"2026-01-01T00:00:00Z\"}"
      })
  void what_is_no_time_or_not_named_so_stays(String document) {
    RunFiles run = files("index.json", document);

    assertThat(ClockTimes.isolate(run)).isEqualTo(run);
  }

  @Test
  void a_document_that_is_no_json_is_refused_by_its_name() {
    assertThatThrownBy(() -> ClockTimes.isolate(files("index.json", "{")))
        .isInstanceOf(MalformedInput.class)
        .hasMessageContaining("index.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "-x", ".x", "a b", "ä"})
  void a_run_is_not_called_what_could_be_a_path_or_an_option(String name) {
    assertThatThrownBy(() -> new RunName(name)).isInstanceOf(MalformedInput.class);
  }
}
