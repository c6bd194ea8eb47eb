package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static dev.fedcore.engine.EngineRig.task;
import static dev.fedcore.engine.EngineRig.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.LedgerLine.Fault;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A ledger that does not answer costs time, never an effect and never a result.
class LedgerFaultTest {

  private static final RunQuery ALL =
      new RunQuery(
          TenantId.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          10);

  @Nested
  class The_append_that_starts_the_action {

    @Test
    void is_lost_and_so_is_the_run() {
      try (var rig = EngineRig.started()) {
        rig.line().script(Fault.LOST);

        assertThatThrownBy(() -> rig.start("allow", "done")).isInstanceOf(LedgerUnavailable.class);

        assertThat(rig.disk().size()).isZero();
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void is_kept_without_an_answer_and_the_action_is_done_all_the_same() {
      try (var rig = EngineRig.started()) {
        rig.line().script(Fault.ANSWER_LOST);

        assertThatThrownBy(() -> rig.start("allow", "done")).isInstanceOf(LedgerUnavailable.class);

        RunId run = rig.disk().runs(ALL).getFirst().run();
        rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void is_kept_without_an_answer_and_the_run_is_cancelled_before_anything_is_sent() {
      try (var rig = EngineRig.started()) {
        var cancelled = new CountDownLatch(1);
        rig.line().holdOthersUntil(cancelled);
        rig.line().script(Fault.ANSWER_LOST);
        assertThatThrownBy(() -> rig.start("allow", "done")).isInstanceOf(LedgerUnavailable.class);
        RunId run = rig.disk().runs(ALL).getFirst().run();

        rig.ask(ANN, run, new Request.Cancel("not wanted"));
        cancelled.countDown();

        rig.until(() -> rig.story(run).contains("FC-RUN-003"));
        assertThat(rig.status(run)).isEqualTo(RunStatus.CANCELLED);
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void is_kept_without_an_answer_at_the_end_of_the_process() {
      try (var rig = EngineRig.started()) {
        rig.line().script(Fault.ANSWER_LOST);
        assertThatThrownBy(() -> rig.start("allow", "done")).isInstanceOf(LedgerUnavailable.class);
        RunId run = rig.disk().runs(ALL).getFirst().run();

        rig.restart();

        rig.until(() -> rig.status(run).isTerminal());
        assertThat(rig.effects()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Nested
  class The_append_that_records_the_answer {

    @ParameterizedTest
    @EnumSource(
        value = Fault.class,
        names = {"LOST", "ANSWER_LOST"})
    void is_made_until_it_is_there(Fault fault) {
      try (var rig = EngineRig.started()) {
        rig.line().script(Fault.NONE, fault, fault);

        RunId run = rig.run("allow", "done");

        assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }
  }

  @Nested
  class The_append_that_settles_a_doubt {

    @Test
    void is_made_until_it_is_there() {
      try (var rig = EngineRig.started()) {
        rig.line().script(Fault.NONE, Fault.NONE, Fault.LOST, Fault.ANSWER_LOST);

        RunId run = rig.start("allow", "doubt_found");

        rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }
  }

  @Nested
  class The_append_of_a_vote {

    @Test
    void is_lost_and_the_gate_is_open_still() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.line().script(Fault.LOST);

        assertThatThrownBy(() -> rig.ask(BEN, run, GateTest.approve(rig, run)))
            .isInstanceOf(LedgerUnavailable.class);

        assertThat(rig.done(BEN, run, GateTest.approve(rig, run))).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void is_kept_without_an_answer_and_the_approved_action_is_done() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.line().script(Fault.ANSWER_LOST);

        assertThatThrownBy(() -> rig.ask(BEN, run, GateTest.approve(rig, run)))
            .isInstanceOf(LedgerUnavailable.class);

        rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }
  }

  @Nested
  class A_run_that_is_read {

    @Test
    void while_another_appends_to_it_is_never_a_mixture() throws Exception {
      try (var rig = EngineRig.started();
          var other = new CommandService(rig.engine())) {
        RunId run = rig.run("flag", "done");
        var hold = rig.adapter().hold();
        rig.line().afterNextRunRead(() -> approve(other, rig, run));

        assertThat(rig.ask(ANN, run, new Request.Pause("wait"))).isInstanceOf(Done.class);
        hold.awaitEntered();
        hold.release();

        rig.until(() -> rig.story(run).contains("FC-STEP-002 step_4"));
        assertThat(rig.done(ANN, run, new Request.Resume())).isEqualTo(RunStatus.COMPLETED);
      }
    }

    private static void approve(CommandService service, EngineRig rig, RunId run) {
      service.handle(BEN, run, GateTest.approve(rig, run), Optional.empty(), OptionalLong.empty());
    }

    @Test
    void and_refused_on_what_another_process_has_changed_is_read_again() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "not_now");
        try (var other = new CommandService(rig.engine())) {
          assertThat(rig.refused(ANN, run, new Request.Resume()).toString())
              .contains("WaitsForGate");
          approve(other, rig, run);
          rig.until(() -> rig.status(run) == RunStatus.FAILED);

          rig.policy().changeTo("allow");
          assertThat(rig.done(ANN, run, new Request.Retry(Optional.empty())))
              .isEqualTo(RunStatus.FAILED);
        }
      }
    }
  }

  @Test
  void a_run_that_was_never_kept_is_not_in_memory_either() {
    try (var rig = EngineRig.started()) {
      rig.line().cut();
      assertThatThrownBy(() ->
              rig.service()
                  .create(ANN, wanted(SPINE, task("allow", "done"), true), Optional.empty()))
          .isInstanceOf(LedgerUnavailable.class);
      rig.line().mend();

      assertThat(rig.run("allow", "done")).isNotNull();
      assertThat(rig.disk().runs(ALL)).hasSize(1);
    }
  }
}
