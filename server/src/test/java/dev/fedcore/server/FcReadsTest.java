package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The published contract's lists, logs, registration, resumption, and its errors.
class FcReadsTest {

  private static final String RUNS = "/api/fc/runs";
  private static final String NEW_RUN =
      """
      {"workflow_id":"pt004_execution_spine","workflow_version":"1.0.0","input_payload":{}}\
      """;
  private static final String ASK =
      """
      {"step_id":"step_1","gate_type":"human_approval","gate_name":"look",
       "required_approvers":["approver_1"]}\
      """;
  private static final String WORKFLOW =
      """
      apiVersion: fedcore.workflow/v1
      id: w
      version: "1"
      execution: external
      steps: [{id: a, type: TRANSFORM, transform: {collect: []}}]
      """;

  @TempDir private Path data;
  private Served server;

  @BeforeEach
  void start() {
    server = Served.trusting(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void runs_are_listed_newest_first_with_their_total() {
    String first = created();
    Served.awaitNextMillisecond();
    created();
    Served.awaitNextMillisecond();
    String third = created();
    server.patch(first, "{\"status\":\"running\"}");

    Answer page = server.get(RUNS + "?limit=2&offset=0");
    assertThat(page.text("/total")).isEqualTo("3");
    assertThat(page.text("/limit")).isEqualTo("2");
    assertThat(RUNS + "/" + page.text("/runs/0/run_id")).isEqualTo(third);
    Answer rest = server.get(RUNS + "?limit=2&offset=2");
    assertThat(rest.text("/offset")).isEqualTo("2");
    assertThat(RUNS + "/" + rest.text("/runs/0/run_id")).isEqualTo(first);
    assertThat(size(rest, "/runs")).isEqualTo(1);
    assertThat(server.get(RUNS + "?status=pending").text("/total")).isEqualTo("2");
    assertThat(server.get(RUNS + "?status=running").text("/total")).isEqualTo("1");
    assertThat(server.get(RUNS + "?workflow_id=other").text("/total")).isEqualTo("0");
    assertThat(server.get(RUNS, "X-Tenant-Id", "two").text("/total")).isEqualTo("0");
  }

  @Test
  void logs_are_an_array_that_can_be_paged_and_picked() {
    String run = created();
    server.patch(run, "{\"status\":\"running\"}");

    Answer all = server.get(run + "/logs");
    assertThat(size(all, "")).isEqualTo(2);
    assertThat(all.text("/0/event_category")).isEqualTo("workflow");
    assertThat(all.text("/1/previous_status")).isEqualTo("pending");
    assertThat(all.text("/1/new_status")).isEqualTo("running");
    Answer second = server.get(run + "/logs?limit=1&offset=1");
    assertThat(size(second, "")).isEqualTo(1);
    assertThat(second.text("/0/event_type")).isEqualTo("FC-RUN-002");
    Answer picked = server.get(run + "/logs?event_type=FC-RUN-001");
    assertThat(size(picked, "")).isEqualTo(1);
    assertThat(picked.text("/0/event_type")).isEqualTo("FC-RUN-001");
    assertThat(size(server.get(run + "/logs?event_type=FC-GATE-001"), "")).isZero();
  }

  @Test
  void a_run_is_read_with_its_logs_and_gates_when_they_are_asked_for() {
    String run = atGate();

    Answer bare = server.get(run);
    assertThat(bare.text("/logs")).isEqualTo("[]");
    assertThat(bare.text("/gates")).isEqualTo("[]");
    Answer whole = server.get(run + "?include_logs=true&include_gates=true");
    assertThat(size(whole, "/logs")).isEqualTo(4);
    assertThat(whole.text("/gates/0/gate_name")).isEqualTo("look");
    assertThat(whole.text("/gates/0/status")).isEqualTo("pending");
  }

  @Test
  void gates_are_listed_for_who_may_answer_them() {
    atGate();

    assertThat(size(server.get("/api/fc/gates"), "")).isEqualTo(1);
    assertThat(size(server.get("/api/fc/gates?approver_id=approver_1"), "")).isEqualTo(1);
    assertThat(size(server.get("/api/fc/gates?approver_id=somebody"), "")).isZero();
  }

  @Test
  void a_workflow_is_registered_once() {
    Answer first = server.post("/api/fc/workflows/register", registration(WORKFLOW));
    Answer again = server.post("/api/fc/workflows/register", registration(WORKFLOW));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("/workflow_id")).isEqualTo("w");
    assertThat(first.text("/idempotent")).isEqualTo("false");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("/idempotent")).isEqualTo("true");
    assertThat(again.text("/artifact_hashes")).isEqualTo(first.text("/artifact_hashes"));
    Answer other =
        server.post("/api/fc/workflows/register", registration(WORKFLOW.replace("id: a", "id: b")));
    detailed(other, 409);
    detailed(server.post("/api/fc/workflows/register", registration("a: [")), 400);
  }

