package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.Request.AskGate;
import dev.fedcore.engine.Request.MoveTo;
import dev.fedcore.engine.Request.ReportStep;
import dev.fedcore.engine.Request.ReportStep.Kind;
import dev.fedcore.engine.Request.ReportedAction;
import dev.fedcore.engine.Request.ReportedError;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.workflow.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs whose steps a worker carries out and reports.
class ExternalRunTest {

  @Nested
  class A_worker {

    @Test
    void reports_each_step_and_the_end() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, report(1, Kind.RUNNING));
        rig.ask(ANN, run, report(1, Kind.COMPLETED));
        for (int step = 2; step <= 5; step++) {
          assertThat(rig.ask(ANN, run, report(step, Kind.COMPLETED))).isInstanceOf(Done.class);
        }

        assertThat(rig.status(run)).isEqualTo(RunStatus.RUNNING);
        assertThat(rig.done(ANN, run, new Request.Complete())).isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run)).filteredOn(e -> e.startsWith("FC-POLICY-001")).hasSize(5);
        assertThat(last(rig, run)).contains("unreported_steps=JsonArray[items=[]]");
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void who_leaves_steps_out_has_them_named_on_the_workflow_receipt() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, report(1, Kind.COMPLETED));
        rig.ask(ANN, run, report(2, Kind.SKIPPED));

        rig.done(ANN, run, new Request.Complete());

        assertThat(rig.story(run)).contains("FC-STEP-005 step_2");
        assertThat(last(rig, run)).containsPattern("unreported_steps=.*step_3.*step_4.*step_5");
      }
    }

    @Test
    void is_refused_a_step_out_of_order() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");

        assertThat(rig.refused(ANN, run, report(3, Kind.RUNNING)))
            .isEqualTo(new Refusal.WrongStep(step(1), step(3)));
        assertThat(rig.refused(ANN, run, report(9, Kind.COMPLETED)))
            .isEqualTo(new Refusal.UnknownStep(step(9)));
      }
    }

    @Test
    void who_is_denied_a_step_ends_there() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "deny@step_2");
        rig.ask(ANN, run, report(1, Kind.COMPLETED));

        assertThat(rig.done(ANN, run, report(2, Kind.COMPLETED))).isEqualTo(RunStatus.FAILED);

        assertThat(rig.story(run)).contains("FC-STEP-004 step_2");
        assertThat(rig.refused(ANN, run, report(2, Kind.COMPLETED)))
            .isInstanceOf(Refusal.WrongState.class);
      }
    }

    @Test
    void who_is_flagged_waits_for_people_and_reports_again() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "flag@step_1");

        assertThat(rig.done(ANN, run, report(1, Kind.RUNNING))).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.refused(ANN, run, report(1, Kind.COMPLETED)))
            .isInstanceOf(Refusal.WaitsForGate.class);
        rig.ask(BEN, run, GateTest.approve(rig, run));
        assertThat(rig.ask(ANN, run, report(1, Kind.RUNNING))).isInstanceOf(Done.class);
        assertThat(rig.ask(ANN, run, report(1, Kind.COMPLETED))).isInstanceOf(Done.class);

        assertThat(rig.story(run)).containsSubsequence("FC-GATE-002 step_1", "FC-STEP-002 step_1");
      }
    }

    @Test
    void who_says_what_it_is_about_to_do_is_decided_by_that() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        var action =
            new ReportedAction("robot", "arm", JsonObject.builder().put("policy", "deny").build());

        rig.done(ANN, run, report(1, Kind.RUNNING, Optional.of(action), Optional.empty()));

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.view(run).toString()).contains("robot");
      }
    }

    @Test
    void who_fails_at_a_step_may_try_it_again() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        var error = Optional.of(new ReportedError("broken", "the tool broke"));

        rig.done(ANN, run, report(1, Kind.FAILED, Optional.empty(), error));
        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.view(run).toString()).contains("broken", "the tool broke");

        assertThat(rig.ask(ANN, run, new Request.Retry(Optional.empty()))).isInstanceOf(Done.class);
        assertThat(rig.ask(ANN, run, report(1, Kind.COMPLETED))).isInstanceOf(Done.class);
      }
    }

    @Test
    void gives_up() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, report(1, Kind.RUNNING));

        assertThat(rig.done(ANN, run, new Request.Fail("no more power")))
            .isEqualTo(RunStatus.FAILED);
        assertThat(rig.refused(ANN, run, report(1, Kind.COMPLETED)))
            .isInstanceOf(Refusal.WrongState.class);
      }
    }

    @Test
    void does_not_complete_a_run_with_a_step_at_work() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, report(1, Kind.RUNNING));

        assertThat(rig.refused(ANN, run, new Request.Complete()))
            .isEqualTo(new Refusal.StepsOpen(step(1)));
      }
    }
  }

  @Nested
  class A_gate_that_a_worker_asks_for {

    @Test
    void is_answered_by_people_and_the_run_goes_on() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");

        assertThat(rig.done(ANN, run, gate(1))).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.refused(ANN, run, GateTest.approve(rig, run)))
            .isInstanceOf(Refusal.SeparationOfDuties.class);
        rig.ask(BEN, run, GateTest.approve(rig, run));

        assertThat(rig.status(run)).isEqualTo(RunStatus.RUNNING);
      }
    }

    @Test
    void fails_the_run_when_it_is_rejected_while_the_step_is_at_work() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, report(1, Kind.RUNNING));
        rig.ask(ANN, run, gate(1));

        var no = GateTest.vote(rig, run, Choice.REJECT, Optional.of("no"), Optional.empty());
        assertThat(rig.done(BEN, run, no)).isEqualTo(RunStatus.FAILED);

        assertThat(rig.story(run)).contains("FC-STEP-004 step_1");
      }
    }

    @Test
    void expires_like_any_other() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");
        rig.ask(ANN, run, gate(1));

        rig.advance(Duration.ofMinutes(11));
        rig.service().expireGates();

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      }
    }
  }

  @Nested
  class Moving_a_run_to_a_status {

    @Test
    void chooses_the_request_that_leads_there() {
      try (var rig = EngineRig.started()) {
        RunId run = created(rig, "allow");

        assertThat(move(rig, run, RunStatus.RUNNING)).isEqualTo(RunStatus.RUNNING);
        assertThat(move(rig, run, RunStatus.PAUSED)).isEqualTo(RunStatus.PAUSED);
        assertThat(move(rig, run, RunStatus.RUNNING)).isEqualTo(RunStatus.RUNNING);
        assertThat(move(rig, run, RunStatus.COMPLETED)).isEqualTo(RunStatus.COMPLETED);
        assertThat(move(rig, external(rig, "allow"), RunStatus.FAILED)).isEqualTo(RunStatus.FAILED);
        assertThat(move(rig, external(rig, "allow"), RunStatus.CANCELLED))
            .isEqualTo(RunStatus.CANCELLED);
      }
    }

    @Test
    void never_leads_back_to_the_beginning() {
      try (var rig = EngineRig.started()) {
        RunId run = external(rig, "allow");

        assertThatThrownBy(() -> rig.ask(ANN, run, new MoveTo(RunStatus.PENDING, "")))
            .isInstanceOfSatisfying(
                MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo("/status"));
      }
    }

    @Test
    void does_not_end_a_managed_run() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        assertThat(rig.refused(ANN, run, new MoveTo(RunStatus.FAILED, "")))
            .isInstanceOf(Refusal.ManagedRun.class);
        assertThat(rig.refused(ANN, run, report(1, Kind.COMPLETED)))
            .isInstanceOf(Refusal.ManagedRun.class);
      }
    }

    private static RunStatus move(EngineRig rig, RunId run, RunStatus to) {
      assertThat(rig.ask(ANN, run, new MoveTo(to, "moved"))).isInstanceOf(Done.class);
      return rig.status(run);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.9S", "PT0S", "-PT1M", "PT721H"})
  void no_run_is_wanted_whose_gates_wait_for_no_time_or_for_ever(String timeout) {
    var wait = Optional.of(Duration.parse(timeout));

    assertThatIllegalArgumentException().isThrownBy(() -> wanted("allow", wait));
  }

  @Test
  void gates_of_a_run_wait_no_longer_than_whole_seconds_that_it_asked_for() {
    try (var rig = EngineRig.started()) {
      NewRun wanted = wanted("flag@step_1", Optional.of(Duration.ofMillis(1_900)));
      RunId run = EngineRig.id(rig.service().create(ANN, wanted, Optional.empty()));
      rig.ask(ANN, run, new Request.Start());
      rig.ask(ANN, run, report(1, Kind.RUNNING));

      assertThat(rig.gateRow(run).expiresAt()).isEqualTo(EngineRig.NOON.plusSeconds(1));
    }
  }

  static RunId external(EngineRig rig, String rules) {
    RunId run = created(rig, rules);
    assertThat(rig.ask(ANN, run, new Request.Start())).isInstanceOf(Done.class);
    return run;
  }

  private static RunId created(EngineRig rig, String rules) {
    NewRun wanted = wanted(rules, Optional.of(Duration.ofMinutes(30)));
    return EngineRig.id(rig.service().create(ANN, wanted, Optional.empty()));
  }

  private static NewRun wanted(String rules, Optional<Duration> gateTimeout) {
    NewRun spine =
        EngineRig.wanted(SPINE, JsonObject.builder().put("policy", rules).build(), false);
    return new NewRun(
        spine.workflowId(),
        spine.workflowVersion(),
        spine.input(),
        spine.metadata(),
        spine.tags(),
        spine.parent(),
        Optional.of(Execution.EXTERNAL),
        false,
        gateTimeout,
        spine.correlationId());
  }

  static Request report(int step, Kind kind) {
    return report(step, kind, Optional.empty(), Optional.empty());
  }

  private static Request report(
      int step, Kind kind, Optional<ReportedAction> action, Optional<ReportedError> error) {
    return new ReportStep(
        step(step),
        kind,
        JsonObject.builder().put("in", 1).build(),
        JsonObject.builder().put("out", 1).build(),
        action,
        Optional.empty(),
        error,
        "reported");
  }

  static Request gate(int step) {
    return new AskGate(
        Optional.of(step(step)),
        "manual",
        "check it",
        "somebody should look",
        List.of(),
        Duration.ofMinutes(10),
        1);
  }

  private static StepId step(int number) {
    return new StepId("step_" + number);
  }

  private static String last(EngineRig rig, RunId run) {
    return rig.receipts(run).getLast().toString();
  }
}
