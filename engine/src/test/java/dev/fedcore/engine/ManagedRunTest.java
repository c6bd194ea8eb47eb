package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManagedRunTest {

  @Test
  void that_nothing_stands_in_the_way_of_is_complete_after_two_appends() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("allow", "done");

      assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
      assertThat(rig.story(run))
          .containsExactly(
              "FC-RUN-001",
              "FC-RUN-002",
              "FC-POLICY-001 step_1",
              "FC-STEP-001 step_1",
              "FC-STEP-002 step_1",
              "FC-POLICY-001 step_2",
              "FC-STEP-001 step_2",
              "FC-STEP-002 step_2",
              "FC-POLICY-001 step_3",
              "FC-STEP-001 step_3",
              "FC-STEP-002 step_3",
              "FC-POLICY-001 step_4",
              "FC-STEP-001 step_4",
              "FC-STEP-002 step_4",
              "FC-POLICY-001 step_5",
              "FC-STEP-001 step_5",
              "FC-STEP-002 step_5",
              "FC-RUN-002",
              "FC-RUN-003");
      assertThat(rig.line().kept()).hasSize(2);
    }
  }

  @Test
  void that_is_flagged_goes_on_after_approval() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("flag", "done");
      assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
      rig.done(
          BEN,
          run,
          new Request.Vote(
              rig.gate(run), Choice.APPROVE, Optional.empty(), Optional.empty(), Optional.empty()));
      assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void retry() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("allow", "not_now");
      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      rig.done(ANN, run, new Request.Retry(Optional.empty()));
      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void doubt() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("allow", "doubt_found");
      rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
    }
  }
}
