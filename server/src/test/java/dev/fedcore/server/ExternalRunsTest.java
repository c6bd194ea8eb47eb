package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs whose steps somebody else carries out and reports.
class ExternalRunsTest {

  private static final String WORKER = "worker";

  private static final String WORKFLOW =
      """
      {"apiVersion":"fedcore.workflow/v1","id":"w","version":"1","execution":"external",
       "steps":[{"id":"a","type":"TRANSFORM","transform":{"collect":[]}},
                {"id":"b","type":"TRANSFORM","transform":{"collect":["a"]}}]}\
      """;

  @TempDir private Path data;
  private Served server;
  private String run = "";

  @BeforeEach
  void start() {
    server = Served.trusting(data);
    assertThat(server.post("/workflows/definitions", WORKFLOW).status()).isEqualTo(201);
    Answer created =
        server.post(
            "/workflows/runs", "{\"workflow_id\":\"w\",\"start\":true}", "X-Actor-Id", WORKER);
    assertThat(created.text("/status")).isEqualTo("RUNNING");
    run = created.header("Location");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Nested
  class AStepThatPolicyAllows {

    @Test
    void is_started_and_completed_in_two_reports() {
      Answer begun = report("a", "RUNNING", action("x"));
      assertThat(begun.status()).isEqualTo(200);
      assertThat(begun.text("/step/status")).isEqualTo("RUNNING");
      assertThat(begun.text("/decision/decision")).isEqualTo("allow");
      assertThat(begun.text("/gate")).isEqualTo("null");

      Answer done = report("a", "COMPLETED", "\"output\":{\"made\":1},\"effect_ref\":\"e-1\"");
      assertThat(done.text("/step/status")).isEqualTo("COMPLETED");
      assertThat(done.text("/step/output/made")).isEqualTo("1");
      assertThat(done.text("/run/status")).isEqualTo("RUNNING");
    }

    @Test
    void can_be_reported_at_once() {
      Answer done = report("a", "COMPLETED", action("x") + ",\"output\":{\"made\":2}");

      assertThat(done.text("/step/status")).isEqualTo("COMPLETED");
      assertThat(done.text("/decision/decision")).isEqualTo("allow");
    }

    @Test
    void keeps_the_run_open_until_it_is_over() {
      report("a", "RUNNING", action("x"));
      Answer early = move("COMPLETED");
      report("a", "COMPLETED", "\"output\":{}");

      assertThat(early.status()).isEqualTo(409);
      assertThat(early.text("/code")).isEqualTo("STEPS_OPEN");
      assertThat(move("COMPLETED").text("/status")).isEqualTo("COMPLETED");
      assertThat(report("b", "RUNNING", action("x")).status()).isEqualTo(409);
    }

    @Test
    void fails_with_what_its_worker_says() {
      report("a", "RUNNING", action("x"));
      Answer failed =
          report("a", "FAILED", "\"error\":{\"code\":\"no_luck\",\"message\":\"it broke\"}");

      assertThat(failed.text("/step/status")).isEqualTo("FAILED");
      assertThat(failed.text("/step/error/code")).isEqualTo("no_luck");
      assertThat(failed.text("/run/status")).isEqualTo("FAILED");
    }
  }

  @Test
  void steps_are_reported_in_their_order() {
    Answer later = report("b", "RUNNING", action("x"));
    Answer skipped = report("a", "SKIPPED", "\"reason\":\"not needed\"");

    assertThat(later.status()).isEqualTo(409);
    assertThat(later.text("/code")).isEqualTo("WRONG_STEP");
    assertThat(report("z", "RUNNING", action("x")).status()).isEqualTo(404);
    assertThat(skipped.text("/step/status")).isEqualTo("SKIPPED");
    assertThat(report("b", "COMPLETED", action("x")).text("/step/status")).isEqualTo("COMPLETED");
  }

  @Nested
  class WhatIsTooLong {

    @ParameterizedTest
    @MethodSource("dev.fedcore.server.ExternalRunsTest#tooLong")
    void is_pointed_at_and_changes_nothing(String pointer, String path, String body) {
      String before = server.get(run).text("/version");

      Answer answer = server.post(run + path, body, "X-Actor-Id", WORKER);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
      assertThat(server.get(run).text("/version")).isEqualTo(before);
    }
  }

  static List<Arguments> tooLong() {
    String gate = "{\"gate_name\":\"g\",%s}";
    String names = "\"a\"" + ",\"a\"".repeat(100);
    return List.of(
        Arguments.of(
            "/gate_type", "/gates", gate.formatted("\"gate_type\":\"" + "x".repeat(65) + "\"")),
        Arguments.of(
            "/required_approvers",
            "/gates",
            gate.formatted("\"required_approvers\":[" + names + "]")),
        Arguments.of(
            "/required_approvers/1",
            "/gates",
            gate.formatted("\"required_approvers\":[\"a\",\"" + "x".repeat(129) + "\"]")),
        Arguments.of(
            "/effect_ref",
            "/steps",
            "{\"step_id\":\"a\",\"status\":\"COMPLETED\",\"effect_ref\":\"%s\"}"
                .formatted("x".repeat(501))));
  }

  @Nested
  class AStepThatPolicyDenies {

    @Test
    void fails_the_run_before_it_starts() {
      Answer denied = report("a", "RUNNING", action("deny"));

      assertThat(denied.status()).isEqualTo(200);
      assertThat(denied.text("/decision/decision")).isEqualTo("deny");
      assertThat(denied.text("/step/status")).isEqualTo("DENIED");
      assertThat(denied.text("/run/status")).isEqualTo("FAILED");
    }
  }

  @Nested
  class AStepThatPolicyFlags {

    private String gate = "";

    @BeforeEach
    void begin() {
      Answer flagged = report("a", "RUNNING", action("flag"));
      assertThat(flagged.text("/decision/decision")).isEqualTo("flag");
      assertThat(flagged.text("/run/status")).isEqualTo("PAUSED");
      assertThat(flagged.text("/gate/status")).isEqualTo("PENDING");
      gate = run + "/gates/" + flagged.text("/gate/gate_id");
    }

    @Test
    void waits_for_its_gate() {
      Answer again = report("a", "RUNNING", action("flag"));

      assertThat(again.status()).isEqualTo(409);
      assertThat(again.text("/code")).isEqualTo("WAITS_FOR_GATE");
      assertThat(server.get(gate).text("/status")).isEqualTo("PENDING");
    }

    @Test
    void starts_after_the_approval() {
      assertThat(vote("APPROVED").text("/status")).isEqualTo("APPROVED");

      Answer begun = report("a", "RUNNING", action("flag"));
      assertThat(begun.status()).isEqualTo(200);
      assertThat(begun.text("/step/status")).isEqualTo("RUNNING");
      Answer done = report("a", "COMPLETED", "\"output\":{}");
      assertThat(done.text("/step/status")).isEqualTo("COMPLETED");
      assertThat(server.get(gate).text("/consumed")).isEqualTo("true");
    }

    @Test
    void is_not_started_as_another_action_than_was_approved() {
      vote("APPROVED");

      Answer other = report("a", "RUNNING", action("flag").replace("list/inbox", "list/other"));
      assertThat(other.text("/run/status")).isEqualTo("PAUSED");
      assertThat(gate).doesNotEndWith(other.text("/gate/gate_id"));
      assertThat(server.get(gate).text("/consumed")).isEqualTo("false");
    }

    @Test
    void fails_the_run_when_it_is_rejected() {
      assertThat(vote("REJECTED").text("/status")).isEqualTo("REJECTED");

      assertThat(server.get(run).text("/status")).isEqualTo("FAILED");
    }

    private Answer vote(String status) {
      return server.patch(gate, "{\"status\":\"" + status + "\"}", "X-Actor-Id", "ben");
    }
  }

  private Answer move(String status) {
    return server.patch(run + "/status", "{\"status\":\"" + status + "\"}", "X-Actor-Id", WORKER);
  }

  private Answer report(String step, String status, String more) {
    String body = "{\"step_id\":\"%s\",\"status\":\"%s\",%s}".formatted(step, status, more);
    return server.post(run + "/steps", body, "X-Actor-Id", WORKER);
  }

  private static String action(String title) {
    return """
    "action":{"type":"task","target":"list/inbox","parameters":{"title":"%s"}}\
    """
        .formatted(title);
  }
}
