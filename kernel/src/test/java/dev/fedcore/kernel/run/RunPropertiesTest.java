package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ACTION;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.ASK;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.CARL;
import static dev.fedcore.kernel.run.Example.HOUR;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.LOOK;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.OTHER_ACTION;
import static dev.fedcore.kernel.run.Example.REPORTED;
import static dev.fedcore.kernel.run.Example.SPINE;
import static dev.fedcore.kernel.run.Example.SUM;
import static dev.fedcore.kernel.run.Example.SYSTEM;
import static dev.fedcore.kernel.run.Example.WAIT;
import static dev.fedcore.kernel.run.Example.WORKER;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.deny;
import static dev.fedcore.kernel.run.Example.facts;
import static dev.fedcore.kernel.run.Example.failed;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.gate;
import static dev.fedcore.kernel.run.Example.lost;
import static dev.fedcore.kernel.run.Example.requestGate;
import static dev.fedcore.kernel.run.Example.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.Outcome.Accepted;
import dev.fedcore.kernel.run.Outcome.Refused;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import dev.fedcore.kernel.run.RunCommand.FailRun;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.ResumeRun;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import dev.fedcore.kernel.run.RunEvent.GateOverridden;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.StatusChanged;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepRetried;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import dev.fedcore.testing.ForAll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every sequence of commands, however odd: each is tried in whatever state the run
/// is in, at whatever time.
class RunPropertiesTest {

  private static final int SEEDS = 1_500;
  private static final int LENGTH_MAX = 60;

  private static final ApprovalRequirement OVERRIDABLE =
      new ApprovalRequirement(
          1, Set.of(Role.APPROVER), Set.of(), HOUR, false, SelfApproval.WITH_OVERRIDE);

  private static final ApprovalRequirement TWO =
      new ApprovalRequirement(
          2, Set.of(Role.APPROVER), Set.of(), HOUR, false, SelfApproval.REFUSED);

  /// A command, and when it is given. Most are the next thing that would happen, so that sequences
  /// get somewhere; the others are anything at all.
  private record Asked(Instant now, boolean isFitting, RunCommand anything, long choice) {}

  /// One accepted command.
  private record Step(RunState before, RunCommand command, List<RunEvent> events, RunState after) {}

  @Test
  void the_sequences_reach_every_ending_and_every_pause() {
    var seen = new HashSet<String>();
    forAll(steps -> {
      for (Step step : steps) {
        seen.add(step.after().getClass().getSimpleName());
        step.events().forEach(event -> seen.add(event.getClass().getSimpleName()));
        if (step.after() instanceof RunState.Ended ended) {
          seen.add("Ended " + ended.outcome());
        }
      }
    });

    assertThat(seen)
        .contains("Ended COMPLETED", "Ended FAILED", "Ended CANCELLED", "Cancelling")
        .contains("GateOverridden", "GateVoted", "StepRetried", "StepSettled", "StepDenied")
        .contains("HoldLifted", "RunHeld", "StepSkipped");
  }

  @Test
  void nothing_moves_a_run_that_has_completed_or_was_cancelled() {
    forAll(steps -> {
      for (Step step : steps) {
        if (step.before() instanceof RunState.Ended ended
            && !(step.command() instanceof RetryStep && ended.outcome() == RunStatus.FAILED)) {
          assertThat(step.command()).isInstanceOf(SettleStep.class);
          assertThat(RunState.status(step.after())).isEqualTo(ended.outcome());
        }
      }
    });
  }

  @Test
  void the_history_replayed_is_the_state() {
    forAll(steps -> {
      var history = new ArrayList<RunEvent>();
      for (Step step : steps) {
        history.addAll(step.events());
        assertThat(Evolution.replay(history)).isEqualTo(step.after());
      }
    });
  }

  @Test
  void a_command_is_accepted_with_at_least_one_event_and_at_one_time_by_one_actor() {
    forAll(steps -> {
      for (Step step : steps) {
        assertThat(step.events()).isNotEmpty();
        assertThat(step.events().stream().map(RunEvent::at).distinct()).hasSize(1);
        assertThat(step.events())
            .allSatisfy(e -> assertThat(e.by()).isEqualTo(step.command().by().actor()));
      }
    });
  }

