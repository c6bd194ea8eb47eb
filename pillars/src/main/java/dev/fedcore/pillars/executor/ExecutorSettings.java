package dev.fedcore.pillars.executor;

import java.net.URI;
import java.time.Duration;

/// Where the executor's governor is, and how long a request waits for it.
///
/// @param federation where Federation Core listens
/// @param patience how long a request waits for its run to end before it is answered `pending`
public record ExecutorSettings(URI federation, Duration patience) {

  /// Enough for one action over a slow line; the caller of a fire-and-forget request is gone by
  /// then anyway.
  public static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(30);

  /// As long as Federation Core lets a request wait.
  public static final Duration PATIENCE_MAX = Duration.ofSeconds(60);

  public ExecutorSettings {
    if (!patience.isPositive() || patience.compareTo(PATIENCE_MAX) > 0) {
      throw new IllegalArgumentException("a request waits for more than 0 and at most 60 seconds");
    }
  }
}
