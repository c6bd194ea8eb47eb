package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.CAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GateTest {

  @Nested
  class A_flagged_run {

    @Test
    void waits_goes_on_after_approval_and_uses_it_up() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.effects()).isZero();

        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run).subList(8, 21))
            .containsExactly(
                "FC-POLICY-001 step_3",
                "FC-GATE-001 step_3",
                "FC-RUN-002",
                "FC-GATE-002 step_3",
                "FC-RUN-002",
                "FC-POLICY-001 step_3",
                "FC-STEP-001 step_3",
                "FC-STEP-002 step_3",
                "FC-POLICY-001 step_4",
                "FC-STEP-001 step_4",
                "FC-STEP-002 step_4",
                "FC-POLICY-001 step_5",
                "FC-STEP-001 step_5");
        assertThat(rig.gateRow(run).status()).isEqualTo(GateStatus.APPROVED);
        assertThat(rig.gateRow(run).view().toString()).contains("\"consumed\":true");
        assertThat(rig.disk().timersDue(Instant.MAX, 1)).isEmpty();
      }
    }

    @Test
    void has_the_gates_receipt_named_by_the_action_it_released() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.done(BEN, run, approve(rig, run));

        String gateReceipt =
            rig.disk().receipts(run).stream()
                .filter(r ->
                    new String(r.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("gate-receipt"))
                .findFirst()
                .orElseThrow()
                .hash();
        assertThat(
                rig.receipts(run).stream()
                    .filter(
                        r -> r.get("gate_receipt").equals(Optional.of(new JsonString(gateReceipt))))
                    .map(r -> ((JsonObject) r.get("step").orElse(r)).get("step_id").orElseThrow()))
            .containsExactly(new JsonString("step_4"));
      }
    }

    @Test
    void is_decided_again_when_it_is_released() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.policy().changeTo("deny@step_4");

        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.FAILED);

        assertThat(rig.story(run)).endsWith("FC-STEP-004 step_4", "FC-RUN-002", "FC-RUN-003");
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void asks_again_when_more_is_at_stake_than_was_approved() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.policy().changeTo("flag_quorum@step_4");

        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.PAUSED);

        assertThat(rig.disk().gates(run)).hasSize(2);
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void fails_for_good_when_it_is_rejected() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        var no = vote(rig, run, Choice.REJECT, Optional.of("too dear"), Optional.empty());
        assertThat(rig.done(BEN, run, no)).isEqualTo(RunStatus.FAILED);

        assertThat(rig.story(run))
            .endsWith("FC-GATE-002 step_3", "FC-STEP-004 step_3", "FC-RUN-002", "FC-RUN-003");
        assertThat(rig.view(run).toString()).contains("too dear");
        assertThat(rig.refused(ANN, run, new Request.Retry(Optional.empty())))
            .isInstanceOf(Refusal.NotRetryable.class);
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void fails_when_nobody_answers_in_time() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        rig.service().expireGates();
        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);

        rig.advance(RulePolicy.EXPIRES_IN);
        assertThat(rig.refused(BEN, run, approve(rig, run)))
            .isInstanceOf(Refusal.GateExpired.class);
        rig.service().expireGates();

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.gateRow(run).status()).isEqualTo(GateStatus.EXPIRED);
        assertThat(rig.disk().timersDue(Instant.MAX, 1)).isEmpty();
      }
    }

    @Test
    void expires_though_another_run_cannot_be_read() {
      try (var rig = EngineRig.started()) {
        rig.run("flag", "done");
        RunId second = rig.run("flag", "done");
        rig.advance(RulePolicy.EXPIRES_IN);
        rig.line()
            .afterNextRunRead(() -> {
              throw new IllegalStateException("the row is damaged");
            });

        rig.service().expireGates();

        assertThat(rig.status(second)).isEqualTo(RunStatus.FAILED);
      }
    }

    @Test
    void cannot_be_resumed_past_its_gate() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        assertThat(rig.refused(ANN, run, new Request.Resume()))
            .isEqualTo(new Refusal.WaitsForGate(rig.gate(run)));
      }
    }

    @Test
    void stays_held_after_approval_until_the_hold_is_lifted() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        assertThat(rig.done(ANN, run, new Request.Pause("wait"))).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.effects()).isZero();
        assertThat(rig.done(ANN, run, new Request.Resume())).isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run)).contains("FC-RUN-004");
      }
    }

    @Test
    void stays_at_its_gate_after_the_hold_is_lifted() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        rig.done(ANN, run, new Request.Pause("wait"));
        assertThat(rig.done(ANN, run, new Request.Resume())).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run)).contains("FC-RUN-005");
      }
    }
  }

  @Nested
  class A_vote {

    @Test
    void of_the_requester_is_refused_without_an_override() {
      try (var rig = EngineRig.started()) {
        RunId strict = rig.run("flag", "done");
        RunId lenient = rig.run("flag_override", "done");

        assertThat(rig.refused(ANN, strict, own(rig, strict, Optional.of("urgent"))))
            .isEqualTo(new Refusal.SeparationOfDuties(rig.gate(strict), "ann", false));
        assertThat(rig.refused(ANN, lenient, own(rig, lenient, Optional.empty())))
            .isEqualTo(new Refusal.SeparationOfDuties(rig.gate(lenient), "ann", true));
      }
    }

    @Test
    void of_the_requester_with_an_override_is_an_entry_of_its_own() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag_override", "done");

        assertThat(rig.done(ANN, run, own(rig, run, Optional.of("urgent"))))
            .isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run)).containsSubsequence("FC-GATE-005 step_3", "FC-GATE-002 step_3");
      }
    }

    @Test
    void is_counted_until_the_quorum_is_there() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag_quorum", "done");

        assertThat(rig.done(BEN, run, approve(rig, run))).isEqualTo(RunStatus.PAUSED);
        assertThat(rig.refused(BEN, run, approve(rig, run)))
            .isInstanceOf(Refusal.VotedAlready.class);
        assertThat(rig.done(CAT, run, approve(rig, run))).isEqualTo(RunStatus.COMPLETED);

        assertThat(rig.story(run)).containsSubsequence("FC-GATE-004 step_3", "FC-GATE-002 step_3");
        assertThat(rig.gateRow(run).view().toString()).contains("[\"ben\",\"cat\"]");
      }
    }

    @Test
    void without_the_comment_that_is_asked_for_does_not_count() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag_comment", "done");

        assertThat(rig.refused(BEN, run, approve(rig, run)))
            .isInstanceOf(Refusal.CommentMissing.class);
      }
    }

    @Test
    void of_one_who_is_no_approver_does_not_count() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        var dan = new Principal("dan", TenantId.DEFAULT, Set.of(Role.OPERATOR));
        var nobody = new Principal(Principal.ANONYMOUS, TenantId.DEFAULT, Set.of(Role.APPROVER));

        assertThat(rig.refused(dan, run, approve(rig, run)))
            .isInstanceOf(Refusal.NotAnApprover.class);
        assertThat(rig.refused(nobody, run, approve(rig, run)))
            .isInstanceOf(Refusal.NotAnApprover.class);
      }
    }

    @Test
    void on_another_action_than_the_one_shown_does_not_count() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        var seen = Optional.of(new Digest("0".repeat(64)));

        CommandResult result =
            rig.ask(
                BEN,
                run,
                new Request.Vote(
                    rig.gate(run), Choice.APPROVE, Optional.empty(), Optional.empty(), seen));

        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).rejection()).isInstanceOf(Rejection.ActionMismatch.class);
        assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
      }
    }

    @Test
    void is_won_by_exactly_one_of_thirty_two_at_once() throws Exception {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        Request yes = approve(rig, run);
        List<Callable<CommandResult>> votes =
            IntStream.range(0, 32)
                .<Callable<CommandResult>>mapToObj(i -> () -> answered(rig, approver(i), run, yes))
                .toList();

        List<CommandResult> results = all(votes);

        List<CommandResult> won = results.stream().filter(Done.class::isInstance).toList();
        assertThat(won).hasSize(1);
        assertThat(results.stream().filter(r -> !(r instanceof Done)))
            .hasSize(31)
            .allMatch(r -> r instanceof Refused(Refusal.GateResolvedAlready _));
        assertThat(rig.await(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }
  }

  private static List<CommandResult> all(List<Callable<CommandResult>> requests) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CommandResult>> futures = threads.invokeAll(requests);
      return futures.stream().map(Future::resultNow).toList();
    }
  }

  /// Asks again as long as others are in the way.
  private static CommandResult answered(EngineRig rig, Principal by, RunId run, Request request) {
    CommandResult result;
    do {
      result = rig.ask(by, run, request);
    } while (result instanceof Rejected(Rejection.Contended _));
    return result;
  }

  private static Principal approver(int i) {
    return new Principal("approver-" + i, TenantId.DEFAULT, Set.of(Role.APPROVER));
  }

  static Request approve(EngineRig rig, RunId run) {
    return vote(rig, run, Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  private static Request own(EngineRig rig, RunId run, Optional<String> override) {
    return vote(rig, run, Choice.APPROVE, Optional.empty(), override);
  }

  static Request vote(
      EngineRig rig,
      RunId run,
      Choice choice,
      Optional<String> comment,
      Optional<String> override) {
    return new Request.Vote(rig.gate(run), choice, comment, override, Optional.empty());
  }
}