  @Test
  void nobody_approves_their_own_request_without_an_override() {
    forAllHistories(history -> {
      Map<GateId, String> requesters = new HashMap<>();
      Set<GateId> overridden = new HashSet<>();
      for (RunEvent event : history) {
        switch (event) {
          case GateRequested asked ->
              requesters.put(asked.request().id(), asked.request().requestedBy());
          case GateOverridden override -> overridden.add(override.gate());
          case GateResolved resolved when resolved.status() == GateStatus.APPROVED -> {
            Vote vote = resolved.vote().orElseThrow();
            if (vote.by().equals(requesters.get(resolved.gate()))) {
              assertThat(vote.override()).isPresent();
              assertThat(overridden).contains(resolved.gate());
            }
          }
          default -> {}
        }
      }
    });
  }

  @Test
  void an_act_starts_on_a_flag_only_with_an_approval_of_this_action_at_this_tier() {
    forAll(steps -> {
      for (Step step : steps) {
        if (step.command() instanceof BeginStep begin
            && begin.decision().verdict() == Verdict.FLAG
            && begin.step().equals(ACT)) {
          starts(step).forEach(started -> assertReleased(step, begin, started));
        }
      }
    });
  }

  @Test
  void a_gate_is_used_up_at_most_once() {
    forAllHistories(history ->
        assertThat(
                history.stream()
                    .filter(StepStarted.class::isInstance)
                    .flatMap(event -> ((StepStarted) event).gate().stream()))
            .doesNotHaveDuplicates());
  }

  @Test
  void a_gate_is_resolved_at_most_once_and_after_it_was_opened() {
    forAllHistories(history -> {
      var open = new HashSet<GateId>();
      for (RunEvent event : history) {
        if (event instanceof GateRequested asked) {
          assertThat(open.add(asked.request().id())).isTrue();
        } else if (event instanceof GateResolved resolved) {
          assertThat(open.remove(resolved.gate())).isTrue();
        }
      }
    });
  }

  @Test
  void no_step_starts_after_a_denial() {
    forAllHistories(history -> {
      boolean denied = false;
      for (RunEvent event : history) {
        assertThat(denied && event instanceof StepStarted).isFalse();
        denied |= event instanceof StepDenied;
      }
    });
  }

  @Test
  void a_decision_to_deny_is_the_last_one() {
    forAllHistories(history -> {
      boolean denied = false;
      for (RunEvent event : history) {
        if (event instanceof StepDecided decided) {
          assertThat(denied).isFalse();
          denied = decided.decision().verdict() == Verdict.DENY;
        }
      }
    });
  }

  @Test
  void no_step_starts_that_was_not_decided_in_the_same_breath() {
    forAll(steps -> {
      for (Step step : steps) {
        if (!starts(step).isEmpty()) {
          assertThat(step.events()).hasSize(2).first().isInstanceOf(StepDecided.class);
        }
      }
    });
  }

  @Test
  void attempts_grow_by_one() {
    forAllHistories(history -> {
      Map<StepId, Integer> attempts = new HashMap<>();
      for (RunEvent event : history) {
        if (event instanceof StepRetried retried) {
          assertThat(retried.attempt())
              .isEqualTo(attempts.merge(retried.step(), 2, (old, _) -> old + 1));
        } else if (event instanceof StepStarted started) {
          assertThat(started.attempt()).isEqualTo(attempts.getOrDefault(started.step(), 1));
        }
      }
    });
  }

  @Test
  void an_attempt_starts_at_most_once() {
    forAllHistories(history ->
        assertThat(
                history.stream()
                    .filter(StepStarted.class::isInstance)
                    .map(StepStarted.class::cast)
                    .map(started -> started.step() + "/" + started.attempt()))
            .doesNotHaveDuplicates());
  }

