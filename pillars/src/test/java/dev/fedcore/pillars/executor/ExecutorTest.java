package dev.fedcore.pillars.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Access;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.pillars.executor.remote.AdapterRoutes;
import dev.fedcore.pillars.executor.remote.RecordRoutes;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The executor on its own: what it refuses, what is none of its business, and that it executes
/// nothing while Federation Core is away.
class ExecutorTest {

  private static final String EXECUTE = "/api/workflow/execute";
  private static final Document DOCUMENT = Document.beside(ExecutorRoutes.class);

  /// Takes its port and never listens, so that nobody else does.
  private static final Socket NOBODY = bound();

  private static final String TASK =
      """
      {"trace_id":"t-1","decision":"workflow","data":{"workflow_type":"workflow",\
      "payload":{"action_type":"task","title":"x"}}}\
      """;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-31T10:00:00Z"));

  @Test
  void every_route_is_documented_and_every_documented_operation_is_routed() {
    var routed =
        routes(nobody()).stream()
            .map(route -> route.method() + " " + route.pattern())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(routed).isEqualTo(DOCUMENT.operations());
    assertThat(DOCUMENT.openBodies()).isEmpty();
    try (var executor = alone()) {
      assertThat(executor.get("/openapi.json").text("/info/title")).isEqualTo("Workflow Executor");
    }
  }

  @ParameterizedTest
  @CsvSource({"respond", "task", "insight", "fallback"})
  void what_was_not_decided_to_be_a_workflow_is_skipped(String decision) {
    try (var executor = alone()) {
      var answer =
          executor.post(EXECUTE, TASK.replace("decision\":\"workflow", "decision\":\"" + decision));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("/status")).isEqualTo("skipped");
      assertThat(answer.text("/reason")).isEqualTo("decision_not_workflow");
      assertThat(answer.text("/trace_id")).isEqualTo("t-1");
    }
  }

  @Test
  void while_federation_core_is_away_nothing_is_executed() {
    try (var executor = alone()) {
      var answer = executor.post(EXECUTE, TASK);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("/code")).isEqualTo("FEDERATION_UNAVAILABLE");
      assertThat(answer.text("/detail")).contains("nothing was executed");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(executor.get("/healthz").text("/federation_core")).isEqualTo("down");
      assertThat(executor.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void how_federation_core_is_is_asked_once_a_second_however_many_want_to_know() throws Exception {
    var asked = new AtomicInteger();
    try (var federation = federation(() -> asked.incrementAndGet());
        var executor = over(federation.uri());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Served.Answer> health = () -> executor.get("/health");
      var answers = threads.invokeAll(Collections.nCopies(16, health));

      assertThat(answers)
          .extracting(answer -> answer.resultNow().text("/federation_core"))
          .containsOnly("up");
      assertThat(asked).hasValue(1);
      clock.pass(FederationProbe.HOLDS);
      executor.get("/healthz");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void how_the_executor_is_does_not_wait_for_a_federation_core_that_does_not_answer() {
    var open = new CountDownLatch(1);
    try (var federation = federation(open::await);
        var executor = over(federation.uri())) {
      var patience = ExecutorSettings.PATIENCE_DEFAULT.minus(FederationProbe.LIMIT);

      assertTimeoutPreemptively(
          patience,
          () -> assertThat(executor.get("/health").text("/federation_core")).isEqualTo("down"));
      open.countDown();
    }
  }

  /// A Federation Core of which nothing but its health can be asked.
  private static Served federation(Executable atEachQuestion) {
    var health =
        new Route(
            "GET",
            "/health",
            new Access.Open(),
            _ -> {
              try {
                atEachQuestion.execute();
              } catch (Throwable e) {
                throw new IllegalStateException(e);
              }
              return Response.json(200, JsonObject.EMPTY);
            });
    return Served.over(List.of(health), Problem::toResponse, DOCUMENT);
  }

  @Test
  void a_workflow_without_anything_to_do_is_refused() {
    try (var executor = alone()) {
      for (String data :
          List.of("", ",\"data\":{}", ",\"data\":{\"workflow_type\":\"workflow\"}")) {
        var answer =
            executor.post(EXECUTE, "{\"trace_id\":\"t\",\"decision\":\"workflow\"" + data + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).isEqualTo("missing_workflow_payload");
      }
    }
  }

  @Test
  void a_payload_without_an_action_type_fails_and_says_so() {
    try (var executor = alone()) {
      var answer = executor.post(EXECUTE, TASK.replace("\"action_type\":\"task\",", ""));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("/status")).isEqualTo("failed");
      assertThat(answer.text("/execution_result/success")).isEqualTo("false");
      assertThat(answer.text("/execution_result/error_code")).isEqualTo("missing_action_type");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"decision\":\"workflow\"}'                                          | 400 | /trace_id",
        "'{\"trace_id\":\"\",\"decision\":\"workflow\"}'                        | 400 | /trace_id",
        "'{\"trace_id\":\"a b\",\"decision\":\"workflow\"}'                     | 400 | /trace_id",
        "'{\"trace_id\":7,\"decision\":\"workflow\"}'                           | 400 | /trace_id",
        "'{\"trace_id\":\"t\"}'                                                 | 400 | /decision",
        "'{\"trace_id\":\"t\",\"decision\":\"maybe\"}'                          | 422 | /decision",
        "'{\"trace_id\":\"t\",\"decision\":\"workflow\",\"x\":1}'               | 400 | /x",
        "'{\"trace_id\":\"t\",\"decision\":\"workflow\",\"source_product\":\"X\"}' | 422 |"
            + " /source_product",
        "'{\"trace_id\":\"t\",\"decision\":\"workflow\",\"data\":{\"payload\":{\"a\":1}}}' | 422 |"
            + " /data/workflow_type",
        "'{\"trace_id\":\"t\",\"decision\":\"workflow\",\"data\":{\"workflow_type\":\"workflow\","
            + "\"payload\":{\"action_type\":\"task\",\"trace_id\":\"u\"}}}' | 422 |"
            + " /data/payload/trace_id",
        "'{\"trace_id\":\"t\",\"decision\":\"workflow\",\"data\":{\"workflow_type\":\"workflow\","
            + "\"payload\":{\"action_type\":\"task\",\"user_id\":\"a b\"}}}' | 422 |"
            + " /data/payload/user_id",
      })
  void what_it_does_not_understand_it_refuses_and_names(String body, int status, String member) {
    try (var executor = alone()) {
      var answer = executor.post(EXECUTE, body);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text("/errors/0/pointer")).isEqualTo(member);
    }
  }

  private Served alone() {
    return over(nobody());
  }

  private Served over(URI federation) {
    return Served.over(routes(federation), Problem::toResponse, DOCUMENT);
  }

  private List<Route> routes(URI federation) {
    var executor =
        new ExecutorRoutes(
            new ExecutorSettings(federation, ExecutorSettings.PATIENCE_DEFAULT),
            Credentials.trusted("workflow_executor"),
            new Unwatched(),
            clock);
    return Stream.of(
            executor.routes(),
            new AdapterRoutes(List.<Adapter>of()).routes(),
            new RecordRoutes(new NoRecords()).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static URI nobody() {
    return URI.create("http://127.0.0.1:" + NOBODY.getLocalPort());
  }

  private static Socket bound() {
    try {
      var socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class NoRecords implements SideStore {

    @Override
    public void forget(Collection<RunId> runs) {}

    @Override
    public void compact() {}
  }

  private static final class Unwatched implements ExecutorWatcher {

    @Override
    public void skipped() {}

    @Override
    public void executed(String actionType, JsonObject answer) {}
  }
}
