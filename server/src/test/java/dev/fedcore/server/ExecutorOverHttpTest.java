package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the executor answers, in the words of its published contract, with a Federation Core that
/// governs every execution.
class ExecutorOverHttpTest {

  private static final String RUNS = "/workflows/runs";

  @TempDir private Path data;
  private ServedHouse house;

  @BeforeEach
  void start() {
    house =
        ServedHouse.start(
            data, Set.of(Role.EXECUTOR, Role.FEDERATION), ServedHouse.freePorts(), Map.of());
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void a_task_is_made_by_a_governed_run_and_the_answer_has_the_contracts_members() {
    Answer answer =
        house.execute(
            request("t-1", "\"action_type\":\"task\",\"title\":\"x\",\"user_id\":\"ann\""));

    assertThat(answer.text("/status")).isEqualTo("success");
    assertThat(answer.text("/execution_result/success")).isEqualTo("true");
    assertThat(answer.text("/execution_result/task_status")).isEqualTo("CREATED");
    assertThat(answer.text("/execution_result/trace_id")).isEqualTo("t-1");
    String task = answer.text("/execution_result/task_id");
    assertThat(answer.text("/execution_result/reference")).isEqualTo("local://tasks/" + task);
    Answer run = house.get(Role.FEDERATION, RUNS + "/" + answer.text("/run_id"));
    assertThat(run.text("/workflow_id")).isEqualTo("executor_action");
    assertThat(run.text("/correlation_id")).isEqualTo("t-1");
    assertThat(run.text("/actor_id")).isEqualTo("ann");
  }

  @Test
  void what_is_not_decided_to_be_a_workflow_leaves_no_run() {
    Answer answer = house.execute("{\"trace_id\":\"t-1\",\"decision\":\"respond\"}");

    assertThat(answer.text("/status")).isEqualTo("skipped");
    assertThat(house.get(Role.FEDERATION, RUNS).text("/runs")).isEqualTo("[]");
  }

  @Test
  void every_missing_field_has_its_code_and_leaves_no_run() {
    String recipient = "\"recipient\":\"ann@example.org\"";
    var codes =
        Map.of(
            "\"action_type\":\"task\"",
            "missing_task_title",
            "\"action_type\":\"task\",\"title\":\" \"",
            "missing_task_title",
            "\"action_type\":\"whatsapp\",\"message\":\"m\"",
            "missing_recipient",
            "\"action_type\":\"whatsapp\",\"phone\":\"+15551234567\"",
            "missing_message",
            "\"action_type\":\"email\",\"subject\":\"s\",\"body\":\"b\"",
            "missing_recipient",
            "\"action_type\":\"email\",\"body\":\"b\"," + recipient,
            "missing_subject",
            "\"action_type\":\"email\",\"subject\":\"s\"," + recipient,
            "missing_body",
            "\"action_type\":\"ai\"",
            "missing_prompt",
            "\"action_type\":\"reminder\",\"text\":\"t\"",
            "unsupported_action_type",
            "\"title\":\"x\"",
            "missing_action_type");

    codes.forEach((payload, code) -> {
      Answer answer = house.execute(request("t-" + payload.hashCode(), payload));

      assertThat(answer.status()).as(payload).isEqualTo(200);
      assertThat(answer.text("/status")).as(payload).isEqualTo("failed");
      assertThat(answer.text("/execution_result/error_code")).as(payload).isEqualTo(code);
    });
    assertThat(house.get(Role.FEDERATION, RUNS).text("/runs")).isEqualTo("[]");
  }

  @Test
  void a_parameter_that_the_action_does_not_have_is_named() {
    Answer answer =
        house.execute(request("t-1", "\"action_type\":\"task\",\"title\":\"x\",\"colour\":1"));

    assertThat(answer.text("/execution_result/error_code")).isEqualTo("invalid_payload");
    assertThat(answer.text("/execution_result/message")).contains("colour");
  }

  @Test
  void what_policy_denies_fails_and_nothing_is_done() {
    Answer answer =
        house.execute(
            request("t-1", "\"action_type\":\"task\",\"title\":\"x\",\"list\":\"payroll\""));

    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/execution_result/error_code")).isEqualTo("policy_denied");
    assertThat(tasks()).isZero();
  }

  @Test
  void the_same_request_again_has_the_same_answer_and_no_second_effect() {
    String body = request("t-1", "\"action_type\":\"task\",\"title\":\"x\"");
    Answer first = house.execute(body);
    Answer second = house.execute(body);

    assertThat(new String(second.body(), UTF_8)).isEqualTo(new String(first.body(), UTF_8));
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void another_request_under_a_used_trace_id_is_refused() {
    house.execute(request("t-1", "\"action_type\":\"task\",\"title\":\"x\""));
    Answer other = house.execute(request("t-1", "\"action_type\":\"task\",\"title\":\"y\""));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/code")).isEqualTo("TRACE_REUSED");
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void what_waits_for_a_person_is_pending_and_done_once_it_is_approved() throws Exception {
    String body = flagged("t-1");
    Answer pending = house.execute(body);
    assertThat(pending.text("/status")).isEqualTo("pending");
    assertThat(pending.text("/reason")).isEqualTo("waits_for_approval");
    assertThat(house.execute(body).text("/gate_id")).isEqualTo(pending.text("/gate_id"));
    assertThat(tasks()).isZero();

    assertThat(vote(pending, "APPROVED", "ann").text("/code")).isEqualTo("GOV-001");
    assertThat(vote(pending, "APPROVED", "ben").status()).isEqualTo(200);
    house.await(Role.FEDERATION, run(pending), "/status", "COMPLETED");

    assertThat(house.execute(body).text("/status")).isEqualTo("success");
    assertThat(house.execute(body).text("/run_id")).isEqualTo(pending.text("/run_id"));
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void what_a_person_rejects_fails() throws Exception {
    Answer pending = house.execute(flagged("t-1"));
    vote(pending, "REJECTED\",\"rejection_reason\":\"no", "ben");
    house.await(Role.FEDERATION, run(pending), "/status", "FAILED");

    assertThat(house.execute(flagged("t-1")).text("/execution_result/error_code"))
        .isEqualTo("gate_rejected");
    assertThat(tasks()).isZero();
  }

  @Test
  void what_is_cancelled_fails() throws Exception {
    Answer pending = house.execute(flagged("t-1"));
    house.patch(Role.FEDERATION, run(pending) + "/status", "{\"status\":\"CANCELLED\"}", "ben");
    house.await(Role.FEDERATION, run(pending), "/status", "CANCELLED");

    assertThat(house.execute(flagged("t-1")).text("/execution_result/error_code"))
        .isEqualTo("cancelled");
    assertThat(tasks()).isZero();
  }

  private Answer vote(Answer pending, String vote, String actor) {
    return house.patch(
        Role.FEDERATION,
        run(pending) + "/gates/" + pending.text("/gate_id"),
        "{\"status\":\"%s\"}".formatted(vote),
        actor);
  }

  private int tasks() {
    return ((JsonArray) house.get(Role.FEDERATION, "/tasks").value("/tasks")).items().size();
  }

  private static String run(Answer answer) {
    return RUNS + "/" + answer.text("/run_id");
  }

  private static String flagged(String traceId) {
    return request(
        traceId,
        "\"action_type\":\"task\",\"title\":\"x\",\"amount_minor\":200000,\"user_id\":\"ann\"");
  }

  private static String request(String traceId, String payload) {
    return """
    {"trace_id":"%s","decision":"workflow","data":{"workflow_type":"workflow","payload":{%s}}}\
    """
        .formatted(traceId, payload);
  }
}
