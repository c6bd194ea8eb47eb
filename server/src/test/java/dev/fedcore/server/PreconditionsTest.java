package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What headers ask of a command: only this version, only once, and not before it is over.
class PreconditionsTest {

  private static final String RUNS = "/workflows/runs";
  private static final String START = "{\"status\":\"RUNNING\"}";
  private static final String CANCEL = "{\"status\":\"CANCELLED\",\"reason\":\"no need\"}";

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
  void a_command_for_an_older_version_changes_nothing() {
    Answer run = pending("x");
    String seen = run.header("ETag");
    assertThat(seen).isEqualTo("\"" + run.text("/version") + "\"");
    Answer moved = server.patch(status(run), CANCEL, "If-Match", seen);
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.header("ETag")).isNotEqualTo(seen);

    Answer stale = server.patch(status(run), CANCEL, "If-Match", seen);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.text("/code")).isEqualTo("STALE_VERSION");
    assertThat(stale.header("ETag")).isEqualTo(moved.header("ETag"));
    assertThat(server.get(path(run)).header("ETag")).isEqualTo(moved.header("ETag"));
  }

  @Test
  void a_vote_for_an_older_version_is_no_vote() {
    Answer run = server.task("flag", "X-Actor-Id", "ann");
    String gate = path(run) + "/gates/" + server.get(path(run) + "/gates").text("/gates/0/gate_id");
    Answer stale =
        server.patch(gate, "{\"status\":\"APPROVED\"}", "X-Actor-Id", "ben", "If-Match", "\"1\"");

    assertThat(stale.status()).isEqualTo(412);
    assertThat(server.get(gate).text("/status")).isEqualTo("PENDING");
  }

  @Test
  void any_version_will_do_for_a_star() {
    Answer run = pending("x");

    assertThat(server.patch(status(run), CANCEL, "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void a_repeated_command_is_answered_from_what_was_kept() {
    Answer run = pending("x");
    Answer first = server.patch(status(run), CANCEL, "Idempotency-Key", "c-1");
    Answer again = server.patch(status(run), CANCEL, "Idempotency-Key", "c-1");

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    Answer other = server.patch(status(pending("y")), CANCEL, "Idempotency-Key", "c-1");
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void a_key_is_kept_over_a_restart_and_within_its_tenant() {
    String body = Served.taskBody("once");
    Answer first = server.post(RUNS, body, "Idempotency-Key", "k-1");
    server.close();
    server = Served.trusting(data);
    Answer again = server.post(RUNS, body, "Idempotency-Key", "k-1");
    Answer theirs = server.post(RUNS, body, "Idempotency-Key", "k-1", "X-Tenant-Id", "two");

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(theirs.header("Idempotent-Replayed")).isEmpty();
    assertThat(theirs.text("/run_id")).isNotEqualTo(first.text("/run_id"));
  }

  @Test
  void an_answer_waits_for_the_end_when_it_is_asked_to() {
    Answer run = pending("x");
    Answer started = server.patch(status(run), START, "Prefer", "respond-async, wait=20");

    assertThat(started.text("/status")).isEqualTo("COMPLETED");
    assertThat(started.header("Preference-Applied")).isEqualTo("wait");
    assertThat(started.header("ETag")).isEqualTo("\"" + started.text("/version") + "\"");
  }

  @Test
  void an_answer_waits_no_longer_than_asked() {
    Answer run = server.post(RUNS, body("x"), "Prefer", "wait=0");

    assertThat(run.status()).isEqualTo(201);
    assertThat(run.text("/status")).isEqualTo("PENDING");
    assertThat(run.header("Preference-Applied")).isEqualTo("wait");
    assertThat(server.post(RUNS, body("x"), "Prefer", "wait=61").status()).isEqualTo(400);
    assertThat(server.post(RUNS, body("x"), "Prefer", "handling=lenient").status()).isEqualTo(201);
  }

  private Answer pending(String title) {
    Answer run = server.post(RUNS, body(title));
    assertThat(run.text("/status")).isEqualTo("PENDING");
    return run;
  }

  private static String body(String title) {
    return Served.taskBody(title).replace("\"start\":true", "\"start\":false");
  }

  private static String path(Answer run) {
    return RUNS + "/" + run.text("/run_id");
  }

  private static String status(Answer run) {
    return path(run) + "/status";
  }
}
