package dev.fedcore.server.status;

import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks one pillar how it is, again and again, on a thread of its own, and remembers since when it
/// has been so. Safe for use by many threads.
public final class PillarWatch implements AutoCloseable {

  /// Between two questions. A pillar that stops is seen within this and one time-out.
  private static final Duration EVERY = Duration.ofSeconds(2);

  /// How long one answer may take.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  private static final Set<String> GOOD = Set.of("ok", "healthy", "up");
  private static final Set<String> WORSE = Set.of("degraded");

  private final Pillar pillar;
  private final ServiceClient client;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Seen seen;

  /// What is watched.
  ///
  /// @param name such as `bucket`
  /// @param healthPath such as `/health`
  public record Pillar(String name, URI url, String healthPath) {}

  /// How a pillar was when it was asked last.
  ///
  /// @param status up, degraded, down, or unknown before the first answer
  /// @param since when it began to be so
  /// @param lastError of the last time it was not up
  record Seen(String status, Instant since, Optional<String> lastError) {}

  private PillarWatch(Pillar pillar, InstantSource clock) {
    this.pillar = pillar;
    this.clock = clock;
    this.client = new ServiceClient(pillar.url(), ANSWER_MAX);
    this.seen = new Seen("unknown", clock.instant(), Optional.empty());
    this.thread = Thread.ofVirtual().name("watch-" + pillar.name()).unstarted(this::watch);
  }

  /// Begins to ask.
  public static PillarWatch start(Pillar pillar, InstantSource clock) {
    var watch = new PillarWatch(pillar, clock);
    watch.thread.start();
    return watch;
  }

  Pillar pillar() {
    return pillar;
  }

  Seen seen() {
    return seen;
  }

  /// Stops asking. Does not wait for an answer under way.
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }

  private void watch() {
    try {
      while (closing.getCount() > 0) {
        note(client.get(pillar.healthPath(), List.of()));
        closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(Answer answer) {
    switch (answer) {
      case Answer.Heard heard -> {
        String word = word(heard);
        if (heard.isSuccess() && GOOD.contains(word)) {
          note("up", Optional.empty());
        } else if (heard.isSuccess() && WORSE.contains(word)) {
          note("degraded", Optional.of(pillar.name() + " says it is degraded"));
        } else {
          note("down", Optional.of("answered %d %s".formatted(heard.status(), word)));
        }
      }
      case Answer.Unreachable(String why) -> note("down", Optional.of(why));
      case Answer.Lost(String why) -> note("down", Optional.of(why));
    }
  }

  private void note(String status, Optional<String> error) {
    Seen before = seen;
    Instant since = before.status().equals(status) ? before.since() : clock.instant();
    seen = new Seen(status, since, error.or(before::lastError));
  }

  private static String word(Answer.Heard heard) {
    return heard
        .body()
        .flatMap(body -> body.get("status"))
        .map(status -> status instanceof JsonString(String word) ? word : "")
        .orElse("");
  }
}
