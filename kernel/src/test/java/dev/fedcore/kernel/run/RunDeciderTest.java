package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.GATE;
import static dev.fedcore.kernel.run.Example.HOUR;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.ONE_ACT;
import static dev.fedcore.kernel.run.Example.OUTPUT;
import static dev.fedcore.kernel.run.Example.REPORTED;
import static dev.fedcore.kernel.run.Example.RUN;
import static dev.fedcore.kernel.run.Example.SUM;
import static dev.fedcore.kernel.run.Example.WORKER;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.approve;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.changed;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.deny;
import static dev.fedcore.kernel.run.Example.done;
import static dev.fedcore.kernel.run.Example.failed;
import static dev.fedcore.kernel.run.Example.finish;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.lost;
import static dev.fedcore.kernel.run.Example.reject;
import static dev.fedcore.kernel.run.Example.requestGate;
import static dev.fedcore.kernel.run.Example.start;
import static dev.fedcore.kernel.run.Example.succeeded;
import static dev.fedcore.kernel.run.Outcome.accepted;
import static dev.fedcore.kernel.run.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.run.Refusal.ManagedRun;
import dev.fedcore.kernel.run.Refusal.RunExists;
import dev.fedcore.kernel.run.Refusal.StepsOpen;
import dev.fedcore.kernel.run.Refusal.UnknownRun;
import dev.fedcore.kernel.run.Refusal.WaitsForGate;
import dev.fedcore.kernel.run.Refusal.WaitsForSettlement;
import dev.fedcore.kernel.run.Refusal.WrongState;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.CreateRun;
import dev.fedcore.kernel.run.RunCommand.FailRun;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.ResumeRun;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.HoldLifted;
import dev.fedcore.kernel.run.RunEvent.RunCreated;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.RunHeld;
import dev.fedcore.kernel.run.RunEvent.StepCompleted;
import dev.fedcore.kernel.run.RunEvent.StepFailed;
import dev.fedcore.kernel.run.RunState.Cancelling;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What may be asked of a whole run: made, started, paused, resumed, cancelled, completed, failed.
/// Its steps stand in [StepRulesTest], its gates in [GateRulesTest].
class RunDeciderTest {

  private static final PauseRun PAUSE = new PauseRun(ANN, "lunch");
  private static final ResumeRun RESUME = new ResumeRun(ANN);
  private static final CancelRun CANCEL = new CancelRun(BEN, "budget withdrawn");
  private static final FailRun GIVE_UP = new FailRun(WORKER, "no network");

  @Nested
  class A_new_run {

    @Test
    void is_created_with_its_plan_and_its_limit_on_gates() {
      RUN.given()
          .when(new CreateRun(ANN, ONE_ACT, INPUT, Optional.of(HOUR)))
          .then(accepted(new RunCreated(NOW, "ann", ONE_ACT, INPUT, Optional.of(HOUR))));
    }

    @Test
    void is_unknown_until_then() {
      RUN.given().when(new StartRun(ANN)).then(refused(new UnknownRun()));
      RUN.given().when(CANCEL).then(refused(new UnknownRun()));
      RUN.given().when(approve(BEN)).then(refused(new UnknownRun()));
    }
  }

  @Nested
  class A_pending_run {

    private final List<RunEvent> history = after(creation(ONE_ACT));

    @Test
    void starts() {
      RUN.givenAll(history)
          .when(new StartRun(BEN))
          .then(
              accepted(
                  changed("ben", RunStatus.PENDING, RunStatus.RUNNING, StatusCause.STARTED, "")));
    }

