package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ACTION;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.CARL;
import static dev.fedcore.kernel.run.Example.EVE;
import static dev.fedcore.kernel.run.Example.GATE;
import static dev.fedcore.kernel.run.Example.HOUR;
import static dev.fedcore.kernel.run.Example.INPUT;
import static dev.fedcore.kernel.run.Example.NOW;
import static dev.fedcore.kernel.run.Example.NOWHERE;
import static dev.fedcore.kernel.run.Example.ONE_ACT;
import static dev.fedcore.kernel.run.Example.ONE_APPROVER;
import static dev.fedcore.kernel.run.Example.REPORTED;
import static dev.fedcore.kernel.run.Example.RUN;
import static dev.fedcore.kernel.run.Example.SECOND_GATE;
import static dev.fedcore.kernel.run.Example.SYSTEM;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.approve;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.changed;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.facts;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.gate;
import static dev.fedcore.kernel.run.Example.reject;
import static dev.fedcore.kernel.run.Example.requestGate;
import static dev.fedcore.kernel.run.Example.runAt;
import static dev.fedcore.kernel.run.Example.start;
import static dev.fedcore.kernel.run.Outcome.accepted;
import static dev.fedcore.kernel.run.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.GovernedInput;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.run.Outcome.Accepted;
import dev.fedcore.kernel.run.Refusal.CommentMissing;
import dev.fedcore.kernel.run.Refusal.GateExpired;
import dev.fedcore.kernel.run.Refusal.GateNotExpired;
import dev.fedcore.kernel.run.Refusal.GateResolvedAlready;
import dev.fedcore.kernel.run.Refusal.ManagedRun;
import dev.fedcore.kernel.run.Refusal.NotAnApprover;
import dev.fedcore.kernel.run.Refusal.SeparationOfDuties;
import dev.fedcore.kernel.run.Refusal.UnknownGate;
import dev.fedcore.kernel.run.Refusal.UnknownStep;
import dev.fedcore.kernel.run.Refusal.VotedAlready;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CastVote;
import dev.fedcore.kernel.run.RunCommand.CreateRun;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunEvent.GateOverridden;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.GateResumed;
import dev.fedcore.kernel.run.RunEvent.GateVoted;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// How a gate opens, is answered, expires, and moves its run.
class GateRulesTest {

  private static final ExpireGate EXPIRE = new ExpireGate(SYSTEM, GATE);
  private static final ApprovalRequirement TWO_APPROVERS =
      new ApprovalRequirement(
          2, Set.of(Role.APPROVER), Set.of(), HOUR, false, SelfApproval.REFUSED);
  private static final ApprovalRequirement OVERRIDABLE =
      new ApprovalRequirement(
          1, Set.of(Role.APPROVER), Set.of(), HOUR, false, SelfApproval.WITH_OVERRIDE);

  private final List<RunEvent> waiting = waitingFor(ONE_APPROVER);

  @Nested
  class A_flag {

    @Test
    void opens_a_gate_bound_to_the_action_and_pauses_the_run() {
      RUN.givenAll(after(creation(ONE_ACT), start()))
          .when(begin(ACT, flag(2)))
          .then(
              accepted(
                  new StepDecided(NOW, "fedcore", ACT, 1, INPUT, ACTION, flag(2)),
                  new GateRequested(
                      NOW,
                      "fedcore",
                      new GateRequest(
                          GATE,
                          ACT,
                          ACTION.hash(),
                          2,
                          "human_approval",
                          "approve task",
                          "because of FLAG",
                          "ann",
                          ONE_APPROVER,
                          NOW.plus(HOUR)),
                      Optional.of(flag(2))),
                  changed(
                      "fedcore",
                      RunStatus.RUNNING,
                      RunStatus.PAUSED,
                      StatusCause.GATE_OPENED,
                      "because of FLAG")));
    }

    @Test
    void waits_no_longer_than_the_requester_wants() {
      var limited = new CreateRun(ANN, ONE_ACT, INPUT, Optional.of(Duration.ofMinutes(5)));

      assertThat(request(after(limited, start(), begin(ACT, flag(2)))).expiresAt())
          .isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void waits_no_longer_than_policy_says_whatever_the_requester_wants() {
      var limited = new CreateRun(ANN, ONE_ACT, INPUT, Optional.of(Duration.ofDays(5)));

      assertThat(request(after(limited, start(), begin(ACT, flag(2)))).expiresAt())
          .isEqualTo(NOW.plus(HOUR));
    }
  }

