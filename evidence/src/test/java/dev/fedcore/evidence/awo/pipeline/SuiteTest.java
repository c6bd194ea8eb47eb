package dev.fedcore.evidence.awo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.pipeline.Suite.Outcome;
import dev.fedcore.evidence.awo.pipeline.Suite.Report;
import dev.fedcore.evidence.awo.pipeline.Suite.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The 25 tests hold, in their order, and each misses the defence that it is about.
class SuiteTest {

  @TempDir Path folder = Path.of("");

  static Stream<Sabotage> sabotages() {
    return Sabotage.all();
  }

  @Test
  void all_25_tests_hold() {
    Report report = new Suite(folder, new PlainAttestor(true)).run(_ -> {});

    assertThat(report.results())
        .allSatisfy(result -> assertThat(result.findings()).as(result.id()).isEmpty());
    assertThat(report.ready()).isTrue();
    assertThat(report.results().stream().map(Result::id))
        .containsExactly(
            "G1", "G2", "G3", "G4", "G5", "G6", "I1", "I2", "I3", "I4", "I5", "D1", "D2", "D3",
            "A1", "A2", "A3", "A4", "P1", "P2", "P3", "P4", "S1", "S2", "S3");
    assertThat(report.results().getLast().number()).isEqualTo("TS-0025");
  }

  @Test
  void every_test_has_a_sabotage() {
    assertThat(Sabotage.all().map(Sabotage::test))
        .containsExactlyElementsOf(Suite.tests().map(Suite.SuiteTest::id).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sabotages")
  void a_defence_that_is_switched_off_is_missed(Sabotage sabotage) {
    var suite = new Suite(folder, sabotage.attestor(), sabotage.defences());
    Suite.SuiteTest test =
        Suite.tests().filter(t -> t.id().equals(sabotage.test())).findFirst().orElseThrow();

    List<Finding> findings = suite.findings(test);

    assertThat(findings).extracting(Finding::code).containsExactly(sabotage.code());
  }

  @Test
  void a_test_that_fails_ends_the_suite_and_nothing_is_ready() {
    Sabotage fourth = Sabotage.all().skip(3).findFirst().orElseThrow();

    Report report = new Suite(folder, fourth.attestor(), fourth.defences()).run(_ -> {});

    assertThat(report.ready()).isFalse();
    assertThat(report.results().stream().map(Result::outcome).limit(5))
        .containsExactly(
            Outcome.HOLDS, Outcome.HOLDS, Outcome.HOLDS, Outcome.FAILED, Outcome.NOT_REACHED);
    assertThat(report.results()).hasSize(25);
  }
}