    @Test
    void is_cancelled_before_anything_was_done() {
      RUN.givenAll(history)
          .when(CANCEL)
          .then(
              accepted(
                  cancelled(RunStatus.PENDING),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }

    @Test
    void is_not_created_again() {
      RUN.givenAll(history).when(creation(ONE_ACT)).then(refused(new RunExists()));
    }

    @Test
    void begins_no_step() {
      RUN.givenAll(history)
          .when(begin(ACT, allow()))
          .then(wrongState(RunStatus.PENDING, "BeginStep", "StartRun", "CancelRun"));
    }
  }

  @Nested
  class A_running_run {

    private final List<RunEvent> idle = after(creation(ONE_ACT), start());
    private final List<RunEvent> atWork = after(creation(ONE_ACT), start(), begin(ACT, allow()));

    @Test
    void pauses_with_a_reason() {
      RUN.givenAll(atWork)
          .when(PAUSE)
          .then(
              accepted(
                  changed(
                      "ann",
                      RunStatus.RUNNING,
                      RunStatus.PAUSED,
                      StatusCause.PAUSED_BY_OPERATOR,
                      "lunch")));
    }

    @Test
    void is_cancelled_at_once_while_it_is_idle() {
      RUN.givenAll(idle)
          .when(CANCEL)
          .then(
              accepted(
                  cancelled(RunStatus.RUNNING),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }

    @Test
    void is_cancelled_but_not_over_while_its_action_is_at_work() {
      RUN.givenAll(atWork).when(CANCEL).then(accepted(cancelled(RunStatus.RUNNING)));

      assertThat(Evolution.replay(after(creation(ONE_ACT), start(), begin(ACT, allow()), CANCEL)))
          .isInstanceOf(Cancelling.class);
    }

    @Test
    void is_not_started_or_resumed_again() {
      RUN.givenAll(idle)
          .when(start())
          .then(wrongState(RunStatus.RUNNING, "StartRun", "PauseRun", "CancelRun"));
      RUN.givenAll(idle)
          .when(RESUME)
          .then(wrongState(RunStatus.RUNNING, "ResumeRun", "PauseRun", "CancelRun"));
    }

    @Test
    void is_not_completed_or_failed_from_outside_when_managed() {
      RUN.givenAll(idle).when(new CompleteRun(ANN)).then(refused(new ManagedRun("CompleteRun")));
      RUN.givenAll(idle).when(GIVE_UP).then(refused(new ManagedRun("FailRun")));
    }
  }

  @Nested
  class A_running_external_run {

    private final List<RunEvent> idle = after(creation(REPORTED), start());
    private final List<RunEvent> atWork = after(creation(REPORTED), start(), begin(ACT, allow()));

    @Test
    void is_completed_by_its_worker_even_with_steps_unreported() {
      RUN.givenAll(idle)
          .when(new CompleteRun(WORKER))
          .then(
              accepted(
                  changed(
                      "worker", RunStatus.RUNNING, RunStatus.COMPLETED, StatusCause.REPORTED, ""),
                  new RunEnded(NOW, "worker", RunStatus.COMPLETED, "")));
    }

    @Test
    void is_not_completed_while_a_step_is_at_work() {
      RUN.givenAll(atWork).when(new CompleteRun(WORKER)).then(refused(new StepsOpen(ACT)));
    }

    @Test
    void stays_running_when_its_last_step_is_done() {
      RUN.givenAll(
              after(
                  creation(REPORTED), start(), begin(ACT, allow()), done(ACT), begin(SUM, allow())))
          .when(done(SUM))
          .then(accepted(new StepCompleted(NOW, "fedcore", SUM, 1, OUTPUT, Optional.of("task_7"))));
    }

    @Test
    void fails_when_its_worker_gives_up() {
      RUN.givenAll(atWork)
          .when(GIVE_UP)
          .then(
              accepted(
                  changed(
                      "worker",
                      RunStatus.RUNNING,
                      RunStatus.FAILED,
                      StatusCause.REPORTED,
                      "no network"),
                  new RunEnded(NOW, "worker", RunStatus.FAILED, "no network")));
    }

    @Test
    void is_over_at_once_when_cancelled_since_nobody_of_ours_is_at_work() {
      RUN.givenAll(atWork)
          .when(CANCEL)
          .then(
              accepted(
                  cancelled(RunStatus.RUNNING),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }
  }

  @Nested
  class A_run_paused_by_an_operator {

    private final List<RunEvent> history = after(creation(ONE_ACT), start(), PAUSE);
    private final List<RunEvent> atWork =
        after(creation(ONE_ACT), start(), begin(ACT, allow()), PAUSE);

    @Test
    void resumes() {
      RUN.givenAll(history).when(RESUME).then(accepted(resumed()));
    }

    @Test
    void is_not_paused_twice() {
      RUN.givenAll(history)
          .when(PAUSE)
          .then(wrongState(RunStatus.PAUSED, "PauseRun", "ResumeRun", "CancelRun"));
    }

    @Test
    void begins_no_step() {
      RUN.givenAll(history)
          .when(begin(ACT, allow()))
          .then(wrongState(RunStatus.PAUSED, "BeginStep", "ResumeRun", "CancelRun"));
    }

    @Test
    void still_hears_the_action_that_was_at_work_and_completes_when_it_resumes() {
      RUN.givenAll(atWork)
          .when(done(ACT))
          .then(accepted(new StepCompleted(NOW, "fedcore", ACT, 1, OUTPUT, Optional.of("task_7"))));
      RUN.givenAll(after(creation(ONE_ACT), start(), begin(ACT, allow()), PAUSE, done(ACT)))
          .when(RESUME)
          .then(
              accepted(
                  resumed(),
                  changed(
                      "ann",
                      RunStatus.RUNNING,
                      RunStatus.COMPLETED,
                      StatusCause.ALL_STEPS_OVER,
                      ""),
                  new RunEnded(NOW, "ann", RunStatus.COMPLETED, "")));
    }

    @Test
    void fails_when_the_action_that_was_at_work_failed() {
      RUN.givenAll(atWork)
          .when(finish(ACT, 1, failed()))
          .then(
              accepted(
                  new StepFailed(NOW, "fedcore", ACT, 1, "task_parent_unknown", "no such parent"),
                  changed(
                      "fedcore",
                      RunStatus.PAUSED,
                      RunStatus.FAILED,
                      StatusCause.STEP_FAILED,
                      "no such parent"),
                  new RunEnded(NOW, "fedcore", RunStatus.FAILED, "no such parent")));
    }

    @Test
    void is_cancelled() {
      RUN.givenAll(history)
          .when(CANCEL)
          .then(
              accepted(
                  cancelled(RunStatus.PAUSED),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }

    @Test
    void is_not_failed_from_outside_when_managed() {
      RUN.givenAll(history).when(GIVE_UP).then(refused(new ManagedRun("FailRun")));
    }
  }

  @Nested
  class A_run_that_waits_for_people {

    private final List<RunEvent> history = after(creation(ONE_ACT), start(), begin(ACT, flag(2)));

    @Test
    void is_not_resumed_by_an_operator() {
      RUN.givenAll(history).when(RESUME).then(refused(new WaitsForGate(GATE)));
    }

    @Test
    void may_be_held_as_well_and_waits_on_when_the_hold_is_lifted() {
      RUN.givenAll(history).when(PAUSE).then(accepted(new RunHeld(NOW, "ann", "lunch")));
      RUN.givenAll(after(creation(ONE_ACT), start(), begin(ACT, flag(2)), PAUSE))
          .when(RESUME)
          .then(accepted(new HoldLifted(NOW, "ann")));
    }

    @Test
    void tells_a_worker_whether_it_waits_or_is_none_of_his() {
      List<RunEvent> reported = after(creation(REPORTED), start(), begin(ACT, flag(2)));

      for (RunCommand command :
          List.of(new CompleteRun(ANN), requestGate(ACT), new SkipStep(ANN, ACT, "why"))) {
        RUN.givenAll(reported).when(command).then(refused(new WaitsForGate(GATE)));
        RUN.givenAll(history)
            .when(command)
            .then(refused(new ManagedRun(command.getClass().getSimpleName())));
      }
    }

    @Test
    void closes_its_gate_when_it_is_cancelled() {
      RUN.givenAll(history)
          .when(CANCEL)
          .then(
              accepted(
                  new GateResolved(
                      NOW,
                      "ben",
                      GATE,
                      GateStatus.CANCELLED,
                      Optional.empty(),
                      Optional.of("budget withdrawn")),
                  cancelled(RunStatus.PAUSED),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }
  }

  @Nested
  class A_run_in_doubt {

    private final List<RunEvent> history =
        after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, lost()));

    @Test
    void is_not_resumed_by_an_operator() {
      RUN.givenAll(history).when(RESUME).then(refused(new WaitsForSettlement(ACT)));
    }

    @Test
    void goes_on_after_settlement_and_the_end_of_the_hold() {
      List<RunEvent> heldAndSettled =
          after(
              creation(ONE_ACT),
              start(),
              begin(ACT, allow()),
              finish(ACT, 1, lost()),
              PAUSE,
              new SettleStep(ANN, ACT, succeeded(), "seen in the list"));

      RUN.givenAll(heldAndSettled)
          .when(RESUME)
          .then(
              accepted(
                  resumed(),
                  changed(
                      "ann",
                      RunStatus.RUNNING,
                      RunStatus.COMPLETED,
                      StatusCause.ALL_STEPS_OVER,
                      ""),
                  new RunEnded(NOW, "ann", RunStatus.COMPLETED, "")));
    }

    @Test
    void can_be_cancelled_with_the_doubt_left_open() {
      RUN.givenAll(history)
          .when(CANCEL)
          .then(
              accepted(
                  cancelled(RunStatus.PAUSED),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "budget withdrawn")));
    }
  }

  @Nested
  class A_cancelled_run_with_an_action_at_work {

    private final List<RunEvent> history =
        after(creation(ONE_ACT), start(), begin(ACT, allow()), CANCEL);

    @Test
    void records_the_last_answer_and_is_over() {
      RUN.givenAll(history)
          .when(done(ACT))
          .then(
              accepted(
                  new StepCompleted(NOW, "fedcore", ACT, 1, OUTPUT, Optional.of("task_7")),
                  new RunEnded(
                      NOW,
                      "fedcore",
                      RunStatus.CANCELLED,
                      "the action at work was answered after the cancellation")));
    }

    @Test
    void takes_nothing_else() {
      RUN.givenAll(history).when(CANCEL).then(wrongState(RunStatus.CANCELLED, "CancelRun"));
      RUN.givenAll(history).when(PAUSE).then(wrongState(RunStatus.CANCELLED, "PauseRun"));
      RUN.givenAll(history).when(creation(ONE_ACT)).then(refused(new RunExists()));
    }
  }

  @Nested
  class A_run_that_is_over {

    @Test
    void takes_nothing_once_completed() {
      var history = after(creation(ONE_ACT), start(), begin(ACT, allow()), done(ACT));

      RUN.givenAll(history).when(CANCEL).then(wrongState(RunStatus.COMPLETED, "CancelRun"));
      RUN.givenAll(history).when(start()).then(wrongState(RunStatus.COMPLETED, "StartRun"));
      RUN.givenAll(history).when(creation(ONE_ACT)).then(refused(new RunExists()));
    }

    @Test
    void takes_nothing_once_denied() {
      var history = after(creation(ONE_ACT), start(), begin(ACT, deny()));

      RUN.givenAll(history).when(RESUME).then(wrongState(RunStatus.FAILED, "ResumeRun"));
    }

    @Test
    void takes_nothing_once_rejected() {
      var history = after(creation(ONE_ACT), start(), begin(ACT, flag(2)), reject(BEN, "too dear"));

      RUN.givenAll(history).when(RESUME).then(wrongState(RunStatus.FAILED, "ResumeRun"));
    }

    @Test
    void names_the_retry_when_its_step_only_failed() {
      var history =
          after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, failed()));

      RUN.givenAll(history)
          .when(RESUME)
          .then(wrongState(RunStatus.FAILED, "ResumeRun", "RetryStep"));
    }
  }

  private static Outcome wrongState(RunStatus status, String command, String... allowed) {
    return refused(new WrongState(status, command, List.of(allowed)));
  }

  private static RunEvent cancelled(RunStatus from) {
    return changed("ben", from, RunStatus.CANCELLED, StatusCause.CANCELLED, "budget withdrawn");
  }

  private static RunEvent resumed() {
    return changed("ann", RunStatus.PAUSED, RunStatus.RUNNING, StatusCause.RESUMED_BY_OPERATOR, "");
  }
}
