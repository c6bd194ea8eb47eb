package dev.fedcore.pillars.karma.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fedcore.pillars.karma.rules.Rules.Told;
import dev.fedcore.pillars.karma.rules.Ruling.Applied;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Fourteen updates of one user, worked out with pencil and paper: α 0.15, γ 0.9. Each line says
/// the role it is told in, the value it must come to, and the merit afterwards.
class HandWorkedTableTest {

  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
  private static final double EXACTLY = 1e-12;

  private QTable table = QTable.ZERO;
  private Optional<Member> member = Optional.empty();

  @Test
  void fourteen_updates_come_to_what_the_formula_says() {
    // learner; 0.15 * (5 + 0.9 * 0 - 0)
    step("user", Action.COMPLETING_LESSONS, 0.75, 5);
    // learner; 0.75 + 0.15 * (5 + 0.9 * 0.75 - 0.75)
    step("user", Action.COMPLETING_LESSONS, 1.48875, 10);
    // learner; 0.15 * (10 + 0.9 * 1.48875)
    step("user", Action.HELPING_PEERS, 1.70098125, 22);
    // learner, reaches volunteer, in which nothing is known; 0.15 * 25
    step("user", Action.SELFLESS_SERVICE, 3.75, 97);
    // volunteer; 0.15 * 8
    step("user", Action.SOLVING_DOUBTS, 1.2, 106.6);
    // volunteer; 0.15 * (2 + 0.9 * 1.2)
    step("user", Action.WORKFLOW_SUCCESS, 0.462, 108.6);
    // volunteer; 0.15 * (-1 + 0.9 * 1.2)
    step("user", Action.WORKFLOW_FAILURE, 0.012, 107.6);
    // volunteer; 0.15 * (25 + 0.9 * 1.2)
    step("user", Action.SELFLESS_SERVICE, 3.912, 182.6);
    // volunteer; 0.15 * (10 + 0.9 * 3.912)
    step("user", Action.HELPING_PEERS, 2.02812, 194.6);
    // volunteer; 0.15 * (5 + 0.9 * 3.912)
    step("user", Action.COMPLETING_LESSONS, 1.27812, 199.6);
    // volunteer, reaches seva, in which nothing is known; 0.462 + 0.15 * (2 - 0.462)
    step("user", Action.WORKFLOW_SUCCESS, 0.6927, 201.6);
    // seva, falls back to volunteer; 0.15 * (-2 + 0.9 * 3.912)
    step("user", Action.CHEAT, 0.22812, 199.6);
    // volunteer, the second cheat; 0.15 * (-5 + 0.9 * 3.912)
    step("user", Action.CHEAT, -0.22188, 194.6);
    // told as a guru, which the user is not; 0.15 * (2 + 0.9 * 3.912)
    step("guru", Action.WORKFLOW_SUCCESS, 0.82812, 196.6);

    assertThat(table.values()).hasSize(12);
    assertThat(member.orElseThrow().role()).isEqualTo(KarmaRole.VOLUNTEER);
  }

  private void step(String role, Action action, double value, double merit) {
    KarmaRole state =
        KarmaRole.named(role).or(() -> member.map(Member::role)).orElse(KarmaRole.LEARNER);
    var life =
        new Observation.LifeEvent(
            "ann", Deed.named(action.text()).orElseThrow(), KarmaRole.named(role), "");

    var applied = (Applied) Rules.apply(table, member, new Told(AT, "bhiv_core", life));

    table = applied.table();
    member = Optional.of(applied.member());
    assertThat(table.value(state, action)).isEqualTo(value, within(EXACTLY));
    assertThat(applied.member().merit()).isEqualTo(merit, within(1e-9));
  }
}
