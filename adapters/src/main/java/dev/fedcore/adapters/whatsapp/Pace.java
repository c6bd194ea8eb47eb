package dev.fedcore.adapters.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Lets so many through in so much time, for each name apart: a token bucket, kept as the one
/// instant at which it will be full again (the generic cell rate algorithm of ITU-T I.371).
///
/// Forgets all at a restart; the receiver's own limit stands behind it. Safe for use by many
/// threads at once.
final class Pace {

  /// The most names that are remembered; a full bucket need not be. Beyond that everything new has
  /// to wait, since forgetting one early would let too many through.
  static final int NAMES_MAX = 100_000;

  private final Duration each;
  private final Duration burst;
  private final int namesMax;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Instant> fullAt = new HashMap<>();

  /// @param each how long it takes until one more may pass
  /// @param burst how many may pass at once
  Pace(Duration each, int burst, InstantSource clock) {
    this(each, burst, NAMES_MAX, clock);
  }

  Pace(Duration each, int burst, int namesMax, InstantSource clock) {
    this.each = each;
    this.burst = each.multipliedBy(burst);
    this.namesMax = namesMax;
    this.clock = clock;
  }

  /// Lets one of that name through, or does not.
  boolean passes(String name) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Instant from = fullAt.getOrDefault(name, now);
      Instant then = (from.isBefore(now) ? now : from).plus(each);
      if (then.isAfter(now.plus(burst)) || !hasRoomFor(name, now)) {
        return false;
      }
      fullAt.put(name, then);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoomFor(String name, Instant now) {
    if (fullAt.size() >= namesMax && !fullAt.containsKey(name)) {
      fullAt.values().removeIf(instant -> !instant.isAfter(now));
    }
    return fullAt.size() < namesMax || fullAt.containsKey(name);
  }
}
