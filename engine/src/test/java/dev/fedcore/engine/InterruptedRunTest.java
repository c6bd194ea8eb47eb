package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static dev.fedcore.engine.EngineRig.task;
import static dev.fedcore.engine.EngineRig.wanted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What people do to runs while they are under way: hold, cancel, retry.
class InterruptedRunTest {

  private static final Request CANCEL = new Request.Cancel("not wanted");
  private static final Request PAUSE = new Request.Pause("wait");
  private static final Request RETRY = new Request.Retry(Optional.empty());

  @Nested
  class A_pause {

    @Test
    void while_an_action_is_at_work_lets_its_answer_in_and_nothing_after_it() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();

        assertThat(rig.done(ANN, run, PAUSE)).isEqualTo(RunStatus.PAUSED);
        hold.release();
        rig.until(() -> rig.story(run).contains("FC-STEP-002 step_4"));

        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.story(run)).doesNotContain("FC-POLICY-001 step_5");
        assertThat(rig.done(ANN, run, new Request.Resume())).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void is_over_while_the_action_is_still_at_work() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();

        assertThat(rig.ask(ANN, run, PAUSE)).isInstanceOf(Done.class);
        assertThat(rig.ask(ANN, run, new Request.Resume())).isInstanceOf(Done.class);
        hold.release();

