package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.server.Served.Answer;
import dev.fedcore.testing.Eventually;
import dev.fedcore.testing.LiveDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that know each other by their addresses only: one that goes away changes no outcome,
/// and what it was to be told arrives once.
class PillarsApartTest {

  private static final String EVENTS = "/core/events?requester_id=auditor_test&product_id=workflow";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path data;

  private final Map<Role, Integer> ports = ServedHouse.freePorts();

  @Test
  void the_executor_acts_for_a_federation_core_in_another_process() {
    try (var executor = alone(Role.EXECUTOR, Role.FEDERATION);
        var federation = alone(Role.FEDERATION, Role.EXECUTOR)) {
      Answer answer = executor.execute(request("t-1"));

      assertThat(answer.text("/status")).isEqualTo("success");
      assertThat(tasks(executor)).isEqualTo(1);
      Answer elsewhere = federation.get(Role.FEDERATION, "/tasks");
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(elsewhere.text("/detail"))
          .endsWith("ask it: http://127.0.0.1:%d/tasks".formatted(ports.get(Role.EXECUTOR)));
    }
  }

  @Test
  void an_executor_without_its_federation_core_refuses_and_goes_on_once_it_is_there() {
    try (var executor = alone(Role.EXECUTOR, Role.FEDERATION)) {
      Answer refused = executor.execute(request("t-1"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("/code")).isEqualTo("FEDERATION_UNAVAILABLE");
      assertThat(tasks(executor)).isZero();

      try (var federation = alone(Role.FEDERATION, Role.EXECUTOR)) {
        assertThat(executor.execute(request("t-1")).text("/status")).isEqualTo("success");
        assertThat(federation.get(Role.FEDERATION, "/workflows/runs").text("/runs/0/status"))
            .isEqualTo("COMPLETED");
      }
      assertThat(executor.execute(request("t-2")).status()).isEqualTo(503);
      assertThat(tasks(executor)).isEqualTo(1);
    }
  }

  @Test
  void a_federation_core_without_its_executor_does_nothing_and_says_why() throws Exception {
    try (var federation = alone(Role.FEDERATION, Role.EXECUTOR)) {
      Answer run =
          federation.post(
              Role.FEDERATION,
              "/workflows/runs",
              """
              {"workflow_id":"executor_action","start":true,
               "input_payload":{"action_type":"task","parameters":{"title":"x"}}}\
              """,
              "ann");
      String path = "/workflows/runs/" + run.text("/run_id");

      Answer failed = federation.await(Role.FEDERATION, path, "/status", "FAILED");
      assertThat(failed.text("/error_details/code")).isEqualTo("executor_unreachable");
    }
  }

  @Test
  void the_status_follows_a_pillar_up_and_down_and_up() throws Exception {
    try (var federation = alone(Role.FEDERATION, Role.BUCKET)) {
      federation.await(Role.FEDERATION, "/system/status", "/pillars/2/status", "down");
      try (var bucket = alone(Role.BUCKET)) {
        assertThat(bucket.get(Role.BUCKET, "/health").status()).isEqualTo(200);
        Answer up = federation.await(Role.FEDERATION, "/system/status", "/pillars/2/status", "up");
        assertThat(up.text("/pillars/2/name")).isEqualTo("bucket");
        assertThat(up.text("/pillars/3/status")).isEqualTo("not_configured");
        assertThat(up.text("/status")).isEqualTo("up");
      }
      Answer down =
          federation.await(Role.FEDERATION, "/system/status", "/pillars/2/status", "down");
      assertThat(down.text("/status")).isEqualTo("degraded");
      // A look at it while it went away has failed otherwise, perhaps.
      Eventually.holds(
          PATIENCE,
          () ->
              federation
                  .get(Role.FEDERATION, "/system/status")
                  .text("/pillars/2/last_error")
                  .contains("cannot be reached"));
      try (var bucket = alone(Role.BUCKET)) {
        assertThat(bucket.get(Role.BUCKET, "/health").status()).isEqualTo(200);
        federation.await(Role.FEDERATION, "/system/status", "/pillars/2/status", "up");
      }
    }
  }

  @Test
  void what_bucket_was_not_told_while_it_was_away_arrives_once() throws Exception {
    try (var federation =
        ServedHouse.start(
            data.resolve("both"),
            Set.of(Role.FEDERATION, Role.EXECUTOR),
            ports,
            ServedHouse.environment(ports, Role.BUCKET))) {
      assertThat(federation.execute(request("t-1")).text("/status")).isEqualTo("success");

      try (var bucket = alone(Role.BUCKET)) {
        bucket.await(Role.BUCKET, EVENTS, "/count", "1");
        federation.await(Role.FEDERATION, "/system/status", "/pillars/2/outbox/undelivered", "0");
        assertThat(bucket.get(Role.BUCKET, EVENTS).text("/events/0/trace_id")).isEqualTo("t-1");
        assertThat(bucket.get(Role.BUCKET, EVENTS).text("/count")).isEqualTo("1");
      }
    }
  }

  @Test
  void what_bucket_is_told_again_because_its_answer_was_lost_is_there_once() throws Exception {
    try (var bucket = alone(Role.BUCKET);
        var line = new BadLine(ports.getOrDefault(Role.BUCKET, 0), 2);
        var federation =
            ServedHouse.start(
                data.resolve("both"),
                Set.of(Role.FEDERATION, Role.EXECUTOR),
                ports,
                Map.of("BUCKET_URL", line.url()))) {
      federation.execute(request("t-1"));
      federation.await(Role.FEDERATION, "/system/status", "/pillars/2/outbox/undelivered", "0");

      assertThat(line.told()).isGreaterThanOrEqualTo(3);
      assertThat(bucket.get(Role.BUCKET, EVENTS).text("/count")).isEqualTo("1");
    }
  }

  /// One request to Federation Core erases somebody in every service.
  @Nested
  class Erasure {
    private static final String ZOE = "zoe.hopper@example.org";
    private static final String STATUS = "/system/status";

    @Test
    void in_one_process() throws Exception {
      Set<Role> roles = Set.of(Role.KARMA, Role.BUCKET, Role.EXECUTOR, Role.FEDERATION);
      try (var house = ServedHouse.start(data, roles, ports, Map.of())) {
        execute(house);
        house.await(Role.BUCKET, EVENTS, "/count", "1");
        house.await(Role.FEDERATION, STATUS, "/pillars/3/outbox/undelivered", "0");
        String hash = house.get(Role.BUCKET, EVENTS).text("/events/0/event_hash");
        assertThat(files()).contains(ZOE);

        Answer erased = erase(house);

        assertThat(erased.status()).isEqualTo(200);
        assertThat(erased.text("/files_rewritten")).isEqualTo("true");
        assertThat(erased.text("/unanswered")).isEqualTo("[]");
        assertThat(erased.text("/not_reached")).isEqualTo("[\"backups\"]");
        assertThat(files()).doesNotContain(ZOE);
        assertThat(house.get(Role.BUCKET, EVENTS).text("/events/0/event_hash")).isEqualTo(hash);
        assertThat(
                house
                    .get(Role.BUCKET, "/core/events/verify?requester_id=auditor_test")
                    .text("/sound"))
            .isEqualTo("true");
      }
    }

    @Test
    void in_processes_of_their_own() throws Exception {
      Role[] others = {Role.KARMA, Role.BUCKET, Role.EXECUTOR};
      try (var karma = alone(Role.KARMA);
          var bucket = alone(Role.BUCKET);
          var executor = alone(Role.EXECUTOR, Role.FEDERATION);
          var federation = alone(Role.FEDERATION, others)) {
        execute(executor);
        bucket.await(Role.BUCKET, EVENTS, "/count", "1");
        federation.await(Role.FEDERATION, STATUS, "/pillars/3/outbox/undelivered", "0");
        for (Role role : others) {
          assertThat(files(role.word())).as(role.word()).contains(ZOE);
        }

        Answer erased = erase(federation);

        assertThat(erased.text("/unanswered")).isEqualTo("[]");
        assertThat(files()).doesNotContain(ZOE);
        assertThat(karma.get(Role.KARMA, "/api/v1/karma/" + ZOE).status()).isEqualTo(404);
      }
    }

    @Test
    void a_service_that_is_away_is_named_and_reached_by_asking_again() throws Exception {
      try (var federation =
          ServedHouse.start(
              data.resolve("both"),
              Set.of(Role.FEDERATION, Role.EXECUTOR),
              ports,
              ServedHouse.environment(ports, Role.BUCKET))) {
        try (var bucket = alone(Role.BUCKET)) {
          execute(federation);
          bucket.await(Role.BUCKET, EVENTS, "/count", "1");
          federation.await(Role.FEDERATION, STATUS, "/pillars/2/outbox/undelivered", "0");
        }

        assertThat(erase(federation).text("/unanswered")).isEqualTo("[\"bucket\"]");
        assertThat(files("both")).doesNotContain(ZOE);
        assertThat(files("bucket")).contains(ZOE);

        try (var bucket = alone(Role.BUCKET)) {
          assertThat(bucket.get(Role.BUCKET, "/health").status()).isEqualTo(200);
          Answer again = erase(federation);
          assertThat(again.text("/unanswered")).isEqualTo("[]");
          assertThat(again.text("/values_erased")).isEqualTo("1");
          assertThat(files()).doesNotContain(ZOE);
        }
      }
    }

    @Test
    void an_executor_that_is_away_leaves_all_as_it_is() throws Exception {
      try (var federation = alone(Role.FEDERATION, Role.EXECUTOR)) {
        try (var executor = alone(Role.EXECUTOR, Role.FEDERATION)) {
          execute(executor);
        }
        assertThat(erase(federation).status()).isEqualTo(503);
        assertThat(files("executor")).contains(ZOE);

        try (var executor = alone(Role.EXECUTOR, Role.FEDERATION)) {
          assertThat(executor.get(Role.EXECUTOR, "/healthz").status()).isEqualTo(200);
          assertThat(erase(federation).status()).isEqualTo(200);
          assertThat(files()).doesNotContain(ZOE);
        }
      }
    }

    private void execute(ServedHouse house) {
      String body =
          """
          {"trace_id":"t-1","decision":"workflow","data":{"workflow_type":"workflow",\
          "payload":{"action_type":"task","title":"call %1$s","user_id":"%1$s"}}}\
          """
              .formatted(ZOE);
      Answer answer = house.execute(body);
      assertThat(answer.text("/status")).isEqualTo("success");
    }

    private Answer erase(ServedHouse federation) {
      String body = "{\"subject\":\"%s\",\"reason\":\"her letter\"}".formatted(ZOE);
      return federation.post(Role.FEDERATION, "/erasures", body, "admin_ida");
    }

    private String files() throws IOException {
      return files("");
    }

    /// All that is in files below a directory.
    private String files(String below) throws IOException {
      return LiveDirectory.text(data.resolve(below));
    }
  }

  private ServedHouse alone(Role role, Role... others) {
    return ServedHouse.start(
        data.resolve(role.word()), Set.of(role), ports, ServedHouse.environment(ports, others));
  }

  private static int tasks(ServedHouse executor) {
    return ((JsonArray) executor.get(Role.EXECUTOR, "/tasks").value("/tasks")).items().size();
  }

  private static String request(String traceId) {
    return """
    {"trace_id":"%s","decision":"workflow","data":{"workflow_type":"workflow",\
    "payload":{"action_type":"task","title":"x"}}}\
    """
        .formatted(traceId);
  }

  /// Carries every request to Bucket, and loses the first answers on the way back.
  private static final class BadLine implements AutoCloseable {

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI bucket;
    private final int losses;
    private final AtomicInteger told = new AtomicInteger();

    BadLine(int bucketPort, int losses) throws IOException {
      this.bucket = URI.create("http://127.0.0.1:" + bucketPort);
      this.losses = losses;
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/core/write-event", this::carry);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int told() {
      return told.get();
    }

    private void carry(HttpExchange exchange) throws IOException {
      var request =
          HttpRequest.newBuilder(bucket.resolve(exchange.getRequestURI()))
              .header("Content-Type", "application/json")
              .header("X-Actor-Id", exchange.getRequestHeaders().getFirst("X-Actor-Id"))
              .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      try (exchange) {
        byte[] answer = client.send(request, BodyHandlers.ofString(UTF_8)).body().getBytes(UTF_8);
        if (told.incrementAndGet() > losses) {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      server.stop(0);
      client.close();
    }
  }
}
