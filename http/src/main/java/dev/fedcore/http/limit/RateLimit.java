package dev.fedcore.http.limit;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// So many in a second for each name, in windows of one second. Safe for use by many threads.
public final class RateLimit {

  /// The most names that are counted apart; all further ones share a count.
  private static final int NAMES_MAX = 1_000;

  private static final String OTHERS = "";

  private static final int MILLIS = 1_000;

  private final int perSecond;
  private final InstantSource clock;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  /// @param perSecond for each name
  public RateLimit(int perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /// Takes `count` from this second, or nothing.
  ///
  /// @return whether they were there
  public boolean take(String name, int count) {
    long second = Math.floorDiv(clock.millis(), MILLIS);
    String key = windows.containsKey(name) || windows.size() < NAMES_MAX ? name : OTHERS;
    Window window =
        windows.compute(
            key,
            (_, known) ->
                known == null || known.second() != second
                    ? new Window(second, count, count <= perSecond)
                    : known.plus(count, perSecond));
    return window.granted();
  }

  /// @param granted whether the last take was within the limit
  private record Window(long second, int taken, boolean granted) {

    Window plus(int count, int max) {
      boolean fits = taken <= max - count;
      return new Window(second, fits ? taken + count : taken, fits);
    }
  }
}