  @Test
  void each_status_begins_where_the_one_before_ended() {
    forAllHistories(history -> {
      RunStatus status = RunStatus.PENDING;
      for (RunEvent event : history) {
        if (event instanceof StatusChanged changed) {
          assertThat(changed.from()).isEqualTo(status);
          assertThat(changed.to()).isNotEqualTo(status);
          status = changed.to();
        }
      }
    });
  }

  @Test
  void a_run_that_is_over_has_said_so_once_for_each_time_it_ended() {
    forAll(steps -> {
      for (Step step : steps) {
        boolean isOver = step.after() instanceof RunState.Ended;
        assertThat(step.events().stream().filter(RunEnded.class::isInstance))
            .hasSize(isOver ? 1 : 0);
      }
    });
  }

  @Test
  void gates_are_open_only_while_the_run_is_paused_for_them() {
    forAll(steps -> {
      for (Step step : steps) {
        int open = RunState.course(step.after()).openGates().size();
        boolean isGated =
            step.after() instanceof RunState.Paused paused
                && paused.causes().contains(RunState.PauseCause.GATE);
        assertThat(open).isEqualTo(isGated ? 1 : 0);
      }
    });
  }

  @Test
  void a_run_is_paused_for_a_reason() {
    forAll(steps -> {
      for (Step step : steps) {
        if (step.after() instanceof RunState.Paused paused) {
          assertThat(paused.causes()).isNotEmpty();
        }
      }
    });
  }

  @Test
  void a_completed_managed_run_has_all_its_steps_completed() {
    forAll(steps -> {
      for (Step step : steps) {
        if (step.after() instanceof RunState.Ended(Course course, RunStatus outcome)
            && outcome == RunStatus.COMPLETED
            && course.plan().execution().isManaged()) {
          assertThat(course.steps())
              .allSatisfy(s -> assertThat(s.status()).isEqualTo(StepStatus.COMPLETED));
        }
      }
    });
  }

  private static void assertReleased(Step step, BeginStep begin, StepStarted started) {
    Gate gate = RunState.course(step.before()).gates().get(started.gate().orElseThrow());
    assertThat(gate)
        .isNotNull()
        .satisfies(g -> {
          assertThat(g.status()).isEqualTo(GateStatus.APPROVED);
          assertThat(g.byPolicy()).isTrue();
          assertThat(g.request().action()).isEqualTo(begin.action().hash());
          assertThat(g.request().tier()).isGreaterThanOrEqualTo(begin.decision().tier());
        });
  }

  private static List<StepStarted> starts(Step step) {
    return step.events().stream()
        .filter(StepStarted.class::isInstance)
        .map(StepStarted.class::cast)
        .toList();
  }

  private static void forAllHistories(Consumer<List<RunEvent>> property) {
    forAll(
        steps -> property.accept(steps.stream().flatMap(step -> step.events().stream()).toList()));
  }

  private static void forAll(Consumer<List<Step>> property) {
    ForAll.listsOf(RunPropertiesTest::any, LENGTH_MAX)
        .seeds(SEEDS, sequence -> property.accept(stepsOf(sequence)));
  }

  private static List<Step> stepsOf(List<Asked> sequence) {
    var steps = new ArrayList<Step>();
    RunState state = RunDecider.initial();
    for (Asked asked : sequence) {
      RunCommand command = asked.isFitting() ? fitting(state, asked) : asked.anything();
      switch (RunDecider.decide(state, command, facts(state, asked.now()))) {
        case Accepted(var events) -> {
          RunState after = events.stream().reduce(state, Evolution::evolve, (a, _) -> a);
          steps.add(new Step(state, command, events, after));
          state = after;
        }
        case Refused _ -> {}
      }
    }
    return steps;
  }

  private static Asked any(RandomGenerator random) {
    Instant now = random.nextInt(20) == 0 ? NOW.plus(HOUR) : NOW;
    return new Asked(now, random.nextInt(3) > 0, anyCommand(random), random.nextLong());
  }

