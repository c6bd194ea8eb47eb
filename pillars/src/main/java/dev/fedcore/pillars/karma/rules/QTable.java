package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What Q-learning has learned: how good each action is in each role. Immutable.
///
/// `Q(s,a) += α·(r + γ·max Q(s′,·) − Q(s,a))`, in doubles, evaluated in this order everywhere. With
/// rewards of at most 100 in size every value stays within ±1,000, so none is ever infinite or not
/// a number.
///
/// @param values those that are not 0
/// @see <a href="https://doi.org/10.1007/BF00992698">Watkins and Dayan, Q-learning, 1992</a>
public record QTable(Map<Cell, Double> values) {

  /// How much of each surprise is learned.
  public static final double ALPHA = 0.15;

  /// How much what comes after counts.
  public static final double GAMMA = 0.9;

  /// Before anything is learned.
  public static final QTable ZERO = new QTable(Map.of());

  public QTable {
    values = Map.copyOf(values);
  }

  /// A role as the row, an action as the column.
  public record Cell(KarmaRole role, Action action) {}

  /// The value of `action` in `role`.
  public double value(KarmaRole role, Action action) {
    return values.getOrDefault(new Cell(role, action), 0.0);
  }

  /// The best value that there is in `role`.
  public double best(KarmaRole role) {
    return Arrays.stream(Action.values())
        .mapToDouble(action -> value(role, action))
        .max()
        .orElseThrow();
  }

  /// The best action in `role`, the first of several; empty while nothing was learned in it.
  public Optional<Action> greedy(KarmaRole role) {
    double best = best(role);
    boolean learned = values.keySet().stream().anyMatch(cell -> cell.role() == role);
    return Arrays.stream(Action.values())
        .filter(action -> learned && value(role, action) == best)
        .findFirst();
  }

  /// The table after one step.
  ///
  /// @param next the role after the reward
  public QTable learned(KarmaRole role, Action action, double reward, KarmaRole next) {
    double old = value(role, action);
    return with(role, action, old + ALPHA * (reward + GAMMA * best(next) - old));
  }

  private QTable with(KarmaRole role, Action action, double value) {
    var copy = new HashMap<>(values);
    if (value == 0) {
      copy.remove(new Cell(role, action));
    } else {
      copy.put(new Cell(role, action), value);
    }
    return new QTable(copy);
  }

  /// `{learner: {cheat: 0, …}, …}`.
  public JsonObject json() {
    var roles = JsonObject.builder();
    for (KarmaRole role : KarmaRole.values()) {
      var row = JsonObject.builder();
      for (Action action : Action.values()) {
        row.put(action.text(), JsonNumber.of(value(role, action)));
      }
      roles.put(role.text(), row.build());
    }
    return roles.build();
  }

  /// The table that [#json()] wrote. An action that it lacks was added since and has 0.
  public static QTable of(JsonObject json) {
    QTable table = ZERO;
    var rows = JsonFields.of(json, "");
    for (KarmaRole role : KarmaRole.values()) {
      JsonObject row = rows.object(role.text());
      for (Action action : Action.values()) {
        table = table.with(role, action, Numbers.at(row, action.text()));
      }
    }
    return table;
  }
}
