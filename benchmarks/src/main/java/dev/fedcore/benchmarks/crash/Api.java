package dev.fedcore.benchmarks.crash;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The few calls that the kill loop makes.
final class Api implements AutoCloseable {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 5_000_000);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final KilledServer server;

  Api(KilledServer server) {
    this.server = server;
  }

  /// Creates the run of this name, or is told of it again; empty when there was no answer.
  Optional<String> create(String name) throws InterruptedException {
    var request =
        to("/workflows/runs")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(HttpRequest.BodyPublishers.ofString(body(name)))
            .build();
    return send(request).filter(a -> a.statusCode() == 201).map(a -> runId(a.body()));
  }

  /// The run's status, once it has come to rest; `UNKNOWN` if the server knows no such run.
  String settled(String run) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get("/workflows/runs/" + run);
    return answer.statusCode() == 404
        ? "UNKNOWN"
        : JsonFields.of(JsonReader.readObject(answer.body(), LIMITS), "").string("status");
  }

  /// Tries the run's failed step again, and waits for it.
  void retry(String run) throws InterruptedException {
    send(
        to("/workflows/runs/" + run + "/retry")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build());
  }

  /// How many tasks there are of each title.
  Map<String, Integer> tasks() throws IOException, InterruptedException {
    var counts = new HashMap<String, Integer>();
    Optional<String> cursor = Optional.empty();
    do {
      String path = "/tasks?list=crash&limit=200" + cursor.map(c -> "&cursor=" + c).orElse("");
      var page = JsonFields.of(JsonReader.readObject(get(path).body(), LIMITS), "");
      for (JsonValue task : page.array("tasks")) {
        counts.merge(JsonFields.of((JsonObject) task, "").string("title"), 1, Integer::sum);
      }
      cursor = page.optionalString("next_cursor");
    } while (cursor.isPresent());
    return counts;
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return http.send(to(path).build(), BodyHandlers.ofByteArray());
  }

  private Optional<HttpResponse<byte[]>> send(HttpRequest request) throws InterruptedException {
    try {
      return Optional.of(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.url().resolve(path))
        .timeout(ANSWER_MAX)
        .header("X-Actor-Id", "crash");
  }

  private static String body(String title) {
    return """
    {"workflow_id":"pt004_execution_spine","start":true,"input_payload":{"capability":"task.create",\
    "action":{"type":"task","parameters":{"title":"%s","list":"crash"}}}}\
    """
        .formatted(title);
  }

  private static String runId(byte[] body) {
    return JsonFields.of(JsonReader.readObject(body, LIMITS), "").string("run_id");
  }
}
