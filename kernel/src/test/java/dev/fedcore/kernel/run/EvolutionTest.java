package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ACTION;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.GATE;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.ONE_ACT;
import static dev.fedcore.kernel.run.Example.OUTPUT;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.done;
import static dev.fedcore.kernel.run.Example.failed;
import static dev.fedcore.kernel.run.Example.finish;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How what happened changes a run.
class EvolutionTest {

  @Test
  void nothing_has_happened_to_a_new_run() {
    assertThat(Evolution.replay(List.of())).isEqualTo(RunDecider.initial());
    assertThatIllegalStateException().isThrownBy(() -> RunState.status(RunDecider.initial()));
    assertThatIllegalStateException().isThrownBy(() -> RunState.course(RunDecider.initial()));
  }

  @Test
  void a_history_that_begins_in_the_middle_is_no_history() {
    var started = new StepStarted(NOW, "fedcore", ACT, 1, Optional.empty());

    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.replay(List.of(started)))
        .withMessage("the history begins in the middle");
  }

  @Test
  void a_gate_is_not_resolved_before_it_was_opened() {
    var resolved =
        new GateResolved(NOW, "ben", GATE, GateStatus.APPROVED, Optional.empty(), Optional.empty());
    RunState running = Evolution.replay(after(creation(ONE_ACT), start()));

    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.evolve(running, resolved))
        .withMessageContaining("before it was opened");
  }

  @Test
  void a_step_remembers_its_decision_its_action_its_input_and_its_output() {
    Course course =
        RunState.course(
            Evolution.replay(after(creation(ONE_ACT), start(), begin(ACT, allow()), done(ACT))));

    assertThat(course.step(ACT))
        .hasValueSatisfying(step -> {
          assertThat(step.decision()).contains(allow());
          assertThat(step.action()).contains(ACTION);
          assertThat(step.input()).contains(INPUT);
          assertThat(step.output()).contains(OUTPUT);
          assertThat(step.status()).isEqualTo(StepStatus.COMPLETED);
        });
    assertThat(course.isThrough()).isTrue();
    assertThat(course.current()).isEmpty();
  }

  @Test
  void a_retried_step_forgets_its_last_attempt() {
    Course course =
        RunState.course(
            Evolution.replay(
                after(
                    creation(ONE_ACT),
                    start(),
                    begin(ACT, allow()),
                    finish(ACT, 1, failed()),
                    new RetryStep(ANN, ACT))));

    assertThat(course.current())
        .hasValueSatisfying(step -> {
          assertThat(step.attempt()).isEqualTo(2);
          assertThat(step.status()).isEqualTo(StepStatus.PENDING);
          assertThat(step.decision()).isEmpty();
          assertThat(step.action()).isEmpty();
          assertThat(step.input()).isEmpty();
          assertThat(step.output()).isEmpty();
        });
  }

  @Test
  void a_gate_knows_whether_policy_asked_for_it() {
    Course flagged =
        RunState.course(Evolution.replay(after(creation(ONE_ACT), start(), begin(ACT, flag(2)))));
    Course asked =
        RunState.course(
            Evolution.replay(after(creation(Example.REPORTED), start(), Example.requestGate(ACT))));

    assertThat(flagged.openGates()).singleElement().matches(gate -> gate.byPolicy());
    assertThat(asked.openGates()).singleElement().matches(gate -> !gate.byPolicy());
  }

  @ParameterizedTest
  @EnumSource(RunStatus.class)
  void three_statuses_are_terminal(RunStatus status) {
    assertThat(status.isTerminal())
        .isEqualTo(List.of("COMPLETED", "FAILED", "CANCELLED").contains(status.name()));
  }

  @ParameterizedTest
  @EnumSource(StepStatus.class)
  void a_step_is_over_when_its_attempt_has_an_answer(StepStatus status) {
    assertThat(status.isOver())
        .isEqualTo(List.of("COMPLETED", "FAILED", "DENIED", "SKIPPED").contains(status.name()));
  }
}