  @Nested
  class An_approval {

    @Test
    void lets_the_run_go_on() {
      RUN.givenAll(waiting)
          .when(approve(BEN))
          .then(accepted(resolved(GateStatus.APPROVED, vote("ben")), goesOn()));
    }

    @Test
    void is_decided_again_and_used_up_by_the_start() {
      RUN.givenAll(approved())
          .when(begin(ACT, flag(2)))
          .then(
              accepted(
                  new StepDecided(NOW, "fedcore", ACT, 1, INPUT, ACTION, flag(2)),
                  new StepStarted(NOW, "fedcore", ACT, 1, Optional.of(GATE))));
    }

    @Test
    void covers_a_lower_tier_and_an_allowance() {
      assertStarts(approved(), begin(ACT, flag(1)));
      assertStarts(approved(), begin(ACT, allow()));
    }

    @Test
    void leaves_the_run_paused_while_an_operator_holds_it() {
      RUN.givenAll(
              after(creation(ONE_ACT), start(), begin(ACT, flag(2)), new PauseRun(ANN, "lunch")))
          .when(approve(BEN))
          .then(accepted(resolved(GateStatus.APPROVED, vote("ben"))));
    }

    @Test
    void of_a_quorum_counts_distinct_people() {
      var two = waitingFor(TWO_APPROVERS);
      RUN.givenAll(two)
          .when(approve(BEN))
          .then(accepted(new GateVoted(NOW, "ben", GATE, vote("ben"))));

      var one = after(creation(ONE_ACT), start(), begin(ACT, flag(2, TWO_APPROVERS)), approve(BEN));
      RUN.givenAll(one).when(approve(BEN)).then(refused(new VotedAlready(GATE, "ben")));
      RUN.givenAll(one)
          .when(approve(CARL))
          .then(
              accepted(
                  resolvedBy("carl", GateStatus.APPROVED, vote("carl")),
                  changed(
                      "carl", RunStatus.PAUSED, RunStatus.RUNNING, StatusCause.GATE_APPROVED, "")));
    }

    @Test
    void comes_once() {
      RUN.givenAll(approved())
          .when(approve(CARL))
          .then(refused(new GateResolvedAlready(GATE, GateStatus.APPROVED, "ben")));
    }
  }

  @Nested
  class The_requester {

    @Test
    void does_not_approve() {
      RUN.givenAll(waiting)
          .when(approve(ANN))
          .then(refused(new SeparationOfDuties(GATE, "ann", false)));
      RUN.givenAll(waiting)
          .when(overriding("I know"))
          .then(refused(new SeparationOfDuties(GATE, "ann", false)));
    }

    @Test
    void hears_when_a_reason_would_do() {
      RUN.givenAll(waitingFor(OVERRIDABLE))
          .when(approve(ANN))
          .then(refused(new SeparationOfDuties(GATE, "ann", true)));
    }

    @Test
    void overrides_with_a_reason_which_is_an_entry_of_its_own() {
      var vote =
          new Vote(NOW, "ann", Vote.Choice.APPROVE, Optional.empty(), Optional.of("nobody is in"));

      RUN.givenAll(waitingFor(OVERRIDABLE))
          .when(overriding("nobody is in"))
          .then(
              accepted(
                  new GateOverridden(NOW, "ann", GATE, "nobody is in"),
                  resolvedBy("ann", GateStatus.APPROVED, vote),
                  changed(
                      "ann", RunStatus.PAUSED, RunStatus.RUNNING, StatusCause.GATE_APPROVED, "")));
    }

    @Test
    void may_withdraw() {
      RUN.givenAll(waiting).when(reject(ANN, "mistake")).then(rejection("ann", "mistake"));
    }
  }

  @Nested
  class An_answer_with_an_input {

    @Test
    void is_preceded_by_the_input_and_leaves_none_when_refused() {
      var input = new GovernedInput(INPUT, Optional.of("receipt-7"));
      var choice = Vote.Choice.APPROVE;

      RUN.givenAll(waiting)
          .when(
              new CastVote(
                  BEN, GATE, choice, Optional.empty(), Optional.empty(), Optional.of(input)))
          .then(
              accepted(
                  new GateResumed(NOW, "ben", GATE, choice, input),
                  resolved(GateStatus.APPROVED, vote("ben")),
                  goesOn()));
      RUN.givenAll(waiting)
          .when(
              new CastVote(
                  EVE, GATE, choice, Optional.empty(), Optional.empty(), Optional.of(input)))
          .then(refused(new NotAnApprover(GATE, "eve")));
    }
  }

