package dev.fedcore.engine.outbox;

import java.time.Duration;

/// How far a destination is behind.
///
/// @param undelivered messages not delivered yet; [#COUNT_MAX] stands for that many or more
/// @param oldest age of the oldest of them; zero when there is none, or when it does not say
/// @param resting whether it is left alone for a while after too many failures
public record Lag(String destination, int undelivered, Duration oldest, boolean resting) {

  /// The most messages counted. Bounds what one look at the metrics reads.
  public static final int COUNT_MAX = 1_000;
}
