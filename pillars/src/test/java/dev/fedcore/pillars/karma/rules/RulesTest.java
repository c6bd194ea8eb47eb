package dev.fedcore.pillars.karma.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.karma.rules.Rules.Told;
import dev.fedcore.pillars.karma.rules.Ruling.Applied;
import dev.fedcore.pillars.karma.rules.Ruling.Refusal;
import dev.fedcore.pillars.karma.rules.Ruling.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final double NEARLY = 1e-9;

  private Instant now = START;
  private QTable table = QTable.ZERO;
  private Optional<Member> member = Optional.empty();

  private Applied live(String deed) {
    return tell(
        new Observation.LifeEvent(
            "ann", Deed.named(deed).orElseThrow(), Optional.empty(), "as seen"));
  }

  private Applied tell(Observation observation) {
    var applied = (Applied) Rules.apply(table, member, new Told(now, "bhiv_core", observation));
    table = applied.table();
    member = Optional.of(applied.member());
    return applied;
  }

  private Ruling ask(Observation observation) {
    return Rules.apply(table, member, new Told(now, "bhiv_core", observation));
  }

  private Member ann() {
    return member.orElseThrow();
  }

  private static String text(Applied applied, String pointer) {
    return switch (JsonPointers.find(applied.answer(), pointer).orElseThrow()) {
      case JsonString(String text) -> text;
      case JsonValue other -> new String(other.canonicalBytes(), UTF_8);
    };
  }

  @Nested
  class A_life_event {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "completing_lessons, DharmaPoints, 5, low, learn",
      "helping_peers, SevaPoints, 10, medium, assist",
      "solving_doubts, SevaPoints, 8, medium, assist",
      "selfless_service, PunyaTokens, 25, high, extra_service",
      "workflow_success, DharmaPoints, 2, low, work",
      "workflow_failure, DharmaPoints, -1, low, work",
    })
    void earns(String action, String token, String value, String tier, String intent) {
      Applied applied = live(action);

      assertThat(text(applied, "/reward_token")).isEqualTo(token);
      assertThat(text(applied, "/reward_value")).isEqualTo(value);
      assertThat(text(applied, "/reward_tier")).isEqualTo(tier);
      assertThat(text(applied, "/intent")).isEqualTo(intent);
      assertThat(ann().amount(Token.named(token).orElseThrow()))
          .isEqualTo(Double.parseDouble(value));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
      "49.9, LEARNER",
      "50, VOLUNTEER",
      "199.9, VOLUNTEER",
      "200, SEVA",
      "499.9, SEVA",
      "500, GURU",
      "-20, LEARNER"
    })
    void leads_to_the_role_of_its_merit(double merit, KarmaRole role) {
      assertThat(KarmaRole.ofMerit(merit)).isEqualTo(role);
    }

    @Test
    void explains_each_value_that_it_changed() {
      Applied applied = live("workflow_success");

      assertThat(applied.changes())
          .containsExactly(
              Change.of("balances.DharmaPoints", 0, 2, "reward"),
              Change.of("q.learner.workflow_success", 0, 0.3, "learning"),
              Change.of("module_scores.bhiv_core", 0, 2, "count"),
              Change.of("action_stats.workflow_success", 0, 1, "count"));
    }

    @Test
    void that_is_an_offence_only_leaves_the_table_alone() {
      live("theft");

      assertThat(table).isEqualTo(QTable.ZERO);
      assertThat(ann().netKarma()).isEqualTo(-2.5);
    }
  }

  @Nested
  class Cheating {

    @Test
    void costs_more_each_time() {
      String[] names = {
        "first_offense -2",
        "second_offense -5",
        "third_offense -10",
        "fourth_offense -20",
        "fifth_offense -40",
        "repeat_offender -100",
        "repeat_offender -100"
      };
      for (String expected : names) {
        Applied applied = live("cheat");
        assertThat(text(applied, "/penalty_name") + " " + text(applied, "/penalty_value"))
            .isEqualTo(expected);
      }

      assertThat(ann().amount(Token.DHARMA_POINTS)).isEqualTo(-277);
      assertThat(ann().paap()).isEqualTo(7 * 2.5);
      assertThat(ann().netKarma()).isEqualTo(-277 - 17.5);
    }

    @Test
    void is_a_first_offence_again_after_more_than_thirty_days() {
      live("cheat");
      now = now.plus(Duration.ofDays(30));
      assertThat(text(live("cheat"), "/penalty_name")).isEqualTo("second_offense");
      now = now.plus(Duration.ofDays(30)).plusMillis(1);
      assertThat(text(live("cheat"), "/penalty_name")).isEqualTo("first_offense");
    }
  }

  @Nested
  class Time {

    @Test
    void takes_from_seva_points_what_their_rate_says() {
      live("helping_peers");
      now = now.plus(Duration.ofDays(100));

      Applied later = live("workflow_success");

      double left = 10 * StrictMath.pow(0.9995, 100);
      assertThat(ann().amount(Token.SEVA_POINTS)).isEqualTo(left, within(NEARLY));
      assertThat(later.changes().getFirst())
          .isEqualTo(Change.of("balances.SevaPoints", 10, left, "decay"));
    }

    @Test
    void takes_the_same_in_steps_as_at_once() {
      live("helping_peers");
      for (int day = 0; day < 10; day++) {
        now = now.plus(Duration.ofHours(24));
        live("workflow_success");
      }

      assertThat(ann().amount(Token.SEVA_POINTS))
          .isEqualTo(10 * StrictMath.pow(0.9995, 10), within(NEARLY));
    }

    @Test
    void ends_a_balance_to_which_nothing_was_added_for_a_year() {
      live("completing_lessons");
      now = now.plus(Duration.ofDays(365));
      assertThat(ann().asOf(now).merit()).isEqualTo(5);

      assertThat(ann().asOf(now.plusMillis(1)).merit()).isEqualTo(0);
    }

    @ParameterizedTest(name = "{0} after {1} days")
    @CsvSource({"break_promise, 180", "theft, 365", "violence, 730"})
    void forgets_a_debt(String offence, int days) {
      live(offence);
      now = now.plus(Duration.ofDays(days));
      assertThat(ann().asOf(now).paap()).isPositive();

      assertThat(ann().asOf(now.plusMillis(1)).paap()).isEqualTo(0);
    }

    @Test
    void lowers_a_role_with_the_merit() {
      live("selfless_service");
      assertThat(ann().role()).isEqualTo(KarmaRole.VOLUNTEER);

      assertThat(ann().asOf(now.plus(Duration.ofDays(731))).role()).isEqualTo(KarmaRole.LEARNER);
    }
  }

  @Nested
  class A_debt {

    @Test
    void is_lifted_by_a_fulfilled_plan() {
      live("cheat");
      live("cheat");
      live("cheat");
      Applied appeal = tell(new Observation.Appeal("ann", Offence.CHEAT));
      assertThat(text(appeal, "/plan/plan_id")).isEqualTo("ann_cheat_1");
      assertThat(text(appeal, "/plan/requirements/Jap")).isEqualTo("1008");

      atone(Rite.JAP, 1000);
      atone(Rite.TAP, 3);
      atone(Rite.BHAKTI, 3);
      atone(Rite.DAAN, 60);
      assertThat(ann().paap()).isEqualTo(7.5);
      Applied last = atone(Rite.JAP, 8);

      assertThat(text(last, "/plan/status")).isEqualTo("fulfilled");
      assertThat(ann().paap()).isEqualTo(7.5 - 5);
      assertThat(ann().plans()).isEmpty();
    }

    private Applied atone(Rite rite, double amount) {
      return tell(new Observation.Atonement("ann", "ann_cheat_1", rite, amount));
    }

    @Test
    void has_one_plan_at_a_time() {
      live("cheat");
      tell(new Observation.Appeal("ann", Offence.CHEAT));

      assertThat(ask(new Observation.Appeal("ann", Offence.CHEAT)))
          .isEqualTo(new Refused(new Refusal.PlanIsOpen("ann_cheat_1")));
    }

    @Test
    void that_is_not_there_cannot_be_appealed() {
      live("cheat");

      assertThat(ask(new Observation.Appeal("ann", Offence.THEFT)))
          .isEqualTo(new Refused(new Refusal.NothingToAppeal(Offence.THEFT)));
    }

    @Test
    void is_not_lifted_by_a_plan_that_nobody_made() {
      live("cheat");

      assertThat(ask(new Observation.Atonement("ann", "ann_cheat_9", Rite.JAP, 1)))
          .isInstanceOf(Refused.class);
    }
  }

  @Nested
  class The_end_of_a_life {

    @Test
    void carries_a_tenth_of_the_merit_and_three_tenths_of_the_debt_over() {
      live("selfless_service");
      live("theft");

      Applied death = tell(new Observation.DeathEvent("ann"));

      assertThat(text(death, "/loka")).isEqualTo("Mrityuloka");
      assertThat(ann().amount(Token.SANCHITA_KARMA)).isEqualTo(7.5, within(NEARLY));
      assertThat(ann().amount(Token.PRARABDHA_KARMA)).isEqualTo(-0.75, within(NEARLY));
      assertThat(ann().merit()).isEqualTo(0);
      assertThat(ann().role()).isEqualTo(KarmaRole.LEARNER);
      assertThat(ann().weightedScore()).isEqualTo(6.75, within(NEARLY));
      assertThat(ann().lives()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({
      "500, Swarga",
      "499.5, Mrityuloka",
      "0, Mrityuloka",
      "-0.5, Antarloka",
      "-200, Antarloka",
      "-200.5, Naraka"
    })
    void leads_to_the_loka_of_the_net_karma(double netKarma, String loka) {
      assertThat(Standing.loka(netKarma)).isEqualTo(loka);
    }
  }

  @Nested
  class An_unknown_user {

    @Test
    void has_no_figures_and_no_debts() {
      var unknown = new Refused(new Refusal.UnknownUser("bob"));

      assertThat(ask(new Observation.StatsRequest("bob"))).isEqualTo(unknown);
      assertThat(ask(new Observation.DeathEvent("bob"))).isEqualTo(unknown);
      assertThat(ask(new Observation.Appeal("bob", Offence.CHEAT))).isEqualTo(unknown);
    }
  }

  @Test
  void a_member_comes_back_from_its_json_as_it_was() {
    live("helping_peers");
    live("cheat");
    tell(new Observation.Appeal("ann", Offence.CHEAT));
    tell(new Observation.Atonement("ann", "ann_cheat_1", Rite.DAAN, 12.5));
    now = now.plus(Duration.ofSeconds(1_234_567));
    live("workflow_failure");

    assertThat(Member.of(ann().json())).isEqualTo(ann());
  }
}
