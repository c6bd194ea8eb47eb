package dev.fedcore.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Policy's answer, and what it may ask of people.
class PolicyDecisionTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Optional<ApprovalRequirement> ASKED = Optional.of(requirement(1, HOUR));

  @Nested
  class A_decision {

    @Test
    void asks_something_of_people_exactly_when_it_is_a_flag() {
      assertThat(decision(Verdict.FLAG, 2, ASKED, Optional.empty()).approval()).isPresent();
      assertRefused(() -> decision(Verdict.FLAG, 2, Optional.empty(), Optional.empty()));
      assertRefused(() -> decision(Verdict.ALLOW, 2, ASKED, Optional.empty()));
      assertRefused(() -> decision(Verdict.DENY, 2, ASKED, Optional.empty()));
    }

    @Test
    void that_is_an_error_is_a_denial() {
      Optional<String> error = Optional.of("policy_error:limit");

      assertThat(decision(Verdict.DENY, 4, Optional.empty(), error).error()).isEqualTo(error);
      assertRefused(() -> decision(Verdict.ALLOW, 4, Optional.empty(), error));
      assertRefused(() -> decision(Verdict.FLAG, 4, ASKED, error));
    }

    @Test
    void has_a_tier_of_zero_to_nine() {
      assertThat(decision(Verdict.ALLOW, 0, Optional.empty(), Optional.empty()).tier()).isZero();
      assertThat(decision(Verdict.ALLOW, 9, Optional.empty(), Optional.empty()).tier())
          .isEqualTo(9);
      assertRefused(() -> decision(Verdict.ALLOW, -1, Optional.empty(), Optional.empty()));
      assertRefused(() -> decision(Verdict.ALLOW, 10, Optional.empty(), Optional.empty()));
    }

    @Test
    void keeps_its_rules_whatever_becomes_of_the_lists_they_came_in() {
      var rules = new ArrayList<>(List.of("first"));
      var decision =
          new PolicyDecision(
              Verdict.ALLOW,
              "p",
              "1",
              digest(),
              0,
              "fine",
              rules,
              rules,
              digest(),
              Optional.empty(),
              Optional.empty());
      rules.add("second");

      assertThat(decision.rulesTriggered()).containsExactly("first");
      assertThat(decision.shadowRules()).containsExactly("first");
    }
  }

  @Nested
  class A_verdict {

    @Test
    void gives_way_to_a_stricter_one() {
      assertThat(Verdict.ALLOW.stricter(Verdict.FLAG)).isEqualTo(Verdict.FLAG);
      assertThat(Verdict.FLAG.stricter(Verdict.DENY)).isEqualTo(Verdict.DENY);
      assertThat(Verdict.ALLOW.stricter(Verdict.DENY)).isEqualTo(Verdict.DENY);
    }

    @Test
    void combines_in_any_order_and_any_grouping() {
      for (Verdict a : Verdict.values()) {
        assertThat(a.stricter(a)).isEqualTo(a);
        assertThat(a.stricter(Verdict.ALLOW)).isEqualTo(a);
        assertThat(a.stricter(Verdict.DENY)).isEqualTo(Verdict.DENY);
        for (Verdict b : Verdict.values()) {
          assertThat(a.stricter(b)).isEqualTo(b.stricter(a));
          for (Verdict c : Verdict.values()) {
            assertThat(a.stricter(b).stricter(c)).isEqualTo(a.stricter(b.stricter(c)));
          }
        }
      }
    }
  }

  @Nested
  class An_approval_requirement {

    @Test
    void has_a_quorum_of_one_to_sixteen() {
      assertThat(requirement(1, HOUR).quorum()).isEqualTo(1);
      assertThat(requirement(16, HOUR).quorum()).isEqualTo(16);
      assertRefused(() -> requirement(0, HOUR));
      assertRefused(() -> requirement(17, HOUR));
    }

    @Test
    void stays_open_for_a_second_to_thirty_days() {
      assertThat(requirement(1, Duration.ofSeconds(1)).expiresIn()).hasSeconds(1);
      assertThat(requirement(1, Duration.ofDays(30)).expiresIn()).hasDays(30);
      assertRefused(() -> requirement(1, Duration.ofMillis(999)));
      assertRefused(() -> requirement(1, Duration.ofDays(30).plusNanos(1)));
      assertRefused(() -> requirement(1, Duration.ZERO));
    }

    @Test
    void is_shortened_and_never_lengthened() {
      ApprovalRequirement hour = requirement(2, HOUR);

      assertThat(hour.within(Duration.ofMinutes(1)))
          .isEqualTo(requirement(2, Duration.ofMinutes(1)));
      assertThat(hour.within(Duration.ofDays(1))).isEqualTo(hour);
      assertThat(hour.within(HOUR)).isEqualTo(hour);
    }
  }

  private static ApprovalRequirement requirement(int quorum, Duration expiresIn) {
    return new ApprovalRequirement(
        quorum, Set.of(), Set.of("ben"), expiresIn, true, SelfApproval.REFUSED);
  }

  private static PolicyDecision decision(
      Verdict verdict, int tier, Optional<ApprovalRequirement> approval, Optional<String> error) {
    return new PolicyDecision(
        verdict, "p", "1", digest(), tier, "because", List.of(), List.of(), digest(), approval,
        error);
  }

  private static Digest digest() {
    return new Digest("a".repeat(64));
  }

  private static void assertRefused(Runnable making) {
    assertThatIllegalArgumentException().isThrownBy(making::run);
  }
}
