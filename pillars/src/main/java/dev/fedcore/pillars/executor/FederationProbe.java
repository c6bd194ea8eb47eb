package dev.fedcore.pillars.executor;

import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Whether Federation Core answers, for whoever asks the executor how it is: that may be anybody,
/// so one question serves all who ask within a second. Safe for use by many threads.
final class FederationProbe {

  /// How long Federation Core has to answer. Who looks after services waits little longer.
  static final Duration LIMIT = Duration.ofSeconds(2);

  /// How long an answer holds.
  static final Duration HOLDS = Duration.ofSeconds(1);

  private final ServiceClient http;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock, as is [#isUp].
  private Instant heardAt = Instant.MIN;

  private boolean isUp;

  FederationProbe(URI federation, InstantSource clock) {
    this.http = new ServiceClient(federation, LIMIT);
    this.clock = clock;
  }

  boolean isUp() {
    lock.lock();
    try {
      Duration age = Duration.between(heardAt, clock.instant());
      if (age.isNegative() || age.compareTo(HOLDS) >= 0) {
        isUp = http.get("/health", List.of()) instanceof Answer.Heard heard && heard.isSuccess();
        heardAt = clock.instant();
      }
      return isUp;
    } finally {
      lock.unlock();
    }
  }
}