  @Nested
  class A_rejection {

    @Test
    void denies_the_step_and_fails_the_run() {
      RUN.givenAll(waiting).when(reject(BEN, "too dear")).then(rejection("ben", "too dear"));
    }

    @Test
    void by_one_ends_a_gate_of_two() {
      var one = after(creation(ONE_ACT), start(), begin(ACT, flag(2, TWO_APPROVERS)), approve(BEN));

      RUN.givenAll(one).when(reject(CARL, "no")).then(rejection("carl", "no"));
    }

    @Test
    void needs_no_words() {
      var silent = new CastVote(BEN, GATE, Vote.Choice.REJECT, Optional.empty(), Optional.empty());

      Outcome outcome =
          RunDecider.decide(Evolution.replay(waiting), silent, new Facts(NOW, SECOND_GATE));

      assertThat(((Accepted) outcome).events())
          .contains(new StepDenied(NOW, "ben", ACT, 1, "rejected by ben"));
    }
  }

  @Nested
  class Somebody_who_may_not_vote {

    @Test
    void is_told_so_and_the_gate_stays_open() {
      RUN.givenAll(waiting).when(approve(EVE)).then(refused(new NotAnApprover(GATE, "eve")));
    }

    @Test
    void hears_that_a_comment_is_missing() {
      var wordy = new ApprovalRequirement(1, Set.of(), Set.of(), HOUR, true, SelfApproval.REFUSED);

      RUN.givenAll(waitingFor(wordy)).when(approve(BEN)).then(refused(new CommentMissing(GATE)));
    }

    @Test
    void hears_that_there_is_no_such_gate() {
      RUN.givenAll(after(creation(ONE_ACT), start()))
          .when(approve(BEN))
          .then(refused(new UnknownGate(GATE)));
      RUN.givenAll(waiting).when(voteOn(gate(9))).then(refused(new UnknownGate(gate(9))));
      RUN.givenAll(after(creation(ONE_ACT)))
          .when(approve(BEN))
          .then(refused(new UnknownGate(GATE)));
    }
  }

  @Nested
  class Expiry {

    @Test
    void comes_at_the_very_instant_and_not_before() {
      runAt(NOW.plus(HOUR).minusNanos(1_000))
          .givenAll(waiting)
          .when(EXPIRE)
          .then(refused(new GateNotExpired(GATE, NOW.plus(HOUR))));

      assertThat(expired(waiting))
          .startsWith(
              new GateResolved(
                  NOW.plus(HOUR),
                  "fedcore",
                  GATE,
                  GateStatus.EXPIRED,
                  Optional.empty(),
                  Optional.of("nobody answered until 2026-01-01T11:00:00Z")))
          .last()
          .isInstanceOfSatisfying(
              RunEnded.class, end -> assertThat(end.outcome()).isEqualTo(RunStatus.FAILED));
    }

    @Test
    void is_the_last_instant_nobody_can_vote_in() {
      runAt(NOW.plus(HOUR))
          .givenAll(waiting)
          .when(approve(BEN))
          .then(refused(new GateExpired(GATE, NOW.plus(HOUR))));
      assertThat(
              RunDecider.decide(
                  Evolution.replay(waiting),
                  approve(BEN),
                  new Facts(NOW.plus(HOUR).minusNanos(1_000), SECOND_GATE)))
          .isInstanceOf(Accepted.class);
    }

    @Test
    void runs_on_while_an_operator_holds_the_run() {
      var held = after(creation(ONE_ACT), start(), begin(ACT, flag(2)), new PauseRun(ANN, "lunch"));

      assertThat(expired(held)).anyMatch(StepDenied.class::isInstance);
    }

    @Test
    void after_an_answer_changes_nothing() {
      runAt(NOW.plus(HOUR))
          .givenAll(approved())
          .when(EXPIRE)
          .then(refused(new GateResolvedAlready(GATE, GateStatus.APPROVED, "ben")));
    }

    @Test
    void after_a_cancellation_changes_nothing() {
      runAt(NOW.plus(HOUR))
          .givenAll(
              after(creation(ONE_ACT), start(), begin(ACT, flag(2)), new CancelRun(BEN, "stop")))
          .when(EXPIRE)
          .then(refused(new GateResolvedAlready(GATE, GateStatus.CANCELLED, "fedcore")));
    }

