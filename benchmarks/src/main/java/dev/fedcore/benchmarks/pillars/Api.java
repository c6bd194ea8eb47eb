package dev.fedcore.benchmarks.pillars;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The few calls that are made of the five services, by clients that they trust on this machine.
final class Api implements AutoCloseable {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(45);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /// Of those to one service. Clients that send at a fixed rate have seldom more under way.
  private static final int CONNECTIONS_KEPT = 256;

  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 5_000_000);

  private final WebClient http =
      WebClient.builder()
          .connectTimeout(CONNECT_MAX)
          .readTimeout(ANSWER_MAX)
          .shareConnectionCache(false)
          .connectionCacheSize(CONNECTIONS_KEPT)
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
    http.closeResource();
  }

  private Optional<Answer> send(
      String method, Service service, String path, String actor, byte[] body)
      throws InterruptedException {
    HttpClientRequest request =
        http.method(Method.create(method))
            .uri(processes.url(service).resolve(path))
            .header(HeaderNames.CONTENT_TYPE, "application/json")
            .header(HeaderNames.create("X-Actor-Id"), actor);
    try (HttpClientResponse response = request.submit(body)) {
      String text = new String(response.as(byte[].class), StandardCharsets.UTF_8);
      return Optional.of(new Answer(response.status().code(), text));
    } catch (RuntimeException _) {
      // The library has many ways to say that an exchange failed.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Optional.empty();
    }
  }
}
