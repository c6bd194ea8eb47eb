package dev.fedcore.kernel.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.gate.Voting.Objection;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who may vote on a gate, in what order that is checked, and what a vote does.
class VotingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));
  private static final Digest ACTION = new Digest("a".repeat(64));
  private static final Digest OTHER = new Digest("b".repeat(64));

  private static final Principal ANN = person("ann", Role.APPROVER);
  private static final Principal BEN = person("ben", Role.APPROVER);
  private static final Principal CARL = person("carl", Role.APPROVER, Role.ADMIN);
  private static final Principal EVE = person("eve", Role.VIEWER, Role.OPERATOR);
  private static final Principal NOBODY = person(Principal.ANONYMOUS, Role.APPROVER);

  private static final Gate ANYBODYS = gate(requirement(1, Set.of(), Set.of()));
  private static final Gate APPROVERS = gate(requirement(1, Set.of(Role.APPROVER), Set.of()));
  private static final Gate BENS = gate(requirement(1, Set.of(Role.APPROVER), Set.of("ben")));
  private static final Gate OF_TWO = gate(requirement(2, Set.of(Role.APPROVER), Set.of()));

  @Nested
  class A_voter {

    @Test
    void in_one_of_the_roles_may_vote() {
      assertThat(objection(APPROVERS, BEN)).isEmpty();
      assertThat(objection(APPROVERS, CARL)).isEmpty();
      assertThat(objection(gate(requirement(1, Set.of(Role.ADMIN, Role.AUDITOR), Set.of())), CARL))
          .isEmpty();
    }

    @Test
    void in_none_of_the_roles_may_not() {
      assertThat(objection(APPROVERS, EVE)).contains(new Objection.NotAnApprover("eve"));
    }

    @Test
    void in_any_role_may_vote_where_none_is_asked_for() {
      assertThat(objection(ANYBODYS, EVE)).isEmpty();
    }

    @Test
    void on_the_list_may_vote_and_nobody_else() {
      assertThat(objection(BENS, BEN)).isEmpty();
      assertThat(objection(BENS, CARL)).contains(new Objection.NotAnApprover("carl"));
    }

    @Test
    void on_the_list_needs_the_role_as_well() {
      Gate eves = gate(requirement(1, Set.of(Role.APPROVER), Set.of("eve")));

      assertThat(objection(eves, EVE)).contains(new Objection.NotAnApprover("eve"));
    }

    @Test
    void without_a_name_may_never_vote() {
      assertThat(objection(ANYBODYS, NOBODY)).contains(new Objection.NotAnApprover("anonymous"));
      assertThat(objection(gate(requirement(1, Set.of(), Set.of("anonymous"))), NOBODY))
          .contains(new Objection.NotAnApprover("anonymous"));
    }

    @Test
    void votes_once_whatever_the_second_vote_would_be() {
      Gate begun = OF_TWO.with(approval(BEN));

      assertThat(objection(begun, BEN)).contains(new Objection.VotedAlready("ben"));
      assertThat(Voting.objection(begun, BEN, rejection(BEN)))
          .contains(new Objection.VotedAlready("ben"));
      assertThat(objection(begun, CARL)).isEmpty();
    }
  }

  @Nested
  class The_requester {

    @Test
    void may_not_approve() {
      assertThat(objection(APPROVERS, ANN)).contains(new Objection.OwnRequest("ann", false));
    }

    @Test
    void may_not_approve_with_a_reason_where_none_is_accepted() {
      assertThat(Voting.objection(APPROVERS, ANN, override(ANN, "hurry")))
          .contains(new Objection.OwnRequest("ann", false));
    }

    @Test
    void may_approve_with_a_reason_where_one_is_accepted() {
      Gate overridable = gate(overridable(false));

      assertThat(objection(overridable, ANN)).contains(new Objection.OwnRequest("ann", true));
      assertThat(Voting.objection(overridable, ANN, override(ANN, "hurry"))).isEmpty();
    }

    @Test
    void owes_a_comment_like_everybody_else() {
      assertThat(Voting.objection(gate(overridable(true)), ANN, override(ANN, "hurry")))
          .contains(new Objection.CommentMissing());
    }

    @Test
    void may_reject_which_is_withdrawing() {
      assertThat(Voting.objection(APPROVERS, ANN, rejection(ANN))).isEmpty();
      assertThat(Voting.isOwnRequest(APPROVERS, rejection(ANN))).isFalse();
      assertThat(Voting.isOwnRequest(APPROVERS, approval(ANN))).isTrue();
      assertThat(Voting.isOwnRequest(APPROVERS, approval(BEN))).isFalse();
    }

    @Test
    void needs_to_be_eligible_even_with_an_override() {
      Gate bensOverridable =
          gate(
              new ApprovalRequirement(
                  1,
                  Set.of(),
                  Set.of("ben"),
                  Duration.ofHours(1),
                  false,
                  SelfApproval.WITH_OVERRIDE));

      assertThat(Voting.objection(bensOverridable, ANN, override(ANN, "hurry")))
          .contains(new Objection.NotAnApprover("ann"));
    }
  }

  @Nested
  class A_gate {

    @Test
    void that_asks_for_a_comment_gets_one() {
      Gate wordy =
          gate(
              new ApprovalRequirement(
                  1, Set.of(), Set.of(), Duration.ofHours(1), true, SelfApproval.REFUSED));
      var silent = new Vote(NOW, "ben", Choice.REJECT, Optional.empty(), Optional.empty());

      assertThat(objection(wordy, BEN)).contains(new Objection.CommentMissing());
      assertThat(Voting.objection(wordy, BEN, silent)).contains(new Objection.CommentMissing());
      assertThat(Voting.objection(wordy, BEN, rejection(BEN))).isEmpty();
    }

    @Test
    void expires_at_the_very_instant() {
      assertThat(Voting.objection(APPROVERS, BEN, at(END.minusNanos(1_000)))).isEmpty();
      assertThat(Voting.objection(APPROVERS, BEN, at(END))).contains(new Objection.Expired(END));
      assertThat(Voting.objection(APPROVERS, BEN, at(END.plusSeconds(1))))
          .contains(new Objection.Expired(END));
    }

    @Test
    void tells_an_outsider_only_how_it_stands() {
      assertThat(Voting.objection(APPROVERS, EVE, at(END))).contains(new Objection.Expired(END));
      assertThat(objection(resolved(GateStatus.REJECTED, BEN), EVE))
          .contains(new Objection.Resolved(GateStatus.REJECTED, "ben"));
    }

    @Test
    void that_is_resolved_names_who_was_first_even_after_its_time() {
      assertThat(Voting.objection(resolved(GateStatus.APPROVED, BEN), CARL, at(END)))
          .contains(new Objection.Resolved(GateStatus.APPROVED, "ben"));
    }

    @Test
    void that_nobody_answered_was_resolved_by_federation_core() {
      Gate expired = APPROVERS.resolved(GateStatus.EXPIRED, END, Optional.empty());

      assertThat(objection(expired, BEN))
          .contains(new Objection.Resolved(GateStatus.EXPIRED, "fedcore"));
    }

    @Test
    void of_two_waits_for_the_second_of_two_people() {
      assertThat(Voting.outcome(OF_TWO, approval(BEN))).isEqualTo(GateStatus.PENDING);
      assertThat(Voting.outcome(OF_TWO.with(approval(BEN)), approval(CARL)))
          .isEqualTo(GateStatus.APPROVED);
    }

    @Test
    void of_any_quorum_ends_with_one_rejection() {
      assertThat(Voting.outcome(OF_TWO, rejection(BEN))).isEqualTo(GateStatus.REJECTED);
      assertThat(Voting.outcome(OF_TWO.with(approval(BEN)), rejection(CARL)))
          .isEqualTo(GateStatus.REJECTED);
    }

    @Test
    void names_its_approvers_in_the_order_of_their_votes() {
      Gate answered = OF_TWO.with(approval(CARL)).with(rejection(EVE)).with(approval(BEN));

      assertThat(answered.approvedBy()).containsExactly("carl", "ben");
    }
  }

  @Nested
  class An_approved_gate {

    private final Gate approved = resolved(GateStatus.APPROVED, BEN);

    @Test
    void covers_its_action_up_to_its_tier() {
      assertThat(approved.covers(ACTION, 2)).isTrue();
      assertThat(approved.covers(ACTION, 0)).isTrue();
      assertThat(approved.covers(ACTION, 3)).isFalse();
    }

    @Test
    void covers_no_other_action() {
      assertThat(approved.covers(OTHER, 2)).isFalse();
    }

    @Test
    void covers_nothing_once_it_is_used() {
      assertThat(approved.used().covers(ACTION, 2)).isFalse();
    }

    @Test
    void is_the_only_kind_that_covers_anything() {
      assertThat(APPROVERS.covers(ACTION, 2)).isFalse();
      for (GateStatus status : GateStatus.values()) {
        assertThat(resolved(status, BEN).covers(ACTION, 2))
            .isEqualTo(status == GateStatus.APPROVED);
      }
    }

    @Test
    void remembers_when_and_why_it_was_resolved() {
      Gate rejected = APPROVERS.resolved(GateStatus.REJECTED, END, Optional.of("too dear"));

      assertThat(rejected.isOpen()).isFalse();
      assertThat(rejected.resolvedAt()).contains(END);
      assertThat(rejected.reason()).contains("too dear");
      assertThat(rejected.openedAt()).isEqualTo(NOW);
    }
  }

  private static Optional<Objection> objection(Gate gate, Principal voter) {
    return Voting.objection(gate, voter, approval(voter));
  }

  private static Gate resolved(GateStatus status, Principal by) {
    return APPROVERS.with(approval(by)).resolved(status, NOW, Optional.empty());
  }

  private static Vote approval(Principal by) {
    return new Vote(NOW, by.actor(), Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  private static Vote override(Principal by, String why) {
    return new Vote(NOW, by.actor(), Choice.APPROVE, Optional.empty(), Optional.of(why));
  }

  private static Vote rejection(Principal by) {
    return new Vote(NOW, by.actor(), Choice.REJECT, Optional.of("no"), Optional.empty());
  }

  private static Vote at(Instant time) {
    return new Vote(time, "ben", Choice.APPROVE, Optional.empty(), Optional.empty());
  }

  private static ApprovalRequirement requirement(
      int quorum, Set<Role> roles, Set<String> approvers) {
    return new ApprovalRequirement(
        quorum, roles, approvers, Duration.ofHours(1), false, SelfApproval.REFUSED);
  }

  private static ApprovalRequirement overridable(boolean commentRequired) {
    return new ApprovalRequirement(
        1,
        Set.of(Role.APPROVER),
        Set.of(),
        Duration.ofHours(1),
        commentRequired,
        SelfApproval.WITH_OVERRIDE);
  }

  private static Gate gate(ApprovalRequirement requirement) {
    var request =
        new GateRequest(
            GateId.parse("01900000-0000-7000-8000-000000000001"),
            new StepId("act"),
            ACTION,
            2,
            "human_approval",
            "approve task",
            "it is dear",
            "ann",
            requirement,
            END);
    return Gate.open(request, true, NOW);
  }

  private static Principal person(String name, Role... roles) {
    return new Principal(name, TenantId.DEFAULT, Set.of(roles));
  }
}
