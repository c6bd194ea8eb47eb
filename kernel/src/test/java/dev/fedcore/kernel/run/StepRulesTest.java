package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ACTION;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.GATE;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.LOOK;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.NOWHERE;
import static dev.fedcore.kernel.run.Example.ONE_ACT;
import static dev.fedcore.kernel.run.Example.OUTPUT;
import static dev.fedcore.kernel.run.Example.REPORTED;
import static dev.fedcore.kernel.run.Example.RUN;
import static dev.fedcore.kernel.run.Example.SECOND_GATE;
import static dev.fedcore.kernel.run.Example.SPINE;
import static dev.fedcore.kernel.run.Example.SUM;
import static dev.fedcore.kernel.run.Example.WORKER;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.approve;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.changed;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.decision;
import static dev.fedcore.kernel.run.Example.deny;
import static dev.fedcore.kernel.run.Example.done;
import static dev.fedcore.kernel.run.Example.failed;
import static dev.fedcore.kernel.run.Example.finish;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.gate;
import static dev.fedcore.kernel.run.Example.lost;
import static dev.fedcore.kernel.run.Example.reject;
import static dev.fedcore.kernel.run.Example.requestGate;
import static dev.fedcore.kernel.run.Example.start;
import static dev.fedcore.kernel.run.Example.step;
import static dev.fedcore.kernel.run.Example.succeeded;
import static dev.fedcore.kernel.run.Outcome.accepted;
import static dev.fedcore.kernel.run.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.run.Refusal.ManagedRun;
import dev.fedcore.kernel.run.Refusal.NotRetryable;
import dev.fedcore.kernel.run.Refusal.SettlementUnknown;
import dev.fedcore.kernel.run.Refusal.UnknownStep;
import dev.fedcore.kernel.run.Refusal.WaitsForGate;
import dev.fedcore.kernel.run.Refusal.WaitsForSettlement;
import dev.fedcore.kernel.run.Refusal.WrongAttempt;
import dev.fedcore.kernel.run.Refusal.WrongState;
import dev.fedcore.kernel.run.Refusal.WrongStep;
import dev.fedcore.kernel.run.Refusal.WrongStepStatus;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.StepCompleted;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepFailed;
import dev.fedcore.kernel.run.RunEvent.StepInDoubt;
import dev.fedcore.kernel.run.RunEvent.StepRetried;
import dev.fedcore.kernel.run.RunEvent.StepSettled;
import dev.fedcore.kernel.run.RunEvent.StepSkipped;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a step: decided, started, over, in doubt, settled, retried.
class StepRulesTest {

  private static final RetryStep RETRY = new RetryStep(ANN, ACT);

  @Nested
  class A_step_that_is_next {

    private final List<RunEvent> history = after(creation(ONE_ACT), start());

    @Test
    void is_decided_and_starts_when_allowed() {
      RUN.givenAll(history)
          .when(begin(ACT, allow()))
          .then(accepted(decided(ACT, 1, allow()), started(ACT, 1)));
    }

    @Test
    void is_denied_for_good_and_fails_its_run() {
      RUN.givenAll(history)
          .when(begin(ACT, deny()))
          .then(
              accepted(
                  decided(ACT, 1, deny()),
                  new StepDenied(NOW, "fedcore", ACT, 1, "because of DENY"),
                  changed(
                      "fedcore",
                      RunStatus.RUNNING,
                      RunStatus.FAILED,
                      StatusCause.STEP_DENIED,
                      "because of DENY"),
                  new RunEnded(NOW, "fedcore", RunStatus.FAILED, "because of DENY")));
    }

    @Test
    void is_not_finished_before_it_starts() {
      RUN.givenAll(history)
          .when(done(ACT))
          .then(refused(new WrongStepStatus(ACT, StepStatus.PENDING, StepStatus.RUNNING)));
    }

    @Test
    void is_the_only_one_that_can_begin() {
      var spine = after(creation(SPINE), start());

      RUN.givenAll(spine).when(begin(ACT, allow())).then(refused(new WrongStep(LOOK, ACT)));
      RUN.givenAll(spine).when(begin(NOWHERE, allow())).then(refused(new UnknownStep(NOWHERE)));
    }

    @Test
    void does_not_begin_twice() {
      RUN.givenAll(after(creation(ONE_ACT), start(), begin(ACT, allow())))
          .when(begin(ACT, allow()))
          .then(refused(new WrongStepStatus(ACT, StepStatus.RUNNING, StepStatus.PENDING)));
    }
  }

