package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One request to Federation Core erases somebody in every service.
class ErasureEverywhereTest {

  private static final String ZOE = "zoe.hopper@example.org";
  private static final String EVENTS = "/core/events?requester_id=auditor_test&product_id=workflow";
  private static final String STATUS = "/system/status";

  @TempDir private Path data;

  private final Map<Role, Integer> ports = ServedHouse.freePorts();

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

  private static void execute(ServedHouse house) {
    String body =
        """
        {"trace_id":"t-1","decision":"workflow","data":{"workflow_type":"workflow",\
        "payload":{"action_type":"task","title":"call %1$s","user_id":"%1$s"}}}\
        """
            .formatted(ZOE);
    Answer answer = house.execute(body);
    assertThat(answer.text("/status")).isEqualTo("success");
  }

  private static Answer erase(ServedHouse federation) {
    String body = "{\"subject\":\"%s\",\"reason\":\"her letter\"}".formatted(ZOE);
    return federation.post(Role.FEDERATION, "/erasures", body, "admin_ida");
  }

  private ServedHouse alone(Role role, Role... others) {
    return ServedHouse.start(
        data.resolve(role.word()), Set.of(role), ports, ServedHouse.environment(ports, others));
  }

  private String files() throws IOException {
    return files("");
  }

  /// All that is in files below a directory.
  private String files(String below) throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.walk(data.resolve(below))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
