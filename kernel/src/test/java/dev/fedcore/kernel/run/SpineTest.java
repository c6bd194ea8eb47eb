package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ACTION;
import static dev.fedcore.kernel.run.Example.ASK;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.GATE;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.LOOK;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.OTHER_ACTION;
import static dev.fedcore.kernel.run.Example.RUN;
import static dev.fedcore.kernel.run.Example.SPINE;
import static dev.fedcore.kernel.run.Example.SYSTEM;
import static dev.fedcore.kernel.run.Example.WAIT;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.approve;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.decision;
import static dev.fedcore.kernel.run.Example.deny;
import static dev.fedcore.kernel.run.Example.done;
import static dev.fedcore.kernel.run.Example.facts;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.gate;
import static dev.fedcore.kernel.run.Example.start;
import static dev.fedcore.kernel.run.Example.step;
import static dev.fedcore.kernel.run.Outcome.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The five steps of a spine: what one step's flag means for the others.
class SpineTest {

  private final List<RunEvent> looked =
      after(creation(SPINE), start(), begin(LOOK, allow()), done(LOOK));

  @Test
  void does_not_stop_at_a_decide_step_that_is_flagged() {
    RUN.givenAll(looked)
        .when(begin(ASK, flag(2)))
        .then(accepted(decided(ASK, 1, flag(2)), started(ASK, 1)));
  }

  @Test
  void opens_its_gate_for_the_flag_that_the_decide_step_found() {
    List<RunEvent> waiting =
        after(
            creation(SPINE),
            start(),
            begin(LOOK, allow()),
            done(LOOK),
            begin(ASK, flag(2)),
            done(ASK),
            begin(WAIT, allow()));

    RunState state = Evolution.replay(waiting);
    assertThat(RunState.status(state)).isEqualTo(RunStatus.PAUSED);
    assertThat(RunState.course(state).openGates())
        .singleElement()
        .satisfies(gate -> {
          assertThat(gate.request().tier()).isEqualTo(2);
          assertThat(gate.request().step()).isEqualTo(WAIT);
        });
  }

  @Test
  void passes_its_gate_when_nothing_was_flagged() {
    RUN.givenAll(
            after(
                creation(SPINE),
                start(),
                begin(LOOK, allow()),
                done(LOOK),
                begin(ASK, allow()),
                done(ASK)))
        .when(begin(WAIT, allow()))
        .then(accepted(decided(WAIT, 1, allow()), started(WAIT, 1)));
  }

  @Test
  void uses_the_approval_of_its_gate_at_the_act_and_only_there() {
    RUN.givenAll(approvedSpine())
        .when(begin(ACT, flag(2)))
        .then(
            accepted(
                decided(ACT, 1, flag(2)),
                new StepStarted(NOW, "fedcore", ACT, 1, Optional.of(GATE))));
  }

  @Test
  void asks_again_when_the_act_is_at_a_higher_tier_than_was_approved() {
    assertAsksAgain(begin(ACT, flag(3)));
  }

  @Test
  void asks_again_when_the_act_is_another_action_than_was_approved() {
    assertAsksAgain(new BeginStep(SYSTEM, ACT, INPUT, OTHER_ACTION, flag(2)));
  }

  @Test
  void is_denied_at_the_act_whatever_was_approved() {
    Outcome outcome =
        RunDecider.decide(
            Evolution.replay(approvedSpine()),
            begin(ACT, deny()),
            facts(Evolution.replay(approvedSpine()), NOW));

    assertThat(((Outcome.Accepted) outcome).events())
        .contains(new StepDenied(NOW, "fedcore", ACT, 1, "because of DENY"))
        .noneMatch(StepStarted.class::isInstance);
  }

  private void assertAsksAgain(BeginStep command) {
    RunState state = Evolution.replay(approvedSpine());
    Outcome outcome = RunDecider.decide(state, command, facts(state, NOW));

    assertThat(((Outcome.Accepted) outcome).events())
        .anyMatch(RunEvent.GateRequested.class::isInstance)
        .noneMatch(StepStarted.class::isInstance);
  }

  private List<RunEvent> approvedSpine() {
    return after(
        creation(SPINE),
        start(),
        begin(LOOK, allow()),
        done(LOOK),
        begin(ASK, flag(2)),
        done(ASK),
        begin(WAIT, flag(2)),
        approve(BEN),
        begin(WAIT, flag(2)),
        done(WAIT));
  }

  private static RunEvent decided(StepId step, int attempt, PolicyDecision decision) {
    return new StepDecided(NOW, "fedcore", step, attempt, INPUT, ACTION, decision);
  }

  private static RunEvent started(StepId step, int attempt) {
    return new StepStarted(NOW, "fedcore", step, attempt, Optional.empty());
  }
}
