package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators can do when a step did not work, and what they cannot.
class RepairTest {

  private static final String RUNS = "/workflows/runs";
  private static final String CHILD =
      """
      {"workflow_id":"pt004_execution_spine","start":true,"input_payload":
        {"action":{"type":"task","parameters":{"title":"child","parent_key":"p-1"}}}}\
      """;
  private static final String SETTLED =
      "{\"result\":\"COMPLETED\",\"reason\":\"it is there\",\"effect_ref\":\"t-1\"}";

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
  void a_failed_step_is_tried_again_once_its_cause_is_gone() {
    Answer child = server.post(RUNS, CHILD, "Prefer", "wait=20");
    assertThat(child.text("/status")).isEqualTo("FAILED");
    assertThat(child.text("/error_details/code")).isEqualTo("task_parent_unknown");
    String parent = CHILD.replace("\"parent_key\"", "\"key\"").replace("child", "parent");
    assertThat(server.post(RUNS, parent, "Prefer", "wait=20").text("/status"))
        .isEqualTo("COMPLETED");

    Answer again =
        server.post(path(child) + "/retry", "{\"step_id\":\"step_4\"}", "Prefer", "wait=20");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("/status")).isEqualTo("COMPLETED");
    assertThat(again.text("/steps/3/attempt")).isEqualTo("2");
    assertThat(server.get("/tasks").text("/tasks/0/parent_key")).isEqualTo("p-1");
  }

  @Test
  void without_its_cause_gone_it_fails_again() {
    Answer child = server.post(RUNS, CHILD, "Prefer", "wait=20");
    Answer again = server.post(path(child) + "/retry", "{}", "Prefer", "wait=20");

    assertThat(again.text("/status")).isEqualTo("FAILED");
    assertThat(again.text("/steps/3/attempt")).isEqualTo("2");
  }

  @Test
  void what_policy_denied_is_not_tried_again() {
    Answer run = server.task("deny");
    Answer again = server.post(path(run) + "/retry", "{}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("NOT_RETRYABLE");
    assertThat(server.get(path(run)).text("/status")).isEqualTo("FAILED");
  }

  @Test
  void what_worked_is_not_tried_again() {
    Answer run = server.task("x");

    assertThat(server.post(path(run) + "/retry", "{}").status()).isEqualTo(409);
    assertThat(server.post(path(run) + "/retry", "{\"step_id\":\"step_4\"}").status())
        .isEqualTo(409);
    assertThat(server.post(path(run) + "/retry", "{\"step_id\":\"nope\"}").status()).isEqualTo(404);
  }

  @Test
  void a_step_that_is_not_in_doubt_is_not_settled() {
    Answer done = server.task("x");
    Answer paused = server.task("flag");

    Answer settled = server.post(path(done) + "/steps/step_4/settlement", SETTLED);
    assertThat(settled.status()).isEqualTo(409);
    assertThat(settled.text("/code")).isEqualTo("ILLEGAL_TRANSITION");
    assertThat(server.post(path(paused) + "/steps/step_4/settlement", SETTLED).status())
        .isEqualTo(409);
    assertThat(server.get(path(paused)).text("/status")).isEqualTo("PAUSED");
  }

  @Test
  void a_settlement_says_why() {
    Answer run = server.task("flag");
    Answer answer =
        server.post(path(run) + "/steps/step_4/settlement", "{\"result\":\"COMPLETED\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/errors/0/pointer")).isEqualTo("/reason");
  }

  private static String path(Answer run) {
    return RUNS + "/" + run.text("/run_id");
  }
}
