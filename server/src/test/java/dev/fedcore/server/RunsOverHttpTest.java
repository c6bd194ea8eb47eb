package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Managed runs, from their creation to their end, over HTTP.
class RunsOverHttpTest {

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
  void an_allowed_task_is_made_and_can_be_read() {
    Answer run = server.task("buy milk", "X-Actor-Id", "ann");

    assertThat(run.status()).isEqualTo(201);
    assertThat(run.text("/status")).isEqualTo("COMPLETED");
    assertThat(run.header("Location")).isEqualTo("/workflows/runs/" + run.text("/run_id"));
    assertThat(run.header("Preference-Applied")).isEqualTo("wait");
    assertThat(run.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(run.header("Cache-Control")).isEqualTo("no-store");
    Answer read =
        server.get(path(run) + "?include_logs=true&include_gates=true&include_receipts=true");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("ETag")).isEqualTo("\"" + read.text("/version") + "\"");
    assertThat(server.get("/tasks").text("/tasks/0/title")).isEqualTo("buy milk");
    Answer receipts = server.get(path(run) + "/receipts");
    String hash = receipts.text("/receipts/0/hash");
    assertThat(Sha256.hex(server.get(path(run) + "/receipts/" + hash).body())).isEqualTo(hash);
  }

  @Test
  void a_denied_task_fails_the_run_and_makes_nothing() {
    Answer run = server.task("deny");

    assertThat(run.text("/status")).isEqualTo("FAILED");
    assertThat(run.text("/steps/1/status")).isEqualTo("DENIED");
    assertThat(server.get("/tasks").text("/tasks")).isEqualTo("[]");
  }

  @Test
  void a_flagged_task_waits_for_somebody_else_than_its_requester() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    assertThat(run.text("/status")).isEqualTo("PAUSED");
    String gate = path(run) + "/gates/" + server.get(path(run) + "/gates").text("/gates/0/gate_id");

    Answer own = server.patch(gate, "{\"status\":\"APPROVED\"}", "X-Actor-Id", "ann");
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.text("/code")).isEqualTo("GOV-001");
    Answer approved =
        server.patch(gate, "{\"status\":\"approved\"}", "X-Actor-Id", "ben", "Prefer", "wait=20");
    assertThat(approved.text("/status")).isEqualTo("APPROVED");
    assertThat(server.get(path(run)).text("/status")).isEqualTo("COMPLETED");
    Answer second = server.patch(gate, "{\"status\":\"REJECTED\"}", "X-Actor-Id", "cem");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/resolved_by")).isEqualTo("ben");
  }

  @Test
  void of_many_who_answer_a_gate_at_once_exactly_one_wins() throws Exception {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    String gate = path(run) + "/gates/" + server.get(path(run) + "/gates").text("/gates/0/gate_id");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var votes =
          IntStream.range(0, 32).<Callable<Integer>>mapToObj(i -> () -> vote(gate, i)).toList();

      var statuses = threads.invokeAll(votes).stream().map(f -> f.resultNow()).toList();

      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(31);
    }
  }

  @Test
  void the_same_request_with_the_same_key_is_done_once() {
    String body = Served.taskBody("once");
    Answer first = server.post("/workflows/runs", body, "Idempotency-Key", "\"k-1\"");
    Answer again = server.post("/workflows/runs", body, "X-Idempotency-Key", "k-1");
    Answer other = server.post("/workflows/runs", Served.taskBody("two"), "Idempotency-Key", "k-1");

    assertThat(again.text("/run_id")).isEqualTo(first.text("/run_id"));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void another_tenant_sees_nothing_of_it() {
    Answer run = server.task("flag", "X-Tenant-Id", "one");
    String gates = path(run) + "/gates";

    assertThat(server.get(path(run), "X-Tenant-Id", "two").status()).isEqualTo(404);
    assertThat(server.get(gates, "X-Tenant-Id", "two").status()).isEqualTo(404);
    assertThat(server.get("/gates", "X-Tenant-Id", "two").text("/gates")).isEqualTo("[]");
    assertThat(server.get("/workflows/runs", "X-Tenant-Id", "two").text("/runs")).isEqualTo("[]");
    assertThat(
            server
                .patch(path(run) + "/status", "{\"status\":\"CANCELLED\"}", "X-Tenant-Id", "two")
                .status())
        .isEqualTo(404);
  }

  @Test
  void runs_are_paged_from_the_newest() {
    Answer first = server.task("a");
    Served.awaitNextMillisecond();
    Answer second = server.task("b");

    Answer page = server.get("/workflows/runs?limit=1");
    assertThat(page.text("/runs/0/run_id")).isEqualTo(second.text("/run_id"));
    Answer next = server.get("/workflows/runs?limit=1&cursor=" + page.text("/next_cursor"));
    assertThat(next.text("/runs/0/run_id")).isEqualTo(first.text("/run_id"));
  }

  /// Votes again as long as others are in the way.
  private int vote(String gate, int voter) {
    String status = voter % 2 == 0 ? "APPROVED" : "REJECTED";
    String body = "{\"status\":\"" + status + "\"}";
    int answered;
    do {
      answered = server.patch(gate, body, "X-Actor-Id", "voter" + voter).status();
    } while (answered == 503);
    return answered;
  }

  private static String path(Answer run) {
    return "/workflows/runs/" + run.text("/run_id");
  }
}
