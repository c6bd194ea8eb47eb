package dev.fedcore.benchmarks.pillars;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The few calls that are made of the five services, by clients that they trust on this machine.
final class Api implements AutoCloseable {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(45);
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 5_000_000);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Processes processes;

  Api(Processes processes) {
    this.processes = processes;
  }

  /// A whole answer.
  record Answer(int status, String text) {

    JsonObject json() {
      return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    }

    JsonFields fields() {
      return JsonFields.of(json(), "");
    }
  }

  /// Asks the executor; empty if no whole answer came.
  Optional<Answer> execute(byte[] body) throws InterruptedException {
    return send("POST", Service.EXECUTOR, "/api/workflow/execute", "bhiv_core", body);
  }

  /// Tells Core what somebody wants; empty if no whole answer came.
  Optional<Answer> handleTask(String input, String user) throws InterruptedException {
    JsonObject body =
        JsonObject.builder().put("agent", "edumentor_agent").put("input", input).build();
    return send("POST", Service.CORE, "/handle_task", user, body.canonicalBytes());
  }

  /// Approves a gate, as somebody who has asked for nothing; empty if no whole answer came.
  Optional<Answer> approve(String run, String gate) throws InterruptedException {
    return send(
        "PATCH",
        Service.FEDERATION,
        "/workflows/runs/%s/gates/%s".formatted(run, gate),
        "an-approver",
        "{\"status\":\"APPROVED\"}".getBytes(StandardCharsets.UTF_8));
  }

  /// Reads.
  ///
  /// @throws IOException if the service does not answer, or not with a success
  Answer get(Service service, String path, String actor) throws IOException, InterruptedException {
    Answer answer =
        send("GET", service, path, actor, new byte[0])
            .orElseThrow(() -> new IOException(service.word() + " does not answer"));
    if (answer.status() != 200) {
      throw new IOException(
          "%s %s: %d %s".formatted(service.word(), path, answer.status(), answer.text()));
    }
    return answer;
  }

  /// Reads every page of a list.
  ///
  /// @param path with a query
  /// @param name of the array in each page
  void each(Service service, String path, String actor, String name, Consumer<JsonFields> item)
      throws IOException, InterruptedException {
    Optional<String> cursor = Optional.empty();
    do {
      JsonFields page =
          get(service, path + cursor.map(c -> "&cursor=" + c).orElse(""), actor).fields();
      for (JsonValue value : page.array(name)) {
        item.accept(JsonFields.of((JsonObject) value, ""));
      }
      cursor = page.optionalString("next_cursor");
    } while (cursor.isPresent());
  }

  @Override
  public void close() {
    http.close();
  }

  private Optional<Answer> send(
      String method, Service service, String path, String actor, byte[] body)
      throws InterruptedException {
    URI uri = processes.url(service).resolve(path);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .header("X-Actor-Id", actor)
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> response =
          http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return Optional.of(new Answer(response.statusCode(), response.body()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