        assertThat(rig.await(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void ends_in_failure_when_the_action_at_work_fails() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "rejected");
        hold.awaitEntered();
        rig.done(ANN, run, PAUSE);
        hold.release();

        rig.until(() -> rig.status(run) == RunStatus.FAILED);
      }
    }

    @Test
    void asked_for_twice_is_refused_once() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();
        rig.done(ANN, run, PAUSE);

        assertThat(rig.refused(ANN, run, PAUSE)).isInstanceOf(Refusal.WrongState.class);
        hold.release();
      }
    }
  }

  @Nested
  class A_cancellation {

    @Test
    void ends_a_run_that_has_not_started() {
      try (var rig = EngineRig.started()) {
        RunId run =
            EngineRig.id(
                rig.service()
                    .create(ANN, wanted(SPINE, task("allow", "done"), false), Optional.empty()));

        assertThat(rig.done(ANN, run, CANCEL)).isEqualTo(RunStatus.CANCELLED);

        assertThat(rig.story(run)).containsExactly("FC-RUN-001", "FC-RUN-002", "FC-RUN-003");
        assertThat(rig.refused(ANN, run, new Request.Start()))
            .isInstanceOf(Refusal.WrongState.class);
      }
    }

    @Test
    void of_a_run_at_a_gate_closes_the_gate() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        assertThat(rig.done(ANN, run, CANCEL)).isEqualTo(RunStatus.CANCELLED);

        assertThat(rig.story(run)).endsWith("FC-GATE-002 step_3", "FC-RUN-002", "FC-RUN-003");
        assertThat(rig.gateRow(run).view().toString()).contains("\"status\":\"CANCELLED\"");
        assertThat(rig.refused(EngineRig.BEN, run, GateTest.approve(rig, run)))
            .isInstanceOf(Refusal.GateResolvedAlready.class);
        assertThat(rig.disk().timersDue(Instant.MAX, 1)).isEmpty();
      }
    }

    @Test
    void while_an_action_is_at_work_still_records_its_answer() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();

        assertThat(rig.done(ANN, run, CANCEL)).isEqualTo(RunStatus.CANCELLED);
        assertThat(rig.story(run)).endsWith("FC-STEP-001 step_4", "FC-RUN-002");
        hold.release();
        rig.until(() -> rig.story(run).contains("FC-RUN-003"));

        assertThat(rig.story(run)).endsWith("FC-RUN-002", "FC-STEP-002 step_4", "FC-RUN-003");
        assertThat(rig.status(run)).isEqualTo(RunStatus.CANCELLED);
      }
    }

    @Test
    void of_a_run_on_hold_ends_it() throws Exception {
      try (var rig = EngineRig.started()) {
        var hold = rig.adapter().hold();
        RunId run = rig.start("allow", "done");
        hold.awaitEntered();
        rig.done(ANN, run, PAUSE);
        hold.release();
        rig.until(() -> rig.story(run).contains("FC-STEP-002 step_4"));

        assertThat(rig.done(ANN, run, CANCEL)).isEqualTo(RunStatus.CANCELLED);
      }
    }

    @Test
    void of_a_run_in_doubt_ends_it() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "doubt_unknowable");

        assertThat(rig.done(ANN, run, CANCEL)).isEqualTo(RunStatus.CANCELLED);

        assertThat(rig.story(run))
            .endsWith("FC-STEP-006 step_4", "FC-RUN-002", "FC-RUN-002", "FC-RUN-003");
      }
    }

    @Test
    void comes_too_late_for_a_run_that_is_over() {
      try (var rig = EngineRig.started()) {
        RunId complete = rig.run("allow", "done");
        RunId failed = rig.run("allow", "rejected");

        assertThat(rig.refused(ANN, complete, CANCEL)).isInstanceOf(Refusal.WrongState.class);
        assertThat(rig.refused(ANN, failed, CANCEL)).isInstanceOf(Refusal.WrongState.class);
      }
    }
  }

  @Nested
  class A_retry {

    @Test
    void is_a_new_attempt_with_a_decision_and_receipts_of_its_own() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "not_now");
        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        int before = rig.receipts(run).size();

        assertThat(rig.done(ANN, run, RETRY)).isEqualTo(RunStatus.FAILED);

        assertThat(rig.story(run))
            .endsWith(
                "FC-STEP-003 step_4",
                "FC-RUN-002",
                "FC-RUN-003",
                "FC-STEP-008 step_4",
                "FC-RUN-002",
                "FC-POLICY-001 step_4",
                "FC-STEP-001 step_4",
                "FC-STEP-003 step_4",
                "FC-RUN-002",
                "FC-RUN-003");
        assertThat(rig.receipts(run)).hasSize(before + 2);
        assertThat(new String(rig.row(run).view().utf8(), UTF_8)).contains("\"attempt\":2");
      }
    }

    @Test
    void needs_an_approval_of_its_own() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "not_now");
        rig.done(EngineRig.BEN, run, GateTest.approve(rig, run));
        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);

        assertThat(rig.done(ANN, run, RETRY)).isEqualTo(RunStatus.PAUSED);

        assertThat(rig.disk().gates(run)).hasSize(2);
        assertThat(rig.done(EngineRig.BEN, run, GateTest.approve(rig, run)))
            .isEqualTo(RunStatus.FAILED);
      }
    }

    @Test
    void that_needs_no_approval_names_none() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "not_now");
        rig.done(EngineRig.BEN, run, GateTest.approve(rig, run));
        rig.policy().changeTo("allow");

        assertThat(rig.done(ANN, run, RETRY)).isEqualTo(RunStatus.FAILED);

        JsonObject second =
            rig.receipts(run).stream()
                .filter(r -> r.toString().contains("step-receipt"))
                .reduce((_, last) -> last)
                .orElseThrow();
        assertThat(second.get("gate_receipt")).contains(JsonNull.NULL);
      }
    }

    @Test
    void shows_no_workflow_receipt_while_it_is_at_work() throws Exception {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "not_now");
        var hold = rig.adapter().hold();
        assertThat(rig.ask(ANN, run, RETRY)).isInstanceOf(Done.class);
        hold.awaitEntered();

        assertThat(rig.view(run).get("workflow_hash")).contains(JsonNull.NULL);
        hold.release();
        assertThat(rig.await(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.view(run).get("workflow_hash")).isNotEqualTo(Optional.of(JsonNull.NULL));
      }
    }

    @Test
    void of_a_step_that_did_not_fail_is_refused() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "rejected");
        var first = Optional.of(new StepId("step_1"));
        var none = Optional.of(new StepId("step_9"));

        assertThat(rig.refused(ANN, run, new Request.Retry(first)))
            .isInstanceOf(Refusal.NotRetryable.class);
        assertThat(rig.refused(ANN, run, new Request.Retry(none)))
            .isEqualTo(new Refusal.UnknownStep(none.get()));
      }
    }
  }
}
