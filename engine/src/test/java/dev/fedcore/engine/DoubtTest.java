package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of an action whose answer was lost: its adapter is asked, then people; nothing is
/// sent again.
class DoubtTest {

  private static final StepId ACT = new StepId("step_4");

  @Nested
  class An_answer_that_was_lost {

    @Test
    void is_found_again_and_the_run_goes_on() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.start("allow", "doubt_found");
        rig.until(() -> rig.status(run) == RunStatus.COMPLETED);

        assertThat(rig.story(run)).containsSubsequence("FC-STEP-006 step_4", "FC-STEP-007 step_4");
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void of_an_action_that_did_not_happen_fails_the_step_which_may_be_tried_again() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.start("allow", "doubt_absent");
        rig.until(() -> rig.status(run) == RunStatus.FAILED);

        assertThat(rig.view(run).toString()).contains("effect_absent");
        int before = rig.story(run).size();
        rig.ask(ANN, run, new Request.Retry(Optional.empty()));
        rig.until(() -> rig.status(run) == RunStatus.FAILED && rig.story(run).size() > before);
        assertThat(rig.story(run).subList(before, rig.story(run).size()))
            .startsWith("FC-STEP-008 step_4");
        assertThat(rig.effects()).isZero();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"doubt_unknowable", "doubt_unasked"})
    void waits_for_a_person_when_the_adapter_cannot_tell(String behave) {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", behave);

        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.refused(ANN, run, new Request.Resume()))
            .isEqualTo(new Refusal.WaitsForSettlement(ACT));
        assertThat(rig.done(ANN, run, settle(true))).isEqualTo(RunStatus.COMPLETED);
      }
    }

    @Test
    void that_a_person_settles_as_failed_fails_the_run() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "doubt_unknowable");

        assertThat(rig.done(ANN, run, settle(false))).isEqualTo(RunStatus.FAILED);
        assertThat(rig.done(ANN, run, new Request.Retry(Optional.empty())))
            .isEqualTo(RunStatus.PAUSED);
      }
    }

    @Test
    void of_a_cancelled_run_is_settled_by_a_person_and_leaves_it_cancelled() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "doubt_unknowable");
        hold.awaitEntered();
        rig.done(ANN, run, new Request.Cancel("not wanted"));
        hold.release();
        rig.until(() -> rig.story(run).contains("FC-RUN-003"));

        assertThat(rig.done(ANN, run, settle(true))).isEqualTo(RunStatus.CANCELLED);

        assertThat(rig.story(run)).endsWith("FC-STEP-007 step_4", "FC-RUN-003");
        assertThat(rig.refused(ANN, run, settle(true))).isInstanceOf(Refusal.WrongState.class);
      }
    }

    @Test
    void because_it_cannot_be_written_down_waits_for_a_person() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "unwritable");

        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.effects()).isEqualTo(1);
        assertThat(rig.done(ANN, run, settle(true))).isEqualTo(RunStatus.COMPLETED);
      }
    }

    @Test
    void is_looked_up_again_by_the_next_process() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "doubt_unasked");
        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);

        rig.restart();

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.view(run).toString()).contains("effect_absent");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "dies"})
    void to_a_fault_of_the_adapter_is_in_doubt_until_it_is_looked_up(String behave) {
      try (var rig = EngineRig.started()) {
        RunId run = rig.start("allow", behave);

        rig.until(() -> rig.story(run).contains("FC-STEP-007 step_4"));
        rig.until(() -> rig.status(run).isTerminal());
        assertThat(rig.effects()).isEqualTo(behave.equals("dies") ? 1 : 0);
      }
    }
  }

  @Nested
  class A_process_that_dies_while_an_action_is_at_work {

    @Test
    void is_followed_by_one_that_finds_the_effect() throws Exception {
      try (var rig = EngineRig.started()) {
        RunId run = dead(rig, "done");

        assertThat(rig.await(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.story(run)).containsSubsequence("FC-STEP-006 step_4", "FC-STEP-007 step_4");
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void is_followed_by_one_that_finds_none() throws Exception {
      try (var rig = EngineRig.started()) {
        RunId run = dead(rig, "not_now");

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.view(run).toString()).contains("effect_absent");
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void leaves_the_run_on_hold_when_it_was_on_hold() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();
        rig.done(ANN, run, new Request.Pause("wait"));
        crash(rig, hold);

        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.done(ANN, run, new Request.Resume())).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void leaves_the_run_cancelled_when_it_was_cancelled() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();
        rig.done(ANN, run, new Request.Cancel("not wanted"));
        crash(rig, hold);

        assertThat(rig.status(run)).isEqualTo(RunStatus.CANCELLED);
        assertThat(rig.story(run))
            .endsWith("FC-STEP-006 step_4", "FC-RUN-003", "FC-STEP-007 step_4", "FC-RUN-003");
      }
    }

    @Test
    void leaves_nothing_to_recover_the_second_time() throws Exception {
      try (var rig = EngineRig.started()) {
        RunId run = dead(rig, "done");
        rig.await(run);
        long size = rig.disk().size();

        rig.restart();

        assertThat(rig.disk().size()).isEqualTo(size);
      }
    }

    @Test
    void is_followed_by_one_that_starts_though_the_receiver_cannot_be_asked() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();
        rig.world().put(ScriptedAdapter.UNREACHABLE, 1);
        crash(rig, hold);
        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);

        rig.world().remove(ScriptedAdapter.UNREACHABLE);
        rig.restart();

        assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
      }
    }

    private static RunId dead(EngineRig rig, String behave) throws InterruptedException {
      var hold = rig.adapter().hold();
      RunId run = rig.start("allow", behave);
      hold.awaitEntered();
      crash(rig, hold);
      return run;
    }

    private static void crash(EngineRig rig, ScriptedAdapter.Hold hold) {
      rig.line().cut();
      hold.release();
      rig.restart();
    }
  }

  static Request settle(boolean happened) {
    return new Request.Settle(ACT, happened, JsonObject.EMPTY, Optional.empty(), "seen by hand");
  }
}
