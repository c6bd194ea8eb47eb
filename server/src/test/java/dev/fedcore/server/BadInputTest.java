package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of bad input has its own answer, which says what is wrong and where.
class BadInputTest {

  private static final String RUNS = "/workflows/runs";
  private static final String NOBODY = "/01890a5d-ac96-774b-bcce-b302099a8057";

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
  void an_unknown_workflow_is_named() {
    refused(server.post(RUNS, "{\"workflow_id\":\"nope\"}"), 422, "UNKNOWN_WORKFLOW");
  }

  @Test
  void an_unknown_field_is_pointed_at() {
    Answer answer = server.post(RUNS, "{\"workflow_id\":\"x\",\"colour\":1}");

    refused(answer, 400, "MALFORMED_REQUEST");
    assertThat(answer.text("/errors/0/pointer")).isEqualTo("/colour");
  }

  @Test
  void a_wrong_type_is_pointed_at() {
    Answer answer = server.post(RUNS, "{\"workflow_id\":7}");

    refused(answer, 400, "MALFORMED_REQUEST");
    assertThat(answer.text("/errors/0/pointer")).isEqualTo("/workflow_id");
  }

  @Test
  void a_duplicate_key_is_refused() {
    refused(
        server.post(RUNS, "{\"workflow_id\":\"a\",\"workflow_id\":\"b\"}"),
        400,
        "MALFORMED_REQUEST");
  }

  @Test
  void a_lone_surrogate_is_refused() {
    refused(server.post(RUNS, "{\"workflow_id\":\"\\ud800\"}"), 400, "MALFORMED_REQUEST");
  }

  @Test
  void an_integer_that_no_double_holds_is_refused() {
    refused(
        server.post(RUNS, "{\"workflow_id\":\"a\",\"input_payload\":{\"n\":9007199254740993}}"),
        400,
        "MALFORMED_REQUEST");
  }

  @Test
  void a_deep_body_is_refused() {
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);

