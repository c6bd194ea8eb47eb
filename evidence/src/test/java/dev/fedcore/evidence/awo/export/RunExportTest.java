package dev.fedcore.evidence.awo.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.export.RunExport.Exported;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.tar.TarReader;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.evidence.verify.SmallRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunExportTest {

  private static final RunEvidence COMPLETED = SmallRun.completed().evidence();

  private static Exported.Done done(RunEvidence evidence) {
    return (Exported.Done) RunExport.of(evidence);
  }

  private static List<AwoCode> refused(RunEvidence evidence) {
    return ((Exported.Refused) RunExport.of(evidence))
        .findings().stream().map(Finding::code).distinct().toList();
  }

  @Test
  void an_exported_run_satisfies_the_invariants_and_its_sums() {
    Exported.Done export = done(COMPLETED);

    assertThat(Invariants.check(new RunName("run-1"), export.files())).isEmpty();
    assertThat(Integrity.verify(export.files().snapshot()).findings()).isEmpty();
  }

  @Test
  void it_holds_entries_receipts_and_gates_as_they_were_and_no_payload() {
    var files = done(COMPLETED).files();

    assertThat(files.in("receipts")).hasSize(COMPLETED.receipts().size());
    assertThat(files.in("steps")).containsExactly("01_s1.json", "02_s2.gate.json", "03_s2.json");
    assertThat(files.in("gates")).containsExactly("02_s2.gate.json");
    assertThat(files.in("artifacts")).containsExactly("index.json");
    String audit = new String(files.get("audit.jsonl").orElseThrow(), UTF_8);
    assertThat(audit.lines()).hasSize(COMPLETED.entries().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist"})
  void it_is_the_same_bytes_in_any_locale_time_zone_and_order(String language) {
    byte[] here = done(COMPLETED).archive();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));

      assertThat(done(shuffled(COMPLETED)).archive()).isEqualTo(here);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static RunEvidence shuffled(RunEvidence run) {
    return new RunEvidence(
        run.runId(), run.entries(), shuffled(run.receipts()), shuffled(run.contents()));
  }

  private static List<Exhibit> shuffled(List<Exhibit> exhibits) {
    var copy = new ArrayList<>(exhibits);
    Collections.shuffle(copy, new Random(7));
    return copy;
  }

  @Test
  void its_archive_holds_what_its_sums_name_and_the_sums() {
    Exported.Done export = done(COMPLETED);

    assertThat(TarReader.read(export.archive()).keySet())
        .contains(
            "SHA256SUMS.txt",
            "run.json",
            "receipts/" + COMPLETED.receipts().getFirst().hash() + ".json")
        .noneMatch(path -> path.startsWith("timestamps/"));
  }

  @Test
  void a_run_that_is_not_over_is_refused() {
    List<Exhibit> some = COMPLETED.entries().subList(0, 2);

    assertThat(refused(new RunEvidence("run-1", some, List.of()))).containsExactly(AwoCode.GOV_002);
  }

  @Test
  void evidence_that_was_changed_is_refused() {
    var entries = new ArrayList<>(COMPLETED.entries());
    Exhibit second = entries.get(1);
    byte[] changed = new String(second.bytes(), UTF_8).replace("moves", "moved").getBytes(UTF_8);
    entries.set(1, new Exhibit(second.hash(), changed));

    assertThat(refused(new RunEvidence("run-1", entries, COMPLETED.receipts())))
        .contains(AwoCode.INT_001);
    assertThat(refused(new RunEvidence("run-1", List.of(), List.of()))).contains(AwoCode.STR_001);
  }

  @Test
  void a_failed_run_is_exported_as_an_error_which_no_gate_lets_pass() {
    RunEvidence failed = failed(SmallRun.retried().evidence());

    assertThat(Invariants.check(new RunName("run-1"), done(failed).files()))
        .containsExactly("run_status:error");
  }

  /// The run as it was when it had failed and not been retried.
  private static RunEvidence failed(RunEvidence retried) {
    List<Exhibit> entries = retried.entries();
    int end = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (end == 0 && new String(entries.get(i).bytes(), UTF_8).contains("FC-RUN-003")) {
        end = i + 1;
      }
    }
    List<Exhibit> first = entries.subList(0, end);
    String told = String.join("\n", first.stream().map(e -> new String(e.bytes(), UTF_8)).toList());
    List<Exhibit> receipts =
        retried.receipts().stream().filter(receipt -> told.contains(receipt.hash())).toList();
    return new RunEvidence(retried.runId(), first, receipts);
  }
}
