package dev.fedcore.pillars.karma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.pillars.served.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KarmaOverHttpTest {

  private static final Document DOCUMENT = Document.beside(Karma.class);
  private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

  /// The Workflow Executor's event, as the integration document shows it.
  private static final String SEED =
      """
      {
        "type": "life_event",
        "data": {
          "user_id": "user123",
          "action": "workflow_success",
          "role": "user",
          "note": "Workflow execution: task",
          "context": {
            "trace_id": "task_uuid",
            "action_type": "task",
            "source": "workflow_executor"
          }
        },
        "source": "workflow_executor"
      }
      """;

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock(START);
  private Karma karma;
  private Served served;

  @BeforeEach
  void open() {
    serve(KarmaSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    served.close();
    karma.close();
  }

  private void serve(KarmaSettings settings) {
    karma = Karma.open(directory, settings, clock);
    served = Served.over(karma.routes(), karma.problems(), DOCUMENT);
  }

  private void reopen(KarmaSettings settings) {
    close();
    serve(settings);
  }

  private static String life(String userId, String action, String more) {
    return """
    {"type":"life_event","source":"bhiv_core",
     "data":{"user_id":"%s","action":"%s","role":"user"}%s}\
    """
        .formatted(userId, action, more);
  }

  private Answer told(String userId, String action) {
    return served.post("/v1/event/", life(userId, action, ""));
  }

  @Test
  void the_executors_event_is_taken_as_it_stands_in_the_integration_document() {
    Answer answer = served.post("/v1/event/", SEED);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/status")).isEqualTo("success");
    assertThat(answer.text("/event_type")).isEqualTo("life_event");
    assertThat(answer.text("/timestamp")).isEqualTo("2026-01-31T10:00:00Z");
    assertThat(answer.text("/routing_info/internal_endpoint")).isEqualTo("/v1/log-action/");
    assertThat(answer.text("/data/current_role")).isEqualTo("learner");
    Answer profile = served.get("/api/v1/karma/user123");
    assertThat(profile.text("/balances/DharmaPoints")).isEqualTo("2");
    assertThat(profile.text("/merit_score")).isEqualTo("2");
  }

  @Test
  void the_executors_event_counts_once_however_often_it_is_sent() {
    Answer first = served.post("/v1/event/", SEED);
    clock.pass(Duration.ofMinutes(5));
    Answer second = served.post("/v1/event/", SEED);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(served.get("/api/v1/karma/user123").text("/merit_score")).isEqualTo("2");
    assertThat(served.get("/v1/stats/system").text("/total_events")).isEqualTo("1");
  }

  @Test
  void events_without_a_trace_and_an_id_count_each_time() {
    told("ann", "completing_lessons");
    told("ann", "completing_lessons");

    assertThat(served.get("/v1/stats/user/ann").text("/merit_score")).isEqualTo("10");
  }

  @Test
  void an_id_names_one_event_for_ever() {
    String body = life("ann", "helping_peers", ",\"event_id\":\"e-1\"");
    Answer first = served.post("/v1/event/", body);
    reopen(KarmaSettings.DEFAULT);

    assertThat(served.post("/v1/event/", body).body()).isEqualTo(first.body());
    Answer other =
        served.post("/v1/event/", life("ann", "solving_doubts", ",\"event_id\":\"e-1\""));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/error/code")).isEqualTo("EVENT_ID_REUSED");
    assertThat(served.get("/v1/stats/user/ann").text("/total_actions")).isEqualTo("1");
  }

  @Test
  void the_idempotency_key_names_an_event_as_well() {
    String body = "{\"user_id\":\"ann\",\"action\":\"cheat\",\"role\":\"learner\"}";
    Answer first =
        served.post("/v1/log-action/", body, "X-Actor-Id", "bhiv_core", "Idempotency-Key", "k");
    Answer second =
        served.post("/v1/log-action/", body, "X-Actor-Id", "bhiv_core", "Idempotency-Key", "k");

    assertThat(first.text("/event_id")).isEqualTo("k");
    assertThat(first.text("/penalty_name")).isEqualTo("first_offense");
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void two_names_for_one_event_are_refused() {
    Answer answer =
        served.post(
            "/v1/event/", life("ann", "cheat", ",\"event_id\":\"one\""), "Idempotency-Key", "two");

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void of_many_who_send_one_event_at_once_all_get_the_one_answer() throws Exception {
    String body = life("ann", "selfless_service", ",\"event_id\":\"raced\"");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts =
          IntStream.range(0, 16)
              .<Callable<String>>mapToObj(
                  _ -> () -> new String(served.post("/v1/event/", body).body(), UTF_8))
              .toList();

      var answers = threads.invokeAll(posts).stream().map(future -> future.resultNow()).toList();

      assertThat(new TreeSet<>(answers)).hasSize(1);
    }
    assertThat(served.get("/v1/stats/user/ann").text("/total_actions")).isEqualTo("1");
  }

  @Test
  void a_user_is_another_one_in_another_tenant() {
    told("ann", "helping_peers");

    assertThat(served.get("/api/v1/karma/ann", "X-Tenant-Id", "elsewhere").status()).isEqualTo(404);
    assertThat(served.get("/policy/", "X-Tenant-Id", "elsewhere").text("/policy/learner/action"))
        .isEqualTo("null");
  }

  @Test
  void the_profile_explains_every_change() {
    told("ann", "helping_peers");
    clock.pass(Duration.ofDays(1));
    told("ann", "cheat");

    Answer profile = served.get("/api/v1/karma/ann");

    assertThat(profile.text("/changes/0/data/action")).isEqualTo("cheat");
    assertThat(profile.text("/changes/0/changes/0/what")).isEqualTo("balances.SevaPoints");
    assertThat(profile.text("/changes/0/changes/0/why")).isEqualTo("decay");
    assertThat(profile.text("/changes/0/changes/0/old")).isEqualTo("10");
    assertThat(profile.text("/changes/0/changes/0/new")).startsWith("9.995");
    assertThat(profile.text("/changes/1/changes/1/what")).isEqualTo("q.learner.helping_peers");
    assertThat(profile.text("/changes/1/changes/1/new")).isEqualTo("1.5");
    assertThat(profile.text("/corrective_guidance/0")).isEqualTo("appeal cheat to get a plan");
    assertThat(profile.text("/next_cursor")).isEqualTo("null");
  }

  @Test
  void changes_come_in_pages() {
    for (int i = 0; i < 5; i++) {
      told("ann", "workflow_success");
      told("bob", "workflow_success");
    }

    var ids = new ArrayList<String>();
    String cursor = "";
    while (!cursor.equals("null")) {
      Answer page =
          served.get("/api/v1/karma/ann?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      ((JsonArray) page.value("/changes"))
          .items()
          .forEach(item -> ids.add(JsonPointers.find(item, "/event_id").orElseThrow().toString()));
      cursor = page.text("/next_cursor");
    }

    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void the_policy_is_the_best_that_was_learned_in_each_role() {
    told("ann", "completing_lessons");
    told("ann", "helping_peers");

    Answer policy = served.get("/policy/");

    assertThat(policy.text("/policy/learner/action")).isEqualTo("helping_peers");
    assertThat(policy.text("/policy/guru/action")).isEqualTo("null");
    assertThat(policy.text("/q/learner/completing_lessons")).isEqualTo("0.75");
  }

  @Test
  void a_debt_is_made_good_over_http() {
    told("ann", "break_promise");
    String appeal =
        "{\"type\":\"appeal\",\"source\":\"bucket\","
            + "\"data\":{\"user_id\":\"ann\",\"action\":\"break_promise\"}}";
    String plan = served.post("/v1/event/", appeal).text("/data/plan/plan_id");

    assertThat(served.post("/v1/event/", appeal).text("/error/code")).isEqualTo("PLAN_IS_OPEN");
    assertThat(atone(plan, "Jap", "108").status()).isEqualTo(200);
    assertThat(atone(plan, "Tap", "1").status()).isEqualTo(200);
    assertThat(atone(plan, "Bhakti", "1").text("/data/paap_score")).isEqualTo("1");
    assertThat(atone(plan, "Daan", "10").status()).isEqualTo(400);
    assertThat(atone(plan, "Daan", "10,\"tx_hash\":\"0xabc\"").text("/data/paap_score"))
        .isEqualTo("0");
    assertThat(atone(plan, "Jap", "1").text("/error/code")).isEqualTo("UNKNOWN_PLAN");
  }

  private Answer atone(String plan, String rite, String amount) {
    return served.post(
        "/v1/event/",
        """
        {"type":"atonement","source":"bhiv_core",
         "data":{"user_id":"ann","plan_id":"%s","atonement_type":"%s","amount":%s}}\
        """
            .formatted(plan, rite, amount));
  }

  @Test
  void without_tracking_events_are_kept_and_change_nothing() {
    reopen(KarmaSettings.DEFAULT.withTracking(false));

    Answer answer = served.post("/v1/event/", SEED);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/data/tracked")).isEqualTo("false");
    assertThat(answer.text("/message")).contains("tracking is off");
    assertThat(served.get("/api/v1/karma/user123").status()).isEqualTo(404);
    assertThat(served.get("/v1/stats/system").text("/total_events")).isEqualTo("1");
    assertThat(served.get("/health").text("/tracking")).isEqualTo("false");
    assertThat(karma.replay()).isEqualTo(karma.kept());
  }

  @ParameterizedTest(name = "{0} as {1}: {3}")
  @CsvSource({
    "stranger, '', life_event, UNKNOWN_SOURCE",
    "'', '', life_event, UNKNOWN_SOURCE",
    "'', stranger, life_event, UNKNOWN_SOURCE",
    "bhiv_core, bucket, life_event, SOURCE_MISMATCH",
    "workflow_executor, '', death_event, SOURCE_NOT_ALLOWED",
    "workflow_executor, workflow_executor, stats_request, SOURCE_NOT_ALLOWED",
  })
  void who_may_not_tell_is_refused(String source, String actor, String type, String code) {
    String stated = source.isEmpty() ? "" : ",\"source\":\"%s\"".formatted(source);
    String body = "{\"type\":\"%s\",\"data\":{\"user_id\":\"ann\"}%s}".formatted(type, stated);

    Answer answer =
        actor.isEmpty()
            ? served.post("/v1/event/", body)
            : served.post("/v1/event/", body, "X-Actor-Id", actor);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("/status")).isEqualTo("error");
    assertThat(answer.text("/error/code")).isEqualTo(code);
    assertThat(answer.text("/path")).isEqualTo("/v1/event/");
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/karma/ann", "/v1/stats/user/ann", "/v1/stats/system", "/policy/"})
  void the_executor_reads_nothing(String path) {
    told("ann", "helping_peers");

    assertThat(served.get(path).status()).isEqualTo(200);
    Answer refused = served.get(path, "X-Actor-Id", "workflow_executor");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("/error/code")).isEqualTo("READ_NOT_ALLOWED");
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          birth       | {}                                             | /type: must be one of life
          life_event  | 1                                              | /data: must be an object
          life_event  | {'user_id':'a','hue':1}                        | /data/action: must be
          death_event | {'user_id':'a','hue':1}                        | /data/hue: unknown field
          life_event  | {'user_id':'a','action':'fly','role':'user'}   | /data/action: must be one of
          life_event  | {'user_id':'a','action':'cheat','role':'king'} | /data/role: must be one of
          death_event | {'user_id':' '}                                | /data/user_id: must have 1
          death_event | {'user_id':'a','context':'text'}               | /data/context: must be an
          atonement   | {'user_id':'a','plan_id':'p','atonement_type':'Jap','amount':0} | /data/amount
          """)
  void a_body_that_cannot_be_read_is_a_400_that_names_the_place(
      String type, String data, String complaint) {
    Answer answer =
        served.post(
            "/v1/event/",
            "{\"type\":\"%s\",\"source\":\"bhiv_core\",\"data\":%s}"
                .formatted(type, data.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/error/message")).contains(complaint);
    assertThat(complaint).startsWith(answer.text("/details/errors/0/pointer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "{",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"appeal\",\"hue\":1}",
        "\"\\ud800\""
      })
  void what_is_no_event_is_a_400(String body) {
    assertThat(served.post("/v1/event/", body).status()).isEqualTo(400);
  }

  @Test
  void every_route_is_documented_and_every_documented_operation_is_routed() {
    var routed =
        karma.routes().stream()
            .map((Route route) -> route.method() + " " + route.pattern())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(routed).isEqualTo(DOCUMENT.operations());
    assertThat(DOCUMENT.openBodies()).isEmpty();
    assertThat(served.get("/openapi.json").text("/openapi")).isEqualTo("3.1.0");
  }

  @Test
  void the_bodies_that_are_taken_are_the_documented_ones() {
    List.of(SEED, life("ann", "cheat", ",\"timestamp\":\"2026-01-01T00:00:00Z\""))
        .forEach(body -> DOCUMENT.validate("EventBody", body.getBytes(UTF_8)));
  }
}