    refused(
        server.post(RUNS, "{\"workflow_id\":\"a\",\"input_payload\":" + deep + "}"),
        400,
        "MALFORMED_REQUEST");
  }

  @Test
  void a_large_body_is_refused() {
    refused(server.send("POST", RUNS, new byte[(1 << 20) + 1]), 413, "BODY_TOO_LARGE");
  }

  @Test
  void a_body_of_another_type_is_refused() {
    refused(
        server.post(RUNS, "a=b", "Content-Type", "application/x-www-form-urlencoded"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void an_unknown_route_and_a_wrong_method_are_told_apart() {
    refused(server.get("/nothing/here"), 404, "UNKNOWN_ROUTE");
    Answer wrong = server.send("DELETE", RUNS, new byte[0]);
    refused(wrong, 405, "METHOD_NOT_ALLOWED");
    assertThat(wrong.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void unknown_runs_and_gates_are_not_found() {
    refused(server.get(RUNS + NOBODY), 404, "UNKNOWN_RUN");
    refused(server.get(RUNS + "/not-a-uuid"), 404, "UNKNOWN_RUN");
    refused(
        server.patch(RUNS + NOBODY + "/gates" + NOBODY, "{\"status\":\"APPROVED\"}"),
        404,
        "UNKNOWN_GATE");
  }

  @Test
  void an_illegal_transition_names_what_is_allowed() {
    String run = server.task("x").text("/run_id");
    Answer answer = server.patch(RUNS + "/" + run + "/status", "{\"status\":\"PAUSED\"}");

    refused(answer, 409, "ILLEGAL_TRANSITION");
    assertThat(answer.json().get("allowed")).isPresent();
  }

  @Test
  void a_managed_run_is_not_completed_from_outside() {
    String run = server.post(RUNS, Served.taskBody("flag")).text("/run_id");

    String path = RUNS + "/" + run;

    assertThat(server.patch(path + "/status", "{\"status\":\"COMPLETED\"}").status())
        .isEqualTo(409);
    assertThat(server.get(path).text("/status")).isNotEqualTo("COMPLETED");
  }

  @Test
  void a_stale_version_is_refused() {
    Answer run =
        server.post(RUNS, Served.taskBody("x").replace("\"start\":true", "\"start\":false"));

    refused(
        server.patch(
            RUNS + "/" + run.text("/run_id") + "/status",
            "{\"status\":\"RUNNING\"}",
            "If-Match",
            "\"99\""),
        412,
        "STALE_VERSION");
  }

  @Test
  void an_input_that_its_action_does_not_take_is_told_apart() {
    refused(server.post(RUNS, Served.taskBody("")), 422, "INVALID_INPUT");
  }

  @Test
  void malformed_headers_are_refused() {
    refused(
        server.post(RUNS, Served.taskBody("x"), "Idempotency-Key", "a b"), 400, "MALFORMED_HEADER");
    refused(server.post(RUNS, Served.taskBody("x"), "Prefer", "wait=61"), 400, "MALFORMED_HEADER");
    refused(server.get(RUNS, "X-Tenant-Id", "a b"), 400, "MALFORMED_HEADER");
    refused(server.get(RUNS + "?limit=0"), 400, "INVALID_QUERY");
    refused(server.get(RUNS + "?cursor=%21"), 400, "INVALID_CURSOR");
  }

  @Test
  void a_definition_that_does_not_compile_names_the_place() {
    Answer answer =
        server.post(
            "/workflows/definitions",
            """
            {"apiVersion":"fedcore.workflow/v1","id":"w","version":"1",
             "steps":[{"id":"a","type":"DECIDE"}]}\
            """);

    refused(answer, 422, "DEFINITION_INVALID");
    assertThat(answer.text("/errors/0/pointer")).isEqualTo("/steps");
  }

  @Test
  void a_definition_is_registered_once_and_never_changed() {
    String text =
        """
        {"apiVersion":"fedcore.workflow/v1","id":"w","version":"1","execution":"external",
         "steps":[{"id":"a","type":"TRANSFORM","transform":{"collect":[]}}]}\
        """;

    assertThat(server.post("/workflows/definitions", text).status()).isEqualTo(201);
    assertThat(server.post("/workflows/definitions", text).status()).isEqualTo(200);
    refused(
        server.post("/workflows/definitions", text.replace("\"a\"", "\"b\"")),
        409,
        "DEFINITION_EXISTS");
  }

  @Test
  void a_bundle_that_fails_its_own_tests_is_not_activated() {
    byte[] bundle =
        Bundles.text()
            .replace("decision: allow, tier: 0, rules", "decision: deny, tier: 0, rules")
            .getBytes(UTF_8);
    Answer answer = server.send("POST", "/policies", bundle, "Content-Type", "application/yaml");

    refused(answer, 422, "POLICY_REJECTED");
    assertThat(server.get("/policies").text("/policies/0/source")).isEqualTo("builtin");
  }

  @Test
  void a_bundle_decides_from_its_activation_on_and_after_a_restart() {
    byte[] bundle = Bundles.text().replace("== 'deny'", "== 'now denied'").getBytes(UTF_8);
    assertThat(
            server.send("POST", "/policies", bundle, "Content-Type", "application/yaml").status())
        .isEqualTo(200);

    assertThat(server.task("now denied").text("/status")).isEqualTo("FAILED");
    server.close();
    server = Served.trusting(data);
    assertThat(server.task("now denied").text("/status")).isEqualTo("FAILED");
    assertThat(server.task("deny").text("/status")).isEqualTo("COMPLETED");
    assertThat(server.get("/audit").text("/entries/0/event_type")).isEqualTo("FC-POLICY-002");
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("/code")).isEqualTo(code);
    assertThat(new String(answer.body(), UTF_8))
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }
}
