package dev.fedcore.benchmarks;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Closed-loop clients: each sends a request, waits for its answer, and sends the next. The client
/// is the cheapest that is well kept, since what it takes the server does not have.
final class Load {

  private static final String COMPLETED = "\"status\":\"COMPLETED\"";

  /// Longer than any answer that is asked for.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private final int clients;
  private final Duration duration;

  Load(int clients, Duration duration) {
    this.clients = clients;
    this.duration = duration;
  }

  /// What one client sends, over and over.
  ///
  /// @param body JSON; empty to read
  /// @param expected must stand in every answer
  record Script(URI target, String body, String expected) {

    /// Creates a run, and waits until it is COMPLETED.
    static Script createRun(URI server, String body) {
      return new Script(server.resolve("/workflows/runs"), body, COMPLETED);
    }

    /// Reads a run that is COMPLETED.
    static Script readRun(URI server, String run) {
      return new Script(server.resolve("/workflows/runs/" + run), "", COMPLETED);
    }
  }

  /// How it went.
  ///
  /// @param seconds how long it really took
  record Outcome(Latencies.Sorted times, long failures, double seconds) {

    double perSecond() {
      return times.count() / seconds;
    }
  }

  Outcome run(Script script) throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long end = begun + duration.toNanos();
    WebClient http =
        WebClient.builder()
            .readTimeout(ANSWER_MAX)
            .shareConnectionCache(false)
            .connectionCacheSize(clients)
            .build();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Client>>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(() -> new Client(http, script).until(end)));
      }
      var done = new ArrayList<Client>();
      for (Future<Client> client : running) {
        done.add(client.get());
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      List<Latencies> latencies = done.stream().map(client -> client.latencies).toList();
      long failures = done.stream().mapToLong(client -> client.failures).sum();
      return new Outcome(Latencies.sorted(latencies), failures, seconds);
    }
  }

  private static final class Client {

    private final WebClient http;
    private final Script script;
    private final Latencies latencies = new Latencies();
    private long failures;

    Client(WebClient http, Script script) {
      this.http = http;
      this.script = script;
    }

    Client until(long end) {
      while (System.nanoTime() < end) {
        long sent = System.nanoTime();
        if (isAnswered()) {
          latencies.add(System.nanoTime() - sent);
        } else {
          failures++;
        }
      }
      return this;
    }

    private boolean isAnswered() {
      HttpClientRequest request =
          http.method(script.body().isEmpty() ? Method.GET : Method.POST)
              .uri(script.target())
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .header(HeaderNames.create("Prefer"), "wait=30")
              .header(HeaderNames.create("X-Actor-Id"), "bench");
      byte[] body = script.body().getBytes(StandardCharsets.UTF_8);
      try (HttpClientResponse response = request.submit(body)) {
        byte[] answer = response.as(byte[].class);
        return new String(answer, StandardCharsets.ISO_8859_1).contains(script.expected());
      } catch (UncheckedIOException e) {
        return false;
      }
    }
  }
}
