package dev.fedcore.kernel.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.testing.ForAll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for a gate whoever votes on it, how often and when.
class VotingPropertiesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String REQUESTER = "ann";
  private static final int SEEDS = 1_000;
  private static final int VOTES_MAX = 12;

  private static final List<ApprovalRequirement> REQUIREMENTS =
      List.of(
          requirement(1, Set.of(), Set.of(), SelfApproval.REFUSED),
          requirement(2, Set.of(Role.APPROVER), Set.of(), SelfApproval.REFUSED),
          requirement(3, Set.of(Role.APPROVER, Role.ADMIN), Set.of(), SelfApproval.WITH_OVERRIDE),
          requirement(2, Set.of(Role.APPROVER), Set.of("ben", "eve"), SelfApproval.WITH_OVERRIDE));

  /// One attempt to vote.
  private record Attempt(Principal by, Vote vote) {}

  @Test
  void an_approved_gate_has_its_quorum_of_distinct_people_and_no_rejection() {
    forAll((_, gate) -> {
      if (gate.status() == GateStatus.APPROVED) {
        assertThat(gate.approvedBy())
            .hasSize(gate.request().requirement().quorum())
            .doesNotHaveDuplicates();
        assertThat(gate.votes()).allMatch(vote -> vote.choice() == Choice.APPROVE);
      }
    });
  }

  @Test
  void a_rejected_gate_has_one_rejection_and_it_is_the_last_word() {
    forAll((_, gate) -> {
      boolean isRejected = gate.status() == GateStatus.REJECTED;
      assertThat(gate.votes().stream().filter(vote -> vote.choice() == Choice.REJECT))
          .hasSize(isRejected ? 1 : 0);
      if (isRejected) {
        assertThat(gate.votes().getLast().choice()).isEqualTo(Choice.REJECT);
      }
    });
  }

  @Test
  void an_open_gate_lacks_approvals() {
    forAll((_, gate) -> {
      if (gate.isOpen()) {
        assertThat(gate.approvedBy().size()).isLessThan(gate.request().requirement().quorum());
      }
    });
  }

  @Test
  void only_the_eligible_are_counted() {
    forAll((attempts, gate) -> {
      ApprovalRequirement asked = gate.request().requirement();
      for (Vote vote : gate.votes()) {
        assertThat(vote.by()).isNotEqualTo(Principal.ANONYMOUS);
        assertThat(asked.approvers().isEmpty() || asked.approvers().contains(vote.by())).isTrue();
        assertThat(asked.roles().isEmpty() || hasRole(attempts, vote, asked.roles())).isTrue();
      }
    });
  }

  @Test
  void the_requester_approves_only_by_an_override_that_the_tier_accepts() {
    forAll((_, gate) -> {
      if (gate.approvedBy().contains(REQUESTER)) {
        assertThat(gate.request().requirement().selfApproval())
            .isEqualTo(SelfApproval.WITH_OVERRIDE);
        assertThat(gate.votes())
            .anyMatch(vote -> vote.by().equals(REQUESTER) && vote.override().isPresent());
      }
    });
  }

  @Test
  void no_vote_is_counted_from_the_expiry_on() {
    forAll((_, gate) ->
        assertThat(gate.votes()).allMatch(vote -> vote.at().isBefore(gate.request().expiresAt())));
  }

  private static boolean hasRole(List<Attempt> attempts, Vote vote, Set<Role> roles) {
    return attempts.stream()
        .filter(attempt -> attempt.vote().equals(vote))
        .anyMatch(attempt -> attempt.by().roles().stream().anyMatch(roles::contains));
  }

  private static void forAll(BiConsumer<List<Attempt>, Gate> property) {
    for (ApprovalRequirement requirement : REQUIREMENTS) {
      ForAll.listsOf(VotingPropertiesTest::anyAttempt, VOTES_MAX)
          .seeds(
              SEEDS, attempts -> property.accept(attempts, counted(open(requirement), attempts)));
    }
  }

  private static Gate counted(Gate open, List<Attempt> attempts) {
    Gate gate = open;
    for (Attempt attempt : attempts) {
      if (Voting.objection(gate, attempt.by(), attempt.vote()).isEmpty()) {
        GateStatus outcome = Voting.outcome(gate, attempt.vote());
        Gate voted = gate.with(attempt.vote());
        gate =
            outcome == GateStatus.PENDING
                ? voted
                : voted.resolved(outcome, attempt.vote().at(), attempt.vote().comment());
      }
    }
    return gate;
  }

  private static Attempt anyAttempt(RandomGenerator random) {
    String name = ForAll.oneOf(random, REQUESTER, "ben", "carl", "eve", Principal.ANONYMOUS);
    Set<Role> roles =
        ForAll.oneOf(random, Set.of(Role.APPROVER), Set.of(Role.ADMIN), Set.of(Role.VIEWER));
    Choice choice = random.nextInt(6) == 0 ? Choice.REJECT : Choice.APPROVE;
    Optional<String> override = random.nextBoolean() ? Optional.of("hurry") : Optional.empty();
    Instant at = random.nextInt(5) == 0 ? NOW.plus(HOUR) : NOW;
    return new Attempt(
        new Principal(name, TenantId.DEFAULT, roles),
        new Vote(at, name, choice, Optional.of("as discussed"), override));
  }

  private static ApprovalRequirement requirement(
      int quorum, Set<Role> roles, Set<String> approvers, SelfApproval selfApproval) {
    return new ApprovalRequirement(quorum, roles, approvers, HOUR, true, selfApproval);
  }

  private static Gate open(ApprovalRequirement requirement) {
    var request =
        new GateRequest(
            GateId.parse("01900000-0000-7000-8000-000000000001"),
            new StepId("act"),
            new Digest("a".repeat(64)),
            2,
            "human_approval",
            "approve task",
            "it is dear",
            REQUESTER,
            requirement,
            NOW.plus(HOUR));
    return Gate.open(request, true, NOW);
  }
}
