package dev.fedcore.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Closed-loop clients: each sends a request, waits for its answer, and sends the next.
final class Load {

  private final int clients;
  private final Duration duration;

  Load(int clients, Duration duration) {
    this.clients = clients;
    this.duration = duration;
  }

  /// What one client sends, over and over.
  ///
  /// @param request made afresh for each turn
  /// @param expected must stand in every answer
  record Script(Callable<HttpRequest> request, String expected) {}

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
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
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

  /// A request to create a run and wait until it has come to rest.
  static HttpRequest createRun(URI server, String body) {
    return HttpRequest.newBuilder(server.resolve("/workflows/runs"))
        .header("Content-Type", "application/json")
        .header("Prefer", "wait=30")
        .header("X-Actor-Id", "bench")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static final class Client {

    private final HttpClient http;
    private final Script script;
    private final Latencies latencies = new Latencies();
    private long failures;

    Client(HttpClient http, Script script) {
      this.http = http;
      this.script = script;
    }

    Client until(long end) throws Exception {
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

    private boolean isAnswered() throws Exception {
      try {
        byte[] answer = http.send(script.request().call(), BodyHandlers.ofByteArray()).body();
        return new String(answer, StandardCharsets.ISO_8859_1).contains(script.expected());
      } catch (IOException e) {
        return false;
      }
    }
  }
}
