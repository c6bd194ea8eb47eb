package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a gate that nobody answers, of answers to the wrong thing, and of refusals.
class GatesOverHttpTest {

  private static final String RUNS = "/workflows/runs";

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private Served server;

  @BeforeEach
  void start() {
    var config = new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), Optional.empty(), false);
    server = Served.with(config, Served.extensions(), now::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_gate_that_nobody_answers_expires_and_fails_its_run() {
    String body =
        Served.taskBody("flag")
            .replace("\"start\":true", "\"start\":true,\"gate_timeout_seconds\":1");
    Answer run = server.post(RUNS, body, "X-Actor-Id", "ann", "Prefer", "wait=20");
    String gate = gate(run);
    now.set(NOON.plusSeconds(2));

    server.await(gate, "/status", "EXPIRED");
    Answer late = server.patch(gate, "{\"status\":\"APPROVED\"}", "X-Actor-Id", "ben");

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text("/gate_status")).isEqualTo("EXPIRED");
    server.await(path(run), "/status", "FAILED");
    assertThat(server.get("/tasks").text("/tasks")).isEqualTo("[]");
    assertThat(server.get("/gates").text("/gates")).isEqualTo("[]");
  }

  @Test
  void a_rejection_fails_the_run_and_says_why() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    Answer rejected =
        server.patch(
            gate(run),
            "{\"status\":\"REJECTED\",\"rejection_reason\":\"not today\"}",
            "X-Actor-Id",
            "ben");

    assertThat(rejected.text("/rejection_reason")).isEqualTo("not today");
    Answer failed = server.await(path(run), "/status", "FAILED");
    assertThat(failed.text("/error_details/gate_rejected")).isEqualTo("true");
    assertThat(server.get("/tasks").text("/tasks")).isEqualTo("[]");
  }

  @Test
  void an_answer_to_another_action_than_the_gates_is_refused() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    String gate = gate(run);
    String bound = server.get(gate).text("/action_hash");
    String vote = "{\"status\":\"APPROVED\",\"action_hash\":\"%s\"}";

    Answer other = server.patch(gate, vote.formatted("0".repeat(64)), "X-Actor-Id", "ben");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/code")).isEqualTo("GATE_ACTION_MISMATCH");
    assertThat(other.text("/action_hash")).isEqualTo(bound);
    assertThat(server.patch(gate, vote.formatted(bound), "X-Actor-Id", "ben").status())
        .isEqualTo(200);
  }

  @Test
  void a_gate_is_not_found_in_another_run() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    Answer other = server.task("x");
    String there = gate(run).replace(run.text("/run_id"), other.text("/run_id"));

    assertThat(server.get(there).text("/code")).isEqualTo("UNKNOWN_GATE");
    assertThat(server.patch(there, "{\"status\":\"APPROVED\"}").status()).isEqualTo(404);
  }

  @Test
  void refusals_are_audited() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    Answer own = server.patch(gate(run), "{\"status\":\"APPROVED\"}", "X-Actor-Id", "ann");
    assertThat(own.status()).isEqualTo(403);

    Answer audit = server.get("/audit");
    assertThat(audit.text("/entries/0/event_type")).isEqualTo("FC-REFUSAL-001");
    assertThat(audit.text("/entries/0/actor_id")).isEqualTo("ann");
    assertThat(audit.text("/entries/0/message")).contains("SeparationOfDuties");
    assertThat(server.get("/audit", "X-Tenant-Id", "two").text("/entries")).isEqualTo("[]");
  }

  @Test
  void a_managed_run_is_given_no_gate_from_outside() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    Answer asked = server.post(path(run) + "/gates", "{\"gate_name\":\"look\"}");

    assertThat(asked.status()).isEqualTo(409);
    Answer gates = server.get(path(run) + "/gates");
    assertThat(((JsonArray) gates.value("/gates")).items()).hasSize(1);
  }

  private String gate(Answer run) {
    assertThat(run.text("/status")).isEqualTo("PAUSED");
    return path(run) + "/gates/" + server.get(path(run) + "/gates").text("/gates/0/gate_id");
  }

  private static String path(Answer run) {
    return RUNS + "/" + run.text("/run_id");
  }
}
