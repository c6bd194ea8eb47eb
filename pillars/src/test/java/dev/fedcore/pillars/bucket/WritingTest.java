package dev.fedcore.pillars.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.pillars.bucket.api.BucketApi.Settings;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may write events, what of them is kept, and that none is kept twice.
class WritingTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final String READ = "/core/events?requester_id=bhiv_core&product_id=";

  /// The event of the integration plan, as it stands there.
  private static final String OF_THE_PLAN =
      """
      {
        "requester_id": "workflow_executor",
        "event_data": {
          "event_type": "workflow_execution",
          "trace_id": "task_uuid",
          "action_type": "task",
          "status": "success|failed",
          "execution_result": {},
          "timestamp": "ISO8601"
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void the_event_of_the_integration_plan_is_taken_on_both_endpoints_and_stored_alike() {
    try (var served = Served.with(directory, BucketLimits.DEFAULT, InstantSource.fixed(NOW))) {
      assertThat(served.post("/core/write-event", OF_THE_PLAN).status()).isEqualTo(200);
      assertThat(served.post("/workflow/write-event", OF_THE_PLAN).text("/success"))
          .isEqualTo("true");

      var page = served.get(READ + "workflow");
      assertThat(page.text("/count")).isEqualTo("2");
      for (String member : List.of("event_type", "trace_id", "status", "requester_id", "claimed")) {
        assertThat(page.text("/events/0/" + member)).isEqualTo(page.text("/events/1/" + member));
      }
    }
  }

  @Test
  void an_event_belongs_to_the_product_that_it_names_or_to_its_requesters_own() {
    try (var served = Served.in(directory)) {
      String event = Served.event("t");
      String named = event.replace("\"action_type\"", "\"product\":\"EMS\",\"action_type\"");

      assertThat(served.post("/core/write-event", event).text("/product_id")).isEqualTo("workflow");
      assertThat(served.post("/core/write-event", named).text("/product_id")).isEqualTo("ems");
      assertThat(
              served.post("/core/write-event", named.replace("EMS", "unknown")).text("/product_id"))
          .isEqualTo("workflow");
    }
  }

  @Test
  void a_stored_event_has_exactly_these_bytes() {
    try (var served = Served.with(directory, BucketLimits.DEFAULT, InstantSource.fixed(NOW))) {
      served.post(
          "/core/write-event",
          """
          {"requester_id":"bhiv_core","event_id":"e-1","product_id":"Gurukul","event_data":
            {"event_type":"rl_outcome","agent_id":"tutor","reward":0.5,"timestamp":
             "2026-01-31T09:59:00Z"}}\
          """);

      String page = served.get(READ + "gurukul").body();
      Matcher salt = Pattern.compile("\"content_salt\":\"([0-9a-f]{64})\"").matcher(page);
      assertThat(salt.find()).isTrue();
      String content =
          """
          {"agent_id":"tutor","claimed":{"timestamp":"2026-01-31T09:59:00Z"},\
          "event_id":"e-1","event_type":"rl_outcome","event_version":"1.0",\
          "requester_id":"bhiv_core","requester_identity":"stated","reward":0.5}\
          """;
      String place =
          """
          "prev":"c7328a0551573c9158b95275b4e094b9472e449c463ed3e8a77386a2d5eb6f01",\
          "product_id":"gurukul","seq":0,"tenant_id":"default",\
          "timestamp":"2026-01-31T10:00:00.000000Z"\
          """;
      String hashed =
          "{\"chain_format\":\"fedcore.bucket/v2\",\"content\":\"%s\",%s}"
              .formatted(commitment(salt.group(1), content), place);
      assertThat(page)
          .startsWith(
              "{\"events\":[%s,\"chain_format\":\"fedcore.bucket/v2\",%s,%s,\"event_hash\":\"%s\"}"
                  .formatted(
                      content.substring(0, content.length() - 1),
                      place,
                      salt.group(),
                      Sha256.hex(hashed.getBytes(UTF_8))));
    }
  }

  /// As the documentation says, with nothing of ours.
  private static String commitment(String salt, String canonical) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("fedcore/commit/v1\0".getBytes(UTF_8));
    bytes.writeBytes(HexFormat.of().parseHex(salt));
    bytes.writeBytes(canonical.getBytes(UTF_8));
    byte[] hash = Sha256.digest(bytes.toByteArray());
    return "sealed:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  @Test
  void an_unknown_requester_is_refused_with_403_and_nothing_is_stored() {
    try (var served = Served.in(directory)) {
      var answer =
          served.post(
              "/core/write-event", Served.event("t").replace("workflow_executor", "somebody"));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text("/code")).isEqualTo("UNKNOWN_REQUESTER");
      assertThat(served.bucket().facts().events()).isZero();
      assertThat(served.bucket().facts().refused()).containsEntry("UNKNOWN_REQUESTER", 1L);
    }
  }

  @Test
  void known_names_that_are_no_integration_do_not_write_events() {
    try (var served = Served.in(directory)) {
      for (String name : List.of("ai_helper", "product_gurukul", "auditor_ann", "admin")) {
        assertThat(
                served
                    .post("/core/write-event", Served.event("t").replace("workflow_executor", name))
                    .text("/code"))
            .isEqualTo("OPERATION_FORBIDDEN");
      }
    }
  }

  @Test
  void what_is_malformed_is_refused_with_400_and_the_place() {
    try (var served = Served.in(directory)) {
      malformed(served, "{}", "/requester_id");
      malformed(served, "{\"requester_id\":\"bhiv_core\"}", "/event_data");
      malformed(served, body("{\"event_type\":\"gossip\"}"), "/event_data/event_type");
      malformed(served, body("{}"), "/event_data/event_type");
      malformed(
          served,
          body("{\"event_type\":\"workflow_execution\",\"status\":{}}"),
          "/event_data/status");
      malformed(
          served,
          body("{\"event_type\":\"orchestration\",\"product\":\"a b\"}"),
          "/event_data/product");
      malformed(
          served,
          "{\"requester_id\":\"bhiv_core\",\"event_data\":{\"event_type\":\"task_error\"},"
              + "\"extra\":1}",
          "/extra");
      assertThat(served.bucket().facts().events()).isZero();
    }
  }

  @Test
  void the_same_event_again_gets_the_first_answer_and_is_one_row() {
    try (var served = Served.in(directory)) {
      var first = served.post("/core/write-event", Served.event("a"), "Idempotency-Key", "k-1");
      var again = served.post("/core/write-event", Served.event("a"), "Idempotency-Key", "k-1");

      assertThat(again.status()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(first.header("Idempotency-Replayed")).isEmpty();
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(served.bucket().facts().events()).isEqualTo(1);
    }
  }

  @Test
  void the_same_id_with_other_data_is_a_conflict() {
    try (var served = Served.in(directory)) {
      served.post("/core/write-event", Served.event("a"), "Idempotency-Key", "k-1");
      var other = served.post("/core/write-event", Served.event("b"), "Idempotency-Key", "k-1");

      assertThat(other.status()).isEqualTo(409);
      assertThat(other.text("/code")).isEqualTo("EVENT_ID_REUSED");
      assertThat(served.bucket().facts().events()).isEqualTo(1);
    }
  }

  @Test
  void an_id_belongs_to_its_requester() {
    try (var served = Served.in(directory)) {
      String core = Served.event("a").replace("workflow_executor", "bhiv_core");
      served.post("/core/write-event", Served.event("a"), "Idempotency-Key", "k-1");

      assertThat(served.post("/core/write-event", core, "Idempotency-Key", "k-1").status())
          .isEqualTo(200);
      assertThat(served.bucket().facts().events()).isEqualTo(2);
    }
  }

  @Test
  void senders_that_race_with_one_id_leave_one_row() throws Exception {
    try (var served = Served.in(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts =
          IntStream.range(0, 16)
              .<Callable<Served.Answer>>mapToObj(_ ->
                  () ->
                      served.post("/core/write-event", Served.event("a"), "Idempotency-Key", "one"))
              .toList();

      var answers = threads.invokeAll(posts).stream().map(done -> done.resultNow()).toList();

      assertThat(answers).extracting(Served.Answer::status).containsOnly(200);
      assertThat(answers.stream().map(Served.Answer::body).distinct()).hasSize(1);
      assertThat(served.bucket().facts().events()).isEqualTo(1);
    }
  }

  @Test
  void a_batch_is_stored_as_a_whole_or_not_at_all() {
    try (var served = Served.in(directory)) {
      String good = "{\"event_data\":{\"event_type\":\"task_error\"}}";
      String bad = "{\"event_data\":{\"event_type\":\"gossip\"}}";

      assertThat(batch(served, good + "," + bad).text("/errors/0/pointer"))
          .isEqualTo("/events/1/event_data/event_type");
      assertThat(served.bucket().facts().events()).isZero();
      assertThat(batch(served, good + "," + good).text("/count")).isEqualTo("2");
      assertThat(served.bucket().facts().events()).isEqualTo(2);
      assertThat(served.bucket().facts().commits()).isEqualTo(1);
    }
  }

  @Test
  void a_batch_has_at_most_five_hundred_events() {
    try (var served = Served.in(directory)) {
      String event = "{\"event_data\":{\"event_type\":\"task_error\"}}";

      assertThat(batch(served, (event + ",").repeat(500) + event).status()).isEqualTo(400);
      assertThat(batch(served, "").status()).isEqualTo(400);
    }
  }

  @Test
  void a_requester_writes_so_many_events_in_a_second_and_no_more() {
    var limits = BucketLimits.DEFAULT.withWritesPerSecond(2);
    try (var served = Served.with(directory, limits, InstantSource.fixed(NOW))) {
      served.executed("1");
      served.executed("2");
      var third = served.executed("3");

      assertThat(third.status()).isEqualTo(429);
      assertThat(third.header("Retry-After")).isEqualTo("1");
      assertThat(served.bucket().facts().events()).isEqualTo(2);
    }
  }

  @Test
  void the_workflow_endpoint_can_be_switched_off() {
    var settings = new Settings(true, false, "test");
    try (var served =
        Served.with(directory, BucketLimits.DEFAULT, InstantSource.system(), settings)) {
      var answer = served.post("/workflow/write-event", Served.event("t"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("/detail")).contains("WORKFLOW_EVENTS_ENABLED");
      assertThat(served.executed("t").status()).isEqualTo(200);
    }
  }

  @Test
  void an_event_is_visible_to_every_read_once_it_is_acknowledged() {
    try (var served = Served.in(directory)) {
      for (int i = 0; i < 20; i++) {
        served.executed("trace-" + i);

        assertThat(served.get(READ + "workflow&limit=1").text("/events/0/trace_id"))
            .isEqualTo("trace-" + i);
      }
    }
  }

  @Test
  void a_store_that_does_not_answer_is_said_to_and_may_be_tried_again() {
    try (var served = Served.in(directory)) {
      served.bucket().close();

      var answer = served.executed("t");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("/code")).isEqualTo("STORE_UNAVAILABLE");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(served.get("/health").text("/status")).isEqualTo("unhealthy");
    }
  }

  private static String body(String eventData) {
    return "{\"requester_id\":\"bhiv_core\",\"event_data\":%s}".formatted(eventData);
  }

  private static Served.Answer batch(Served served, String events) {
    return served.post(
        "/core/write-events", "{\"requester_id\":\"bhiv_core\",\"events\":[%s]}".formatted(events));
  }

  private static void malformed(Served served, String body, String pointer) {
    var answer = served.post("/core/write-event", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
  }
}
