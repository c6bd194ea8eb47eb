package dev.fedcore.pillars.karma.rules;

import java.time.Duration;
import java.util.List;

/// What a cheat costs: more each time, until there was none for [#RESET_AFTER].
///
/// @param level 1 for the first in a row, 6 for every one from the sixth on
/// @param points what is added to the Dharma points; below 0
record Penalty(int level, String name, double points) {

  /// A longer time without a cheat makes the next one a first one again.
  static final Duration RESET_AFTER = Duration.ofDays(30);

  /// The points of the first offence.
  static final double FIRST = -2;

  private static final List<Penalty> LEVELS =
      List.of(
          new Penalty(1, "first_offense", FIRST),
          new Penalty(2, "second_offense", -5),
          new Penalty(3, "third_offense", -10),
          new Penalty(4, "fourth_offense", -20),
          new Penalty(5, "fifth_offense", -40),
          new Penalty(6, "repeat_offender", -100));

  /// The penalty of the `count`-th cheat in a row, from 1.
  static Penalty ofCount(long count) {
    return LEVELS.get((int) Math.clamp(count - 1, 0L, LEVELS.size() - 1L));
  }
}