  @Nested
  class A_step_at_work {

    private final List<RunEvent> history = after(creation(ONE_ACT), start(), begin(ACT, allow()));

    @Test
    void completes_the_run_when_it_was_the_last() {
      RUN.givenAll(history)
          .when(done(ACT))
          .then(
              accepted(
                  completed(ACT, 1),
                  changed(
                      "fedcore",
                      RunStatus.RUNNING,
                      RunStatus.COMPLETED,
                      StatusCause.ALL_STEPS_OVER,
                      ""),
                  new RunEnded(NOW, "fedcore", RunStatus.COMPLETED, "")));
    }

    @Test
    void hands_over_to_the_next_one() {
      RUN.givenAll(after(creation(SPINE), start(), begin(LOOK, allow())))
          .when(done(LOOK))
          .then(accepted(completed(LOOK, 1)));
    }

    @Test
    void fails_its_run_when_it_fails() {
      RUN.givenAll(history)
          .when(finish(ACT, 1, failed()))
          .then(
              accepted(
                  new StepFailed(NOW, "fedcore", ACT, 1, "task_parent_unknown", "no such parent"),
                  changed(
                      "fedcore",
                      RunStatus.RUNNING,
                      RunStatus.FAILED,
                      StatusCause.STEP_FAILED,
                      "no such parent"),
                  new RunEnded(NOW, "fedcore", RunStatus.FAILED, "no such parent")));
    }

    @Test
    void pauses_its_run_when_its_answer_is_lost() {
      RUN.givenAll(history)
          .when(finish(ACT, 1, lost()))
          .then(
              accepted(
                  new StepInDoubt(NOW, "fedcore", ACT, 1, "the answer was cut off"),
                  changed(
                      "fedcore",
                      RunStatus.RUNNING,
                      RunStatus.PAUSED,
                      StatusCause.STEP_IN_DOUBT,
                      "the answer was cut off")));
    }

    @Test
    void takes_no_answer_of_another_attempt_or_step() {
      RUN.givenAll(history)
          .when(finish(ACT, 2, succeeded()))
          .then(refused(new WrongAttempt(ACT, 1, 2)));
      RUN.givenAll(history).when(done(NOWHERE)).then(refused(new UnknownStep(NOWHERE)));
    }

    @Test
    void takes_one_answer() {
      RUN.givenAll(after(creation(REPORTED), start(), begin(ACT, allow()), done(ACT)))
          .when(done(ACT))
          .then(refused(new WrongStep(SUM, ACT)));
    }

    @Test
    void in_doubt_in_a_cancelled_run_is_recorded_as_such() {
      RUN.givenAll(
              after(creation(ONE_ACT), start(), begin(ACT, allow()), new CancelRun(BEN, "stop")))
          .when(finish(ACT, 1, lost()))
          .then(
              accepted(
                  new StepInDoubt(NOW, "fedcore", ACT, 1, "the answer was cut off"),
                  new RunEnded(
                      NOW,
                      "fedcore",
                      RunStatus.CANCELLED,
                      "the action at work was answered after the cancellation")));
    }

    @Test
    void in_doubt_in_a_held_run_adds_a_cause_and_no_second_pause() {
      List<RunEvent> held =
          after(creation(ONE_ACT), start(), begin(ACT, allow()), new PauseRun(ANN, "lunch"));

      RUN.givenAll(held)
          .when(finish(ACT, 1, lost()))
          .then(accepted(new StepInDoubt(NOW, "fedcore", ACT, 1, "the answer was cut off")));
    }

    @Test
    void of_a_worker_who_asked_people_meanwhile_is_not_finished_before_their_answer() {
      RUN.givenAll(after(creation(REPORTED), start(), begin(ACT, allow()), requestGate(SUM)))
          .when(done(ACT))
          .then(refused(new WaitsForGate(GATE)));
    }
  }

  @Nested
  class A_skipped_step {

    private static final SkipStep SKIP = new SkipStep(WORKER, ACT, "nothing to do");

    @Test
    void hands_over_to_the_next_one() {
      var history = after(creation(REPORTED), start());

      RUN.givenAll(history)
          .when(SKIP)
          .then(accepted(new StepSkipped(NOW, "worker", ACT, 1, "nothing to do")));
      RUN.givenAll(after(creation(REPORTED), start(), SKIP))
          .when(SKIP)
          .then(refused(new WrongStep(SUM, ACT)));
    }