    private List<RunEvent> expired(List<RunEvent> history) {
      Outcome outcome =
          RunDecider.decide(
              Evolution.replay(history), EXPIRE, new Facts(NOW.plus(HOUR), SECOND_GATE));
      return ((Accepted) outcome).events();
    }
  }

  @Nested
  class A_gate_that_a_worker_asks_for {

    private final List<RunEvent> running = after(creation(REPORTED), start());

    @Test
    void pauses_the_run_and_names_the_worker_as_the_requester() {
      GateRequest request = request(after(creation(REPORTED), start(), requestGate(ACT)));

      assertThat(request.requestedBy()).isEqualTo("worker");
      assertThat(request.name()).isEqualTo("please look");
      assertThat(request.expiresAt()).isEqualTo(NOW.plus(HOUR));
    }

    @Test
    void lets_the_run_go_on_when_it_is_approved() {
      RUN.givenAll(after(creation(REPORTED), start(), requestGate(ACT)))
          .when(approve(BEN))
          .then(accepted(resolved(GateStatus.APPROVED, vote("ben")), goesOn()));
    }

    @Test
    void answers_no_flag_of_policy_not_even_of_the_lowest_tier() {
      RunState state =
          Evolution.replay(after(creation(REPORTED), start(), requestGate(ACT), approve(BEN)));

      Outcome outcome = RunDecider.decide(state, begin(ACT, flag(0)), facts(state, NOW));

      assertThat(((Accepted) outcome).events())
          .anyMatch(GateRequested.class::isInstance)
          .noneMatch(StepStarted.class::isInstance);
    }

    @Test
    void is_used_up_by_the_start_of_what_it_was_about() {
      RUN.givenAll(after(creation(REPORTED), start(), requestGate(ACT), approve(BEN)))
          .when(begin(ACT, allow()))
          .then(
              accepted(
                  new StepDecided(NOW, "fedcore", ACT, 1, INPUT, ACTION, allow()),
                  new StepStarted(NOW, "fedcore", ACT, 1, Optional.of(GATE))));
    }

    @Test
    void is_about_a_step_of_the_plan() {
      RUN.givenAll(running).when(requestGate(NOWHERE)).then(refused(new UnknownStep(NOWHERE)));
    }

    @Test
    void is_never_one_of_a_managed_run() {
      RUN.givenAll(after(creation(ONE_ACT), start()))
          .when(requestGate(ACT))
          .then(refused(new ManagedRun("RequestGate")));
    }
  }

  private static List<RunEvent> waitingFor(ApprovalRequirement requirement) {
    return after(creation(ONE_ACT), start(), begin(ACT, flag(2, requirement)));
  }

  private static List<RunEvent> approved() {
    return after(creation(ONE_ACT), start(), begin(ACT, flag(2)), approve(BEN));
  }

  private static GateRequest request(List<RunEvent> history) {
    return RunState.course(Evolution.replay(history)).openGates().getFirst().request();
  }

  private static void assertStarts(List<RunEvent> history, RunCommand command) {
    RunState state = Evolution.replay(history);
    assertThat(((Accepted) RunDecider.decide(state, command, facts(state, NOW))).events())
        .last()
        .isEqualTo(new StepStarted(NOW, "fedcore", ACT, 1, Optional.of(GATE)));
  }

  private static CastVote overriding(String why) {
    return new CastVote(ANN, GATE, Vote.Choice.APPROVE, Optional.empty(), Optional.of(why));
  }

  private static CastVote voteOn(GateId gate) {
    return new CastVote(BEN, gate, Vote.Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  private static Vote vote(String by) {
    return new Vote(NOW, by, Vote.Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  private static RunEvent resolved(GateStatus status, Vote vote) {
    return resolvedBy("ben", status, vote);
  }

  private static RunEvent resolvedBy(String by, GateStatus status, Vote vote) {
    return new GateResolved(NOW, by, GATE, status, Optional.of(vote), vote.comment());
  }

  private static RunEvent goesOn() {
    return changed("ben", RunStatus.PAUSED, RunStatus.RUNNING, StatusCause.GATE_APPROVED, "");
  }

  private static Outcome rejection(String by, String why) {
    var vote = new Vote(NOW, by, Vote.Choice.REJECT, Optional.of(why), Optional.empty());
    return accepted(
        resolvedBy(by, GateStatus.REJECTED, vote),
        new StepDenied(NOW, by, ACT, 1, why),
        changed(by, RunStatus.PAUSED, RunStatus.FAILED, StatusCause.GATE_REJECTED, why),
        new RunEnded(NOW, by, RunStatus.FAILED, why));
  }
}