  /// What would likely come next.
  private static RunCommand fitting(RunState state, Asked asked) {
    return switch (state) {
      case RunState.New _ -> creation(asked.choice() % 3 == 0 ? REPORTED : SPINE);
      case RunState.Pending _ -> new StartRun(ANN);
      case RunState.Running(Course course) -> next(course, asked);
      case RunState.Paused(Course course, var causes) ->
          causes.contains(RunState.PauseCause.GATE)
              ? voteOn(course.openGates().getFirst().request().id(), asked)
              : asked.anything();
      case RunState.Cancelling(Course course) -> finishing(course, asked);
      case RunState.Ended(Course course, _) ->
          new RetryStep(ANN, course.current().map(s -> s.step().id()).orElse(ACT));
    };
  }

  private static RunCommand next(Course course, Asked asked) {
    if (course.isThrough()) {
      return new CompleteRun(WORKER);
    }
    return course.isAtWork() ? finishing(course, asked) : beginning(course, asked);
  }

  private static RunCommand beginning(Course course, Asked asked) {
    StepId step = course.current().orElseThrow().step().id();
    PolicyDecision decision =
        switch ((int) Math.floorMod(asked.choice(), 12L)) {
          case 0 -> deny();
          case 1, 2, 3 -> flag(1);
          case 4 -> flag(2);
          case 5 -> flag(2, OVERRIDABLE);
          case 6 -> flag(2, TWO);
          default -> allow();
        };
    return new BeginStep(SYSTEM, step, INPUT, ACTION, decision);
  }

  private static RunCommand finishing(Course course, Asked asked) {
    StepRecord step = course.current().orElseThrow();
    StepResult result =
        switch ((int) Math.floorMod(asked.choice(), 6L)) {
          case 0 -> failed();
          case 1 -> lost();
          default -> succeeded();
        };
    return new FinishStep(SYSTEM, step.step().id(), step.attempt(), result);
  }

  private static RunCommand voteOn(GateId gate, Asked asked) {
    Principal by =
        switch ((int) Math.floorMod(asked.choice(), 3L)) {
          case 0 -> ANN;
          case 1 -> BEN;
          default -> CARL;
        };
    return new CastVote(
        by,
        gate,
        asked.choice() % 7 == 0 ? Vote.Choice.REJECT : Vote.Choice.APPROVE,
        Optional.empty(),
        asked.choice() % 2 == 0 ? Optional.of("nobody else is in") : Optional.empty());
  }

  private static RunCommand anyCommand(RandomGenerator random) {
    Principal by = ForAll.oneOf(random, ANN, BEN, CARL, WORKER);
    StepId step = ForAll.oneOf(random, LOOK, ASK, WAIT, ACT, SUM);
    GateId gate = gate(1 + random.nextInt(3));
    StepResult result = ForAll.oneOf(random, succeeded(), failed(), lost());
    PolicyDecision decision = ForAll.oneOf(random, allow(), flag(0), flag(2), flag(3), deny());
    ActionBinding action = ForAll.oneOf(random, ACTION, ACTION, OTHER_ACTION);
    return switch (random.nextInt(16)) {
      case 0 -> creation(SPINE);
      case 1 -> new StartRun(by);
      case 2, 3 -> new PauseRun(by, "lunch");
      case 4, 5 -> new ResumeRun(by);
      case 6 -> random.nextInt(4) == 0 ? new CancelRun(by, "stop") : new ResumeRun(by);
      case 7 -> new RetryStep(by, step);
      case 8 -> new BeginStep(by, step, INPUT, action, decision);
      case 9 -> new FinishStep(by, step, 1 + random.nextInt(2), result);
      case 10 -> new SkipStep(by, step, "nothing to do");
      case 11 -> new SettleStep(by, step, result, "seen");
      case 12 -> requestGate(step);
      case 13 ->
          new CastVote(by, gate, Vote.Choice.APPROVE, Optional.empty(), Optional.of("must be"));
      case 14 -> new ExpireGate(SYSTEM, gate);
      default -> random.nextInt(3) == 0 ? new FailRun(by, "no network") : new CompleteRun(by);
    };
  }
}