    @Test
    void is_not_one_at_work() {
      RUN.givenAll(after(creation(REPORTED), start(), begin(ACT, allow())))
          .when(SKIP)
          .then(refused(new WrongStepStatus(ACT, StepStatus.RUNNING, StepStatus.PENDING)));
    }

    @Test
    void is_never_one_of_a_managed_run() {
      RUN.givenAll(after(creation(ONE_ACT), start()))
          .when(SKIP)
          .then(refused(new ManagedRun("SkipStep")));
    }
  }

  @Nested
  class A_step_in_doubt {

    private final List<RunEvent> history =
        after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, lost()));

    @Test
    void settled_as_done_goes_on() {
      RUN.givenAll(history)
          .when(new SettleStep(BEN, ACT, succeeded(), "seen in the list"))
          .then(
              accepted(
                  new StepSettled(NOW, "ben", ACT, 1, succeeded(), "seen in the list"),
                  changed("ben", RunStatus.PAUSED, RunStatus.RUNNING, StatusCause.STEP_SETTLED, ""),
                  changed(
                      "ben",
                      RunStatus.RUNNING,
                      RunStatus.COMPLETED,
                      StatusCause.ALL_STEPS_OVER,
                      ""),
                  new RunEnded(NOW, "ben", RunStatus.COMPLETED, "")));
    }

    @Test
    void settled_as_failed_fails_its_run_and_can_be_retried() {
      var settlement = new SettleStep(BEN, ACT, failed(), "not in the list");
      RUN.givenAll(history)
          .when(settlement)
          .then(
              accepted(
                  new StepSettled(NOW, "ben", ACT, 1, failed(), "not in the list"),
                  changed(
                      "ben",
                      RunStatus.PAUSED,
                      RunStatus.FAILED,
                      StatusCause.STEP_FAILED,
                      "no such parent"),
                  new RunEnded(NOW, "ben", RunStatus.FAILED, "no such parent")));

      var settled = new ArrayList<>(history);
      settled.addAll(
          after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, lost()), settlement)
              .subList(history.size(), history.size() + 3));
      RUN.givenAll(settled).when(RETRY).then(accepted(retried(2), runningAgain()));
    }

    @Test
    void waits_on_while_an_operator_holds_the_run() {
      RUN.givenAll(
              after(
                  creation(ONE_ACT),
                  start(),
                  begin(ACT, allow()),
                  finish(ACT, 1, lost()),
                  new PauseRun(ANN, "lunch")))
          .when(new SettleStep(BEN, ACT, succeeded(), "seen"))
          .then(accepted(new StepSettled(NOW, "ben", ACT, 1, succeeded(), "seen")));
    }

    @Test
    void is_not_settled_by_a_guess() {
      RUN.givenAll(history)
          .when(new SettleStep(BEN, ACT, lost(), "who knows"))
          .then(refused(new SettlementUnknown(ACT)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settled_after_a_cancellation_leaves_the_run_cancelled(boolean happened) {
      StepResult result = happened ? succeeded() : failed();
      RUN.givenAll(
              after(
                  creation(ONE_ACT),
                  start(),
                  begin(ACT, allow()),
                  new CancelRun(ANN, "stop"),
                  finish(ACT, 1, lost())))
          .when(new SettleStep(BEN, ACT, result, "seen"))
          .then(
              accepted(
                  new StepSettled(NOW, "ben", ACT, 1, result, "seen"),
                  new RunEnded(NOW, "ben", RunStatus.CANCELLED, "step act was settled")));
    }

    @Test
    void is_settled_once_after_a_cancellation_and_not_tried_again() {
      List<RunEvent> settled =
          after(
              creation(ONE_ACT),
              start(),
              begin(ACT, allow()),
              finish(ACT, 1, lost()),
              new CancelRun(ANN, "stop"),
              new SettleStep(BEN, ACT, failed(), "not in the list"));

      RUN.givenAll(settled)
          .when(new SettleStep(BEN, ACT, succeeded(), "seen"))
          .then(refused(new WrongState(RunStatus.CANCELLED, "SettleStep", List.of())));
      RUN.givenAll(settled).when(RETRY).then(refused(new NotRetryable(ACT, StepStatus.FAILED)));
    }

    @Test
    void keeps_a_worker_from_going_on() {
      List<RunEvent> reported =
          after(creation(REPORTED), start(), begin(ACT, allow()), finish(ACT, 1, lost()));

      for (RunCommand command :
          List.of(begin(SUM, allow()), new CompleteRun(ANN), requestGate(ACT))) {
        RUN.givenAll(reported).when(command).then(refused(new WaitsForSettlement(ACT)));
      }
    }

    @Test
    void is_the_only_kind_that_is_settled() {
      RUN.givenAll(after(creation(ONE_ACT), start(), new PauseRun(ANN, "lunch")))
          .when(new SettleStep(BEN, ACT, succeeded(), "seen"))
          .then(refused(new WrongStepStatus(ACT, StepStatus.PENDING, StepStatus.IN_DOUBT)));
    }
  }

  @Nested
  class A_retry {

    private final List<RunEvent> afterFailure =
        after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, failed()));

    @Test
    void is_a_new_attempt_at_the_step_that_failed() {
      RUN.givenAll(afterFailure).when(RETRY).then(accepted(retried(2), runningAgain()));
    }

    @Test
    void is_decided_anew() {
      List<RunEvent> again =
          after(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, failed()), RETRY);

      RUN.givenAll(again)
          .when(begin(ACT, allow()))
          .then(accepted(decided(ACT, 2, allow()), started(ACT, 2)));
      RUN.givenAll(again)
          .when(finish(ACT, 1, succeeded()))
          .then(refused(new WrongStepStatus(ACT, StepStatus.PENDING, StepStatus.RUNNING)));
    }

    @Test
    void needs_a_new_approval_when_it_is_flagged_again() {
      List<RunEvent> again =
          after(
              creation(ONE_ACT),
              start(),
              begin(ACT, flag(2)),
              approve(BEN),
              begin(ACT, flag(2)),
              finish(ACT, 1, failed()),
              RETRY,
              begin(ACT, flag(2)));

      RunState state = Evolution.replay(again);
      assertThat(RunState.status(state)).isEqualTo(RunStatus.PAUSED);
      assertThat(RunState.course(state).openGates())
          .extracting(gate -> gate.request().id())
          .containsExactly(SECOND_GATE);
    }

    @Test
    void is_refused_for_another_step() {
      var spine = after(creation(SPINE), start(), begin(LOOK, allow()), finish(LOOK, 1, failed()));

      RUN.givenAll(spine).when(RETRY).then(refused(new NotRetryable(ACT, StepStatus.PENDING)));
      RUN.givenAll(spine).when(new RetryStep(ANN, NOWHERE)).then(refused(new UnknownStep(NOWHERE)));
    }

    @Test
    void is_refused_after_a_denial_and_after_a_rejection() {
      RUN.givenAll(after(creation(ONE_ACT), start(), begin(ACT, deny())))
          .when(RETRY)
          .then(refused(new NotRetryable(ACT, StepStatus.DENIED)));
      RUN.givenAll(after(creation(ONE_ACT), start(), begin(ACT, flag(2)), reject(BEN, "no")))
          .when(RETRY)
          .then(refused(new NotRetryable(ACT, StepStatus.DENIED)));
    }

    @Test
    void is_refused_after_a_cancellation() {
      RUN.givenAll(after(creation(ONE_ACT), start(), new CancelRun(BEN, "stop")))
          .when(RETRY)
          .then(refused(new NotRetryable(ACT, StepStatus.PENDING)));
    }

    @Test
    void is_possible_a_hundred_times_less_one() {
      var commands = new ArrayList<RunCommand>(List.of(creation(ONE_ACT), start()));
      for (int attempt = 1; attempt <= StepRecord.ATTEMPTS_MAX; attempt++) {
        commands.add(begin(ACT, allow()));
        commands.add(finish(ACT, attempt, failed()));
        commands.add(RETRY);
      }
      commands.removeLast();

      RUN.givenAll(after(commands.toArray(RunCommand[]::new)))
          .when(RETRY)
          .then(refused(new NotRetryable(ACT, StepStatus.FAILED)));
    }
  }

  private static RunEvent decided(StepId step, int attempt, PolicyDecision decision) {
    return new StepDecided(NOW, "fedcore", step, attempt, INPUT, ACTION, decision);
  }

  private static RunEvent started(StepId step, int attempt) {
    return new StepStarted(NOW, "fedcore", step, attempt, Optional.empty());
  }

  private static RunEvent completed(StepId step, int attempt) {
    return new StepCompleted(NOW, "fedcore", step, attempt, OUTPUT, Optional.of("task_7"));
  }

  private static RunEvent retried(int attempt) {
    return new StepRetried(NOW, "ann", ACT, attempt);
  }

  private static RunEvent runningAgain() {
    return changed("ann", RunStatus.FAILED, RunStatus.RUNNING, StatusCause.STEP_RETRIED, "");
  }
}
