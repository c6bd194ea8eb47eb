package dev.fedcore.pillars.karma.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fedcore.testing.ForAll;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class QTableTest {

  /// One step through a chain of the four roles.
  private record Step(KarmaRole role, Action action, double reward, KarmaRole next) {}

  /// Up with a reward, or stay for a small one; at the end, round and round for 5 a step.
  private static final List<Step> CHAIN =
      List.of(
          new Step(KarmaRole.LEARNER, Action.SELFLESS_SERVICE, 25, KarmaRole.VOLUNTEER),
          new Step(KarmaRole.LEARNER, Action.CHEAT, -2, KarmaRole.LEARNER),
          new Step(KarmaRole.VOLUNTEER, Action.SOLVING_DOUBTS, 8, KarmaRole.SEVA),
          new Step(KarmaRole.VOLUNTEER, Action.CHEAT, -100, KarmaRole.LEARNER),
          new Step(KarmaRole.SEVA, Action.HELPING_PEERS, 10, KarmaRole.GURU),
          new Step(KarmaRole.GURU, Action.COMPLETING_LESSONS, 5, KarmaRole.GURU));

  @Test
  void a_chain_whose_values_are_known_is_learned_within_one_percent() {
    // From the end: 5 / (1 - 0.9) = 50, 10 + 0.9 * 50 = 55, 8 + 0.9 * 55 = 57.5,
    // 25 + 0.9 * 57.5 = 76.75, -2 + 0.9 * 76.75 = 67.075, -100 + 0.9 * 76.75 = -30.925.
    Map<Action, Double> learner = Map.of(Action.SELFLESS_SERVICE, 76.75, Action.CHEAT, 67.075);

    ForAll.values(
        20,
        QTableTest::longWalk,
        table -> {
          learner.forEach((action, value) -> near(table, KarmaRole.LEARNER, action, value));
          near(table, KarmaRole.VOLUNTEER, Action.SOLVING_DOUBTS, 57.5);
          near(table, KarmaRole.VOLUNTEER, Action.CHEAT, -30.925);
          near(table, KarmaRole.SEVA, Action.HELPING_PEERS, 55);
          near(table, KarmaRole.GURU, Action.COMPLETING_LESSONS, 50);
          assertThat(table.greedy(KarmaRole.VOLUNTEER)).hasValue(Action.SOLVING_DOUBTS);
        });
  }

  private static QTable longWalk(RandomGenerator random) {
    QTable table = QTable.ZERO;
    for (int i = 0; i < 5_000; i++) {
      Step step = CHAIN.get(random.nextInt(CHAIN.size()));
      table = table.learned(step.role(), step.action(), step.reward(), step.next());
    }
    return table;
  }

  private static void near(QTable table, KarmaRole role, Action action, double value) {
    assertThat(table.value(role, action)).isEqualTo(value, within(Math.abs(value) / 100));
  }

  @Test
  void no_value_leaves_the_bounds_that_the_rewards_set() {
    ForAll.listsOf(QTableTest::anyStep, 400)
        .seeds(
            200,
            steps -> {
              QTable table = QTable.ZERO;
              for (Step step : steps) {
                table = table.learned(step.role(), step.action(), step.reward(), step.next());
              }
              assertThat(table.values().values())
                  .allMatch(value -> Double.isFinite(value) && Math.abs(value) <= 1_000);
            });
  }

  @Test
  void a_table_comes_back_from_its_json_bit_for_bit() {
    ForAll.values(
        100, QTableTest::shortWalk, table -> assertThat(QTable.of(table.json())).isEqualTo(table));
  }

  @Test
  void nothing_is_best_before_anything_is_learned() {
    assertThat(QTable.ZERO.greedy(KarmaRole.LEARNER)).isEmpty();
  }

  @Test
  void an_action_that_was_not_tried_is_better_than_one_that_cost() {
    QTable table = QTable.ZERO.learned(KarmaRole.LEARNER, Action.CHEAT, -2, KarmaRole.LEARNER);

    assertThat(table.greedy(KarmaRole.LEARNER)).hasValue(Action.COMPLETING_LESSONS);
  }

  private static QTable shortWalk(RandomGenerator random) {
    QTable table = QTable.ZERO;
    for (int i = 0; i < 50; i++) {
      Step step = anyStep(random);
      table = table.learned(step.role(), step.action(), step.reward(), step.next());
    }
    return table;
  }

  private static Step anyStep(RandomGenerator random) {
    return new Step(
        ForAll.oneOf(random, KarmaRole.values()),
        ForAll.oneOf(random, Action.values()),
        ForAll.oneOf(random, -100.0, -40.0, -1.0, 2.0, 5.0, 25.0),
        ForAll.oneOf(random, KarmaRole.values()));
  }
}
