package dev.fedcore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Response.Field;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.server.House;
import dev.fedcore.server.Role;
import dev.fedcore.server.ServerConfig;
import dev.fedcore.server.Surroundings;
import dev.fedcore.server.trace.OtlpReceiver.Told;
import dev.fedcore.testing.Eventually;
import dev.fedcore.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user asks of Core is one trace, from Core over the Executor and Federation Core to Bucket
/// and Karma, and no span of it hangs on one that nobody sent.
class OneTraceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EVENTS = "/core/events?requester_id=auditor_test&product_id=workflow";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final List<String> EVERY_PLACE =
      List.of(
          "task",
          "POST /api/workflow/execute",
          "POST /workflows/runs",
          "step act",
          "POST /core/write-event",
          "POST /v1/event/");

  @TempDir private Path data;

  @Test
  void a_task_is_one_trace_that_begins_at_core() throws Exception {
    try (var receiver = OtlpReceiver.start()) {
      String taskId = asked(receiver, List.of());

      Set<Told> trace = whole(receiver, taskId);
      assertThat(names(trace)).contains("POST /handle_task").containsAll(EVERY_PLACE);
      assertThat(roots(trace)).extracting(Told::name).containsExactly("POST /handle_task");
    }
  }

  @Test
  void a_task_with_a_key_of_its_own_is_one_trace_beside_the_callers() throws Exception {
    try (var receiver = OtlpReceiver.start()) {
      String taskId =
          asked(
              receiver,
              List.of(
                  new Field("Idempotency-Key", "k-1"),
                  new Field("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(TRACE))));

      Set<Told> trace = whole(receiver, taskId);
      assertThat(names(trace)).containsAll(EVERY_PLACE);
      assertThat(roots(trace)).extracting(Told::name).containsExactly("task");
      Eventually.holds(PATIENCE, () -> !trace(receiver, TRACE).isEmpty());
      assertThat(names(trace(receiver, TRACE))).containsExactly("POST /handle_task");
    }
  }

  /// Asks Core for a task, waits until everybody has been told of it, and stops the house.
  private String asked(OtlpReceiver receiver, List<Field> headers) throws Exception {
    try (House house = house(receiver.endpoint())) {
      JsonObject answer = ordered(house.listening().get(Role.CORE) + "/handle_task", headers);
      Eventually.holds(
          PATIENCE,
          () ->
              text(body(client(house, Role.BUCKET).get(EVENTS, List.of())), "/count").equals("1"));
      Eventually.holds(
          PATIENCE,
          () ->
              client(house, Role.KARMA).get("/api/v1/karma/system", List.of())
                      instanceof Answer.Heard heard
                  && heard.isSuccess());
      return text(answer, "/task_id");
    }
  }

  /// Sends the order as somebody does who has no spans.
  private static JsonObject ordered(String url, List<Field> headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"input\":\"Create a task to review code\"}"));
    headers.forEach(field -> request.header(field.name(), field.value()));
    try (var client = HttpClient.newHttpClient()) {
      byte[] answer = client.send(request.build(), BodyHandlers.ofByteArray()).body();
      return JsonReader.readObject(answer, JsonLimits.DEFAULT);
    }
  }

  private House house(String collector) throws IOException {
    var ports = new EnumMap<Role, Integer>(Role.class);
    Iterator<Integer> free = FreePorts.draw(Role.values().length).iterator();
    for (Role role : Role.values()) {
      ports.put(role, free.next());
    }
    int federation = ports.getOrDefault(Role.FEDERATION, 0);
    var config =
        new ServerConfig(data, "127.0.0.1", federation, Optional.empty(), Optional.empty(), false);
    return House.start(
        config,
        new Surroundings(
            EnumSet.allOf(Role.class),
            ports,
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector, "WORKFLOW_TIMEOUT", "30")),
        List.of(),
        InstantSource.system());
  }

  /// The spans of a trace, once every place has sent its own and none hangs on one that has not
  /// come. They may come a while after the house has stopped.
  private static Set<Told> whole(OtlpReceiver receiver, String trace) throws Exception {
    Eventually.holds(
        PATIENCE,
        () -> {
          Set<Told> spans = trace(receiver, trace);
          return names(spans).containsAll(EVERY_PLACE) && roots(spans).size() == 1;
        });
    return trace(receiver, trace);
  }

  private static Set<Told> trace(OtlpReceiver receiver, String trace) {
    return receiver.spans().stream()
        .filter(span -> span.trace().equals(trace))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Set<Told> spans) {
    return spans.stream().map(Told::name).collect(Collectors.toSet());
  }

  /// The spans whose parent is not among them.
  private static Set<Told> roots(Set<Told> spans) {
    Set<String> ids = spans.stream().map(Told::id).collect(Collectors.toSet());
    return spans.stream().filter(span -> !ids.contains(span.parent())).collect(Collectors.toSet());
  }

  private static ServiceClient client(House house, Role role) {
    return new ServiceClient(Objects.requireNonNull(house.listening().get(role)), PATIENCE);
  }

  private static JsonObject body(Answer answer) {
    return ((Answer.Heard) answer).body().orElseThrow();
  }

  private static String text(JsonObject json, String pointer) {
    return JsonPointers.find(json, pointer)
        .map(value ->
            value instanceof JsonString(String text)
                ? text
                : new String(value.canonicalBytes(), StandardCharsets.UTF_8))
        .orElseThrow();
  }
}