  @Test
  void health_is_told_to_everybody() {
    assertThat(server.get("/api/fc/health").text("/status")).isEqualTo("healthy");
  }

  @Nested
  class ARunAtItsGate {

    private String run = "";
    private String gate = "";

    @BeforeEach
    void ask() {
      run = atGate();
      gate = server.get("/api/fc/gates").text("/0/gate_id");
    }

    @Test
    void goes_on_when_it_is_resumed_with_an_approval() {
      Answer resumed = resume("approve", "approver_1");

      assertThat(resumed.status()).isEqualTo(200);
      assertThat(resumed.text("/run/status")).isEqualTo("running");
    }

    @Test
    void keeps_the_hash_of_what_it_was_resumed_with() {
      String body =
          """
          {"gate_id":"%s","decision":"approve","input":{"b":2,"a":1},"decision_receipt_id":"d-7"}
          """
              .formatted(gate);

      assertThat(server.post(run + ":resume", body, "X-Actor-Id", "approver_1").status())
          .isEqualTo(200);

      Answer logs = server.get(run + "/logs?event_type=FC-GATE-003");
      String salt =
          server.get("/workflows/runs/" + run.substring(RUNS.length() + 1)).text("/payload_salt");
      assertThat(logs.text("/0/details/input_hash"))
          .isEqualTo(new PayloadSalt(salt).hash("{\"a\":1,\"b\":2}".getBytes(UTF_8)));
      assertThat(logs.text("/0/details/decision_receipt_id")).isEqualTo("d-7");
      assertThat(logs.text("/0/actor_id")).isEqualTo("approver_1");
      assertThat(logs.text("/0/event_category")).isEqualTo("gate");
    }

    @Test
    void leaves_no_hash_when_it_is_not_resumed() {
      detailed(resume("approve", "outsider"), 403);

      assertThat(size(server.get(run + "/logs?event_type=FC-GATE-003"), "")).isZero();
    }

    @Test
    void fails_when_it_is_resumed_with_a_denial() {
      Answer resumed = resume("deny", "approver_1");

      assertThat(resumed.status()).isEqualTo(200);
      assertThat(resumed.text("/run/status")).isEqualTo("failed");
      assertThat(resumed.text("/run/error_details/gate_rejected")).isEqualTo("true");
      detailed(resume("approve", "approver_1"), 409);
    }

    @Test
    void is_not_resumed_by_an_outsider() {
      detailed(resume("approve", "outsider"), 403);
      assertThat(server.get(run).text("/run/status")).isEqualTo("paused");
    }

    @Test
    void is_not_moved_past_it() {
      detailed(server.patch(run, "{\"status\":\"completed\"}"), 409);
      detailed(server.patch(run, "{\"status\":\"running\"}"), 409);
    }

    @Test
    void is_not_there_for_another_tenant() {
      detailed(server.get(run, "X-Tenant-Id", "two"), 404);
      detailed(
          server.post("/api/fc/gates/" + gate, "{\"status\":\"approved\"}", "X-Tenant-Id", "two"),
          404);
    }

    private Answer resume(String decision, String actor) {
      String body = "{\"gate_id\":\"%s\",\"decision\":\"%s\"}".formatted(gate, decision);
      return server.post(run + ":resume", body, "X-Actor-Id", actor);
    }
  }

  @Test
  void what_is_unknown_or_malformed_is_said_in_one_detail() {
    detailed(server.get(RUNS + "/nobody/logs"), 404);
    detailed(server.post("/api/fc/gates/nothing", "{\"status\":\"approved\"}"), 404);
    detailed(server.get("/api/fc/nowhere"), 404);
    detailed(server.post(RUNS, "{\"workflow_id\":7}"), 400);
    detailed(server.post(RUNS, "{\"workflow_id\":\"nope\"}"), 422);
    detailed(server.get(RUNS + "?limit=0"), 400);
  }

  private String created() {
    Answer run = server.post(RUNS, NEW_RUN, "X-Actor-Id", "worker");
    assertThat(run.status()).isEqualTo(201);
    return RUNS + "/" + run.text("/run/run_id");
  }

  private String atGate() {
    String run = created();
    server.patch(run, "{\"status\":\"running\"}");
    assertThat(server.post(run + "/gate", ASK, "X-Actor-Id", "worker").status()).isEqualTo(201);
    return run;
  }

  private static String registration(String workflow) {
    JsonObject body = JsonObject.builder().put("workflow_yaml", workflow).build();
    return new String(body.canonicalBytes(), UTF_8);
  }

  private static int size(Answer answer, String pointer) {
    return ((JsonArray) answer.value(pointer)).items().size();
  }

  private static void detailed(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    var body = JsonReader.readObject(answer.body(), JsonLimits.DEFAULT);
    assertThat(body.members()).containsOnlyKeys("detail");
  }
}
