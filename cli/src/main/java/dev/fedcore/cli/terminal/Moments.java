package dev.fedcore.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// Moments as people say them: `in 3 h 20 min`, `4 s ago`.
public final class Moments {

  private Moments() {}

  /// `timestamp` seen from `now`; as it is when it is no RFC 3339 timestamp.
  public static String relative(String timestamp, Instant now) {
    try {
      Duration distance = Duration.between(now, Instant.parse(timestamp));
      return distance.isNegative() ? length(distance.negated()) + " ago" : "in " + length(distance);
    } catch (DateTimeException e) {
      return Terminal.printable(timestamp);
    }
  }

  private static String length(Duration length) {
    if (length.toDays() > 0) {
      return "%d d %d h".formatted(length.toDays(), length.toHoursPart());
    }
    if (length.toHours() > 0) {
      return "%d h %d min".formatted(length.toHours(), length.toMinutesPart());
    }
    if (length.toMinutes() > 0) {
      return "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
    }
    return "%d s".formatted(length.toSeconds());
  }
}
