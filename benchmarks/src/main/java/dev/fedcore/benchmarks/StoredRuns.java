package dev.fedcore.benchmarks;

import dev.fedcore.benchmarks.Load.Outcome;
import dev.fedcore.benchmarks.Load.Script;
import dev.fedcore.benchmarks.folder.TemporaryFolder;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// How a server starts and reads when many runs are stored: real ones, executed by the server
/// itself before it is started again.
final class StoredRuns {

  private static final Duration FILLING_TURN = Duration.ofSeconds(20);
  private static final Duration READING = Duration.ofSeconds(5);
  private static final int CLIENTS = 64;
  private static final int READERS = 16;
  private static final int PAGES = 101;
  private static final double THOUSANDTHS = 1_000.0;

  private final long wanted;
  private final String body;
  private final Consumer<String> progress;

  /// @param wanted how many runs to store, at least
  /// @param body of the request that makes one
  StoredRuns(long wanted, String body, Consumer<String> progress) {
    this.wanted = wanted;
    this.body = body;
    this.progress = progress;
  }

  /// Stores, starts again, and measures.
  ///
  /// @throws IOException if a run does not complete, or a read fails
  JsonObject measure() throws IOException, InterruptedException, ExecutionException {
    try (var data = TemporaryFolder.of("bench")) {
      return measure(data.path());
    }
  }

  private JsonObject measure(Path data)
      throws IOException, InterruptedException, ExecutionException {
    long stored = fill(data);
    progress.accept("starting again");
    try (var server = ServerUnderTest.on(data);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var report =
          JsonObject.builder()
              .put("runs_stored", stored)
              .put("ready_ms", rounded(server.readyAfter().toNanos() / 1e6));
      // What comes first also pays for the start of this client.
      timed(http, read(server.url().resolve("/version")));
      HttpRequest page = read(server.url().resolve("/workflows/runs?limit=50"));
      report.put("first_page_cold_ms", rounded(timed(http, page) / 1e6));
      var pages = new Latencies();
      for (int i = 0; i < PAGES; i++) {
        pages.add(timed(http, page));
      }
      Latencies.Sorted times = Latencies.sorted(List.of(pages));
      report.put("first_page_p50_ms", rounded(times.millis(0.50)));
      report.put("first_page_p99_ms", rounded(times.millis(0.99)));
      var script = Script.readRun(server.url(), newest(http, page));
      new Load(READERS, READING).run(script);
      Outcome reads = new Load(READERS, READING).run(script);
      return report
          .put("run_reads_per_s", rounded(reads.perSecond()))
          .put("failures", reads.failures())
          .put("peak_rss_mib", server.peakRssMib())
          .build();
    }
  }

  private long fill(Path data) throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerUnderTest.on(data)) {
      var script = Script.createRun(server.url(), body);
      long stored = 0;
      while (stored < wanted) {
        Outcome outcome = new Load(CLIENTS, FILLING_TURN).run(script);
        if (outcome.failures() > 0) {
          throw new IOException("%d runs did not complete".formatted(outcome.failures()));
        }
        stored += outcome.times().count();
        progress.accept("%,d of %,d runs stored".formatted(stored, wanted));
      }
      return stored;
    }
  }

  private static String newest(HttpClient http, HttpRequest page)
      throws IOException, InterruptedException {
    byte[] answer = http.send(page, BodyHandlers.ofByteArray()).body();
    JsonObject runs = JsonReader.readObject(answer, new JsonLimits(16 << 20, 64, 1_000_000));
    var first = (JsonObject) JsonFields.of(runs, "").array("runs").getFirst();
    return JsonFields.of(first, "").string("run_id");
  }

  private static long timed(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    long nanos = System.nanoTime() - begun;
    if (answer.statusCode() != 200) {
      throw new IOException("%s was answered %d".formatted(request.uri(), answer.statusCode()));
    }
    return nanos;
  }

  private static HttpRequest read(URI uri) {
    return HttpRequest.newBuilder(uri).header("X-Actor-Id", "bench").build();
  }

  private static JsonNumber rounded(double value) {
    return JsonNumber.of(Math.round(value * THOUSANDTHS) / THOUSANDTHS);
  }
}
