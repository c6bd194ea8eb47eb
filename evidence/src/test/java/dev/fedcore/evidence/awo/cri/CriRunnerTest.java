package dev.fedcore.evidence.awo.cri;

import static dev.fedcore.evidence.awo.cri.SampleWorkflows.NOON;
import static dev.fedcore.evidence.awo.cri.SampleWorkflows.RUN;
import static dev.fedcore.evidence.awo.cri.SampleWorkflows.demo;
import static dev.fedcore.evidence.awo.cri.SampleWorkflows.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.awo.cri.CriRun.Status;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriRunnerTest {

  @Nested
  class A_run_of_all_operators {

    private final CriRun run = SampleWorkflows.run(demo());
    private final RunFiles files = ClockTimes.isolate(run.files());

    @Test
    void stops_for_people_at_its_gate() {
      assertThat(run.status()).isEqualTo(Status.PENDING_REVIEW);
      assertThat(text("run_manifest.json")).contains("\"status\":\"pending_review\"");
      assertThat(files.paths()).doesNotContain("artifacts/late.txt", "steps/10_late.json");
    }

    @Test
    void satisfies_the_invariants() {
      assertThat(Invariants.check(RUN, files)).isEmpty();
    }

    @Test
    void has_every_file_of_an_awo_run() {
      assertThat(files.paths())
          .containsExactly(
              "artifacts/index.json",
              "artifacts/notes/fanout.txt",
              "environment.json",
              "gate_decision.yml",
              "index.json",
              "provenance.json",
              "randomness.json",
              "report.md",
              "run_manifest.json",
              "scope/claims/claim-1.json",
              "scope/summary.json",
              "steps/01_backend_info.json",
              "steps/04_scope_1.json",
              "steps/05_fanout_1.json",
              "steps/06_texts.json",
              "steps/07_consensus_1.json",
              "steps/08_quality.json",
              "steps/09_gate.json",
              "timestamps/clock.json",
              "workflow_frozen.json");
    }

    @Test
    void takes_what_two_of_three_back_ends_say() {
      assertThat(text("steps/07_consensus_1.json"))
          .contains(
              "\"agreement_ratio\":0.6666666666666666",
              "\"voters\":[\"echo\",\"upper\"]",
              "\"consensus_text\":\"The battery lasts all day but the UI is confusing.\"");
    }

    @Test
    void keeps_the_clock_apart() {
      assertThat(text(ClockTimes.FILE)).contains("2026-05-04T12:00:00Z");
      files
          .withoutFolder("timestamps")
          .forEach((path, bytes) ->
              assertThat(new String(bytes, UTF_8)).as(path).doesNotContain("12:00:00"));
    }

    private String text(String path) {
      return new String(files.get(path).orElseThrow(), UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist"})
  void runs_are_the_same_in_any_year_locale_and_time_zone(String language) {
    RunFiles here =
        ClockTimes.isolate(SampleWorkflows.run(demo()).files()).withoutFolder("timestamps");
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      CriRun there =
          CriRunner.run(demo(), settings("alice"), () -> NOON.plusSeconds(400L * 365 * 86_400));

      assertThat(ClockTimes.isolate(there.files()).withoutFolder("timestamps")).isEqualTo(here);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'id':'a','op':'consensus_vote','inputs_from':'nobody'}; no answers",
        "{'id':'a','op':'fanout_generate','prompt':'p','models':['gpt']}; must be of [echo",
        "{'id':'a','op':'fanout_generate','models':['echo']}; what to ask whom",
        "{'id':'a','op':'write_text','args':{'path':'../x','text':'t'}}; /args/path",
        "{'id':'a','op':'write_text','args':{'path':'index.json','text':'t'}}; /args/path",
        "{'id':'a','op':'write_text','args':{'path':'x','from_step':'b'}}; has no text",
        "{'id':'a','op':'write_text','args':{'path':'x','text':'t','mode':'7'}}; unknown field",
        "{'id':'a','op':'assert_contains','args':{'from_step':'b','must_include':['x']}};"
            + " lacks [x]",
        "{'id':'a','op':'scope_validate','args':{'claim':{'id':'c','statement':'s'}}}; cannot be",
        "{'id':'a','op':'scope_validate','args':{}}; names no claim",
      })
  void a_step_that_fails_ends_the_run_and_says_why(String step, String why) {
    CriRun run = SampleWorkflows.run(SampleWorkflows.of(step));

    assertThat(run.status()).isEqualTo(Status.ERROR);
    assertThat(run.error().orElseThrow()).startsWith("a: ").contains(why);
    assertThat(Invariants.check(RUN, run.files())).contains("run_status:error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'id':'a','op':'format_disk'}; /steps/0/op",
        "{'id':'a/b','op':'audit_gate'}; /steps/0/id",
        "{'id':'a','op':'audit_gate','when':'now'}; /steps/0/when",
        "{'id':'a','op':'audit_gate'},{'id':'a','op':'audit_gate'}; /steps/1/id",
        "3; /steps/0",
      })
  void a_workflow_file_that_is_none_is_refused_with_the_place(String steps, String place) {
    assertThatThrownBy(() -> SampleWorkflows.of(steps))
        .isInstanceOf(MalformedInput.class)
        .hasMessageStartingWith(place);
  }

  @Test
  void two_artefacts_that_some_file_system_takes_for_one_are_refused() {
    CriRun run =
        SampleWorkflows.run(
            SampleWorkflows.of(
                "{'id':'a','op':'write_text','args':{'path':'N.txt','text':'1'}},"
                    + "{'id':'b','op':'write_text','args':{'path':'n.TXT','text':'2'}}"));

    assertThat(run.error().orElseThrow()).contains("collides");
  }
}
