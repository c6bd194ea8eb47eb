package dev.fedcore.pillars.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.pillars.core.chat.ChatSettings;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Neighbour;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.testing.Eventually;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreOverHttpTest {

  private static final Document DOCUMENT = Document.beside(Core.class);
  private static final String EXECUTE = "/api/workflow/execute";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// A port that nobody listens on.
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final AtomicLong nanoTime = new AtomicLong();
  private final CountDownLatch open = new CountDownLatch(1);
  private Optional<Core> core = Optional.empty();
  private Optional<Served> served = Optional.empty();

  private Served serve(CoreSettings settings) {
    core =
        Optional.of(
            Core.open(settings, new SplittableRandom(4), InstantSource.system(), nanoTime::get));
    served =
        Optional.of(
            Served.over(
                core.get().routes(),
                (problem, path, trace) -> problem.toResponse(path, trace),
                DOCUMENT));
    return served.get();
  }

  @AfterEach
  void close() {
    open.countDown();
    served.ifPresent(Served::close);
    core.ifPresent(Core::close);
  }

  private static CoreSettings settings(URI executor, Optional<URI> bucket) {
    return new CoreSettings(
        executor, LIMIT, true, bucket, Credentials.trusted(CoreSettings.ACTOR), Optional.empty());
  }

  private static Neighbour executor() {
    return Neighbour.on(
        EXECUTE,
        body ->
            Response.json(
                200,
                JsonObject.builder()
                    .put("trace_id", body.get("trace_id").orElseThrow())
                    .put("run_id", "run-1")
                    .put("status", "success")
                    .build()));
  }

  private static void awaitSent(Served server, String id) throws Exception {
    Eventually.holds(LIMIT, () -> server.get("/tasks/" + id).text("/status").equals("sent"));
  }

  private static String said(String words) {
    return "{\"input\":\"%s\"}".formatted(words);
  }

  private static String text(JsonObject json, String pointer) {
    return ((JsonString) JsonPointers.find(json, pointer).orElseThrow()).value();
  }

  @Test
  void the_users_words_become_the_executors_request_of_the_integration_document() {
    try (var executor = executor()) {
      Served server = serve(settings(executor.uri(), Optional.empty()));

      Answer answer =
          server.post(
              "/handle_task",
              """
              {"agent":"edumentor_agent","input":"Create a task to review code","pdf_path":"",
               "input_type":"text","retries":3,"fallback_model":"edumentor_agent","tags":[],
               "user_id":"user123"}\
              """);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("/status")).isEqualTo("success");
      assertThat(answer.text("/workflow")).isEqualTo("accepted");
      assertThat(answer.text("/agent_output/message")).startsWith("accepted, not yet done");
      Neighbour.Got got = executor.next();
      String trace = answer.text("/task_id");
      assertThat(trace).matches("[0-9a-f]{32}");
      assertThat(new String(got.body().canonicalBytes(), UTF_8))
          .isEqualTo(
              """
              {"data":{"payload":{"action_type":"task","title":"Review code","user_id":"user123"},\
              "workflow_type":"workflow"},"decision":"workflow","trace_id":"%s"}\
              """
                  .formatted(trace));
      assertThat(got.traceparent()).matches("00-" + trace + "-[0-9a-f]{16}-01");
      assertThat(got.actor()).isEqualTo("bhiv_core");
    }
  }

  @Test
  void what_became_of_a_task_can_be_asked_later() throws Exception {
    try (var executor = executor();
        var bucket = Neighbour.on("/core/write-event", _ -> Response.json(200, JsonObject.EMPTY))) {
      Served server = serve(settings(executor.uri(), Optional.of(bucket.uri())));
      String id = server.post("/handle_task", said("Create a task to rest")).text("/task_id");

      awaitSent(server, id);

      Answer state = server.get("/tasks/" + id);
      assertThat(state.text("/status")).isEqualTo("sent");
      assertThat(state.text("/run_id")).isEqualTo("run-1");
      assertThat(server.get("/tasks/" + id, "X-Tenant-Id", "other").status()).isEqualTo(404);
    }
  }

  @Test
  void whose_approval_a_task_waits_for_can_be_asked_later() throws Exception {
    try (var executor =
        Neighbour.on(
            EXECUTE,
            _ ->
                Response.json(
                    200,
                    JsonObject.builder()
                        .put("run_id", "run-1")
                        .put("gate_id", "gate-1")
                        .put("status", "pending")
                        .put("reason", "waits_for_approval")
                        .build()))) {
      Served server = serve(settings(executor.uri(), Optional.empty()));
      String id =
          server
              .post("/handle_task", said("whatsapp +4915112345678 saying hello"))
              .text("/task_id");

      awaitSent(server, id);

      Answer state = server.get("/tasks/" + id);
      assertThat(state.text("/detail")).isEqualTo("pending");
      assertThat(state.text("/gate_id")).isEqualTo("gate-1");
      assertThat(state.text("/reason")).isEqualTo("waits_for_approval");
    }
  }

  @Test
  void bucket_is_told_what_was_decided_and_nothing_that_was_said() {
    try (var executor = executor();
        var bucket = Neighbour.on("/core/write-event", _ -> Response.json(200, JsonObject.EMPTY))) {
      Served server = serve(settings(executor.uri(), Optional.of(bucket.uri())));
      String id =
          server
              .post("/handle_task", said("email ann@example.org that all is well"))
              .text("/task_id");

      List<Neighbour.Got> events = List.of(bucket.next(), bucket.next());

      assertThat(events)
          .extracting(event -> text(event.body(), "/event_data/event_type"))
          .containsExactlyInAnyOrder("agent_result", "rl_outcome");
      assertThat(events)
          .allSatisfy(event -> {
            assertThat(text(event.body(), "/requester_id")).isEqualTo("bhiv_core");
            assertThat(text(event.body(), "/event_data/trace_id")).isEqualTo(id);
            assertThat(event.traceparent()).contains(id);
            assertThat(new String(event.body().canonicalBytes(), UTF_8)).doesNotContain("ann@");
          });
    }
  }

  @Test
  void nobody_waits_for_an_executor_that_does_not_answer() {
    try (var slow =
        Neighbour.on(
            EXECUTE,
            _ -> {
              await(open);
              return Response.json(200, JsonObject.EMPTY);
            })) {
      Served server = serve(settings(slow.uri(), Optional.empty()));
      long start = System.nanoTime();

      Answer answer = server.post("/handle_task", said("Create a task to wait"));

      assertThat(answer.text("/workflow")).isEqualTo("accepted");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
      slow.next();
      open.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_could_not_be_delivered_shows() {
    Served server = serve(settings(NOWHERE, Optional.of(NOWHERE)));
    String id = server.post("/handle_task", said("Create a task to fail")).text("/task_id");

    core.orElseThrow().close();

    assertThat(server.get("/tasks/" + id).text("/status")).isEqualTo("failed");
    Answer health = server.get("/health");
    assertThat(health.text("/services/workflow_executor/failed")).isEqualTo("1");
    assertThat(health.text("/services/bucket/failed")).isNotEqualTo("0");
    assertThat(health.text("/metrics/successful_requests")).isEqualTo("1");
  }

  @Test
  void a_full_queue_refuses_and_does_not_pretend() {
    Served server = serve(settings(NOWHERE, Optional.empty()));
    core.orElseThrow().close();

    Answer answer = server.post("/handle_task", said("Create a task to be dropped"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("/code")).isEqualTo("EXECUTOR_QUEUE_FULL");
    assertThat(server.get("/health").text("/services/workflow_executor/dropped")).isEqualTo("1");
    assertThat(server.get("/health").text("/metrics/failed_requests")).isEqualTo("1");
  }

  @Test
  void the_same_key_is_the_same_task_and_another_request_is_refused() {
    try (var executor = executor()) {
      Served server = serve(settings(executor.uri(), Optional.empty()));
      String body = said("Create a task to happen once");
      Answer first = server.post("/handle_task", body, "Idempotency-Key", "once");
      Answer second = server.post("/handle_task", body, "Idempotency-Key", "once");
      Answer other = server.post("/handle_task", said("hello"), "Idempotency-Key", "once");

      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(other.status()).isEqualTo(422);
      assertThat(text(executor.next().body(), "/trace_id")).isEqualTo(first.text("/task_id"));
      core.orElseThrow().close();
      assertThat(executor.unread()).isEqualTo(0);
    }
  }

  @Test
  void several_texts_are_tasks_of_their_own() {
    try (var executor = executor()) {
      Served server = serve(settings(executor.uri(), Optional.empty()));

      Answer answer =
          server.post(
              "/handle_multi_task",
              "{\"tasks\":[%s,%s,%s]}"
                  .formatted(said("Create a task to sweep"), said("Hello"), said("email Bob hi")));

      assertThat(answer.text("/results/0/workflow")).isEqualTo("accepted");
      assertThat(answer.text("/results/1/workflow")).isEqualTo("not_needed");
      assertThat(answer.text("/results/2/workflow")).isEqualTo("unclear");
      assertThat(answer.text("/results/2/agent_output/message")).contains("recipient");
    }
  }

  @Test
  void workflows_can_be_switched_off() {
    Served server =
        serve(
            new CoreSettings(
                NOWHERE,
                LIMIT,
                false,
                Optional.empty(),
                Credentials.trusted(CoreSettings.ACTOR),
                Optional.empty()));

    Answer answer = server.post("/handle_task", said("Create a task to rest"));

    assertThat(answer.text("/workflow")).isEqualTo("disabled");
    assertThat(answer.text("/agent_output/message")).contains("nothing is done");
    assertThat(server.get("/config").text("/workflow_execution")).isEqualTo("false");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /input | 400",
        "{'input':' '} | /input | 400",
        "{'input':'hi','colour':1} | /colour | 400",
        "{'input':'hi','agent':'wizard'} | /agent | 400",
        "{'input':'hi','input_type':'pdf'} | /input_type | 400",
        "{'input':'hi','pdf_path':'/tmp/a.pdf'} | /pdf_path | 400",
        "{'input':'hi','retries':-1} | /retries | 400",
        "{'input':'hi','user_id':'bob'} | /user_id | 403",
      })
  void a_body_that_cannot_be_taken_names_the_place(String body, String pointer, int status) {
    Served server = serve(settings(NOWHERE, Optional.empty()));

    Answer answer = server.post("/handle_task", body.replace('\'', '"'), "X-Actor-Id", "ann");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
  }

  @Test
  void every_route_is_documented_and_every_documented_operation_is_routed() {
    Served server = serve(settings(NOWHERE, Optional.empty()));
    var routed =
        core.orElseThrow().routes().stream()
            .map((Route route) -> route.method() + " " + route.pattern())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(routed).isEqualTo(DOCUMENT.operations());
    assertThat(DOCUMENT.openBodies()).isEmpty();
    assertThat(server.get("/openapi.json").text("/info/title")).isEqualTo("Core");
  }

  @Test
  void a_language_model_is_asked_first_and_the_built_in_agent_after_it() {
    try (var model = model("{\"decision\":\"no_workflow\",\"reason\":\"a greeting\"}");
        var executor = executor()) {
      Served server = serve(withModel(executor.uri(), model.uri()));

      Answer asked = server.post("/handle_task", said("Hello"));
      assertThat(asked.text("/agent_output/agent")).isEqualTo("llm:small");
      assertThat(asked.text("/agent_output/message")).isEqualTo("a greeting");
      assertThat(model.next().authorization()).isEqualTo("Bearer secret");
      Answer builtIn =
          server.post("/handle_task", "{\"input\":\"Hello\",\"agent\":\"intent_agent\"}");
      assertThat(builtIn.text("/agent_output/agent")).isEqualTo("intent_engine");
      assertThat(server.get("/health").text("/agent_status/language_model/answered"))
          .isEqualTo("1");
      assertThat(new String(server.get("/config").body(), UTF_8)).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Sure! I will do that.",
        "{'decision':'workflow'}",
        "{'decision':'obey'}",
        "{'decision':'workflow','action_type':'shell','fields':{}}",
        "{'decision':'workflow','action_type':'task','fields':{'title':'x','cost':'1'}}",
        "{'decision':'workflow','action_type':'task','fields':{'title':'x'},'also':1}",
        "{'decision':'workflow','action_type':'email','fields':"
            + "{'recipient':'eve@example.org','subject':'s','body':'b'}}",
      })
  void a_model_that_does_not_keep_to_the_form_is_not_believed(String content) {
    try (var model = model(content.replace('\'', '"'));
        var executor = executor()) {
      Served server = serve(withModel(executor.uri(), model.uri()));

      Answer answer = server.post("/handle_task", said("Create a task to review code"));

      assertThat(answer.text("/agent_output/agent")).isEqualTo("intent_engine");
      assertThat(answer.text("/agent_output/workflow_payload/title")).isEqualTo("Review code");
      assertThat(server.get("/health").text("/agent_status/language_model/fallbacks"))
          .isEqualTo("1");
    }
  }

  @Test
  void a_model_that_takes_its_time_is_not_asked_about_every_one_of_many_texts() {
    try (var model =
        model(
            "{\"decision\":\"no_workflow\",\"reason\":\"a greeting\"}",
            () -> nanoTime.addAndGet(Duration.ofSeconds(16).toNanos()))) {
      Served server = serve(withModel(NOWHERE, model.uri()));
      String four = String.join(",", Collections.nCopies(4, said("Hello")));

      Answer answer = server.post("/handle_multi_task", "{\"tasks\":[%s]}".formatted(four));

      assertThat(answer.text("/results/1/agent_output/agent")).isEqualTo("llm:small");
      assertThat(answer.text("/results/2/agent_output/agent")).isEqualTo("intent_engine");
      assertThat(answer.text("/results/3/workflow")).isEqualTo("not_needed");
      assertThat(server.get("/health").text("/agent_status/language_model/fallbacks"))
          .isEqualTo("2");
    }
  }

  @Test
  void a_model_that_is_away_is_done_without() {
    Served server = serve(withModel(NOWHERE, NOWHERE));

    assertThat(server.post("/handle_task", said("Hello")).text("/workflow"))
        .isEqualTo("not_needed");
  }

  private static CoreSettings withModel(URI executor, URI model) {
    return new CoreSettings(
        executor,
        LIMIT,
        true,
        Optional.empty(),
        Credentials.trusted(CoreSettings.ACTOR),
        Optional.of(
            new ChatSettings(
                model, "/v1/chat/completions", "small", Optional.of("secret"), LIMIT)));
  }

  private static Neighbour model(String content) {
    return model(content, () -> {});
  }

  private static Neighbour model(String content, Runnable meanwhile) {
    String answer =
        """
        {"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant",
         "content":%s}}],"usage":{"total_tokens":1}}\
        """
            .formatted(new String(new JsonString(content).canonicalBytes(), UTF_8));
    return Neighbour.on(
        "/v1/chat/completions",
        _ -> {
          meanwhile.run();
          return Response.json(200, answer.getBytes(UTF_8));
        });
  }
}
