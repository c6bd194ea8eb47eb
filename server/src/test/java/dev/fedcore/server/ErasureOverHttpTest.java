package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.server.Served.Answer;
import dev.fedcore.testing.LiveDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see of names, what stands in hashed documents, and what is left after an erasure.
class ErasureOverHttpTest {

  private static final String RUNS = "/workflows/runs";
  private static final String ZOE = "zoe.hopper@example.org";

  @TempDir private Path data;

  @Test
  void people_are_shown_by_their_names_and_hashed_as_commitments() {
    try (var server = Served.trusting(data)) {
      Answer run = server.task("flag", "X-Actor-Id", "ann");
      vote(server, run, "APPROVED", "looks right", "ben");
      server.await(path(run), "/status", "COMPLETED");

      String read = body(server.get(path(run) + "/logs"));
      assertThat(read).contains("\"actor_id\":\"ann\"", "by ben", "looks right");
      assertThat(body(server.get("/api/fc/runs/" + run.text("/run_id") + "/logs")))
          .contains("\"actor_id\":\"ann\"", "looks right")
          .doesNotContain("sealed:");
      Answer hashed = server.get(path(run) + "/logs?hashed=true");
      assertThat(body(hashed)).contains("\"actor_id\":\"sealed:");
      // The random letters of a commitment may spell a short name.
      assertThat(Commitment.ANYWHERE.matcher(body(hashed)).replaceAll(""))
          .doesNotContain("ann", "ben");
      for (JsonValue entry : ((JsonArray) hashed.value("/logs")).items()) {
        assertThat(rehashed((JsonObject) entry))
            .isEqualTo(((JsonObject) entry).get("entry_hash").orElseThrow().toString());
      }
      assertThat(body(server.get(path(run) + "/receipts"))).doesNotContain("\"ann\"", "\"ben\"");
      Answer disclosures = server.get(path(run) + "/disclosures");
      assertThat(body(disclosures)).contains("\"ann\"", "\"ben\"", "looks right");
      for (JsonValue each : ((JsonArray) disclosures.value("/disclosures")).items()) {
        assertThat(made((JsonObject) each)).isEqualTo(text(each, "commitment"));
      }
    }
  }

  @Test
  void after_an_erasure_no_file_holds_the_person_and_every_hash_is_the_same() {
    try (var server = Served.trusting(data)) {
      Answer run = server.task("flag", "X-Actor-Id", ZOE, "Idempotency-Key", "k1");
      vote(server, run, "REJECTED", "Zoe.Hopper@example.org must wait", "ben");
      server.await(path(run), "/status", "FAILED");
      server.task("for " + ZOE, "X-Actor-Id", ZOE);
      Answer letter = mail(server);
      String before = body(server.get(path(run) + "/logs?hashed=true"));
      String receipts = body(server.get(path(letter) + "/receipts"));
      assertThat(files()).contains("zoe.hopper");

      Answer erased = erase(server, ZOE);

      assertThat(erased.status()).as(body(erased)).isEqualTo(200);
      assertThat(erased.text("/runs_changed")).isEqualTo("3");
      assertThat(erased.text("/files_rewritten")).isEqualTo("true");
      assertThat(body(server.get(path(run) + "/logs?hashed=true"))).isEqualTo(before);
      assertThat(body(server.get(path(letter) + "/receipts"))).isEqualTo(receipts);
      assertThat(server.get(path(run) + "/logs").text("/logs/0/actor_id")).isEqualTo("erased");
      assertThat(server.get(path(run)).text("/actor_id")).isEqualTo("erased");
      assertThat(server.get(path(letter)).text("/actor_id")).isEqualTo("ann");
      assertThat(server.get(path(letter)).text("/input_payload")).isEqualTo("null");
      assertThat(files()).doesNotContainIgnoringCase("zoe.ho").doesNotContainIgnoringCase("hopper");
      assertThat(server.get("/audit").text("/entries/0/event_type")).isEqualTo("FC-ERASURE-001");
    }
    assertThat(files()).doesNotContainIgnoringCase("zoe.ho");
  }

  @Test
  void a_guess_finds_nothing_in_any_file_afterwards() {
    try (var server = Served.trusting(data)) {
      Answer letter = mail(server);
      server.await(path(letter), "/status", "COMPLETED");
      Answer before = server.get(path(letter));
      String payload = new String(before.value("/input_payload").canonicalBytes(), UTF_8);
      erase(server, ZOE);

      assertThat(files()).doesNotContain(before.text("/payload_salt"));
      for (String guess : List.of(ZOE, "\"" + ZOE + "\"", payload)) {
        byte[] hash = Sha256.digest(guess.getBytes(UTF_8));
        assertThat(files())
            .doesNotContain(Sha256.hexOf(hash))
            .doesNotContain(new String(hash, ISO_8859_1));
      }
    }
  }

  @Test
  void a_run_that_is_not_over_stands_in_the_way() {
    try (var server = Served.trusting(data)) {
      Answer run = server.task("flag", "X-Actor-Id", "ida");

      Answer refused = erase(server, "ida");

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text("/code")).isEqualTo("SUBJECT_IN_LIVE_RUNS");
      assertThat(refused.text("/run_ids/0")).isEqualTo(run.text("/run_id"));
      assertThat(server.get("/audit").text("/entries/0/message"))
          .isEqualTo("EraseSubject refused: LiveRuns");
      assertThat(server.get(path(run)).text("/actor_id")).isEqualTo("ida");
    }
  }

  @Test
  void a_run_of_which_something_is_erased_goes_on_no_more() {
    try (var server = Served.trusting(data)) {
      Answer run = server.task("flag", "X-Actor-Id", "ida", "Idempotency-Key", "k1");
      vote(server, run, "REJECTED", "no", "ben");
      server.await(path(run), "/status", "FAILED");
      erase(server, "ida");

      Answer retried = server.post(path(run) + "/retry", "{}", "X-Actor-Id", "ida");
      assertThat(retried.status()).isEqualTo(410);
      assertThat(retried.text("/code")).isEqualTo("RUN_ERASED");
      Answer again = server.task("flag", "X-Actor-Id", "ida", "Idempotency-Key", "k1");
      assertThat(again.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }
  }

  @Test
  void what_is_erased_stays_erased_after_a_restart() {
    String path;
    try (var server = Served.trusting(data)) {
      Answer run = server.task("x", "X-Actor-Id", "ida");
      path = path(run);
      server.await(path, "/status", "COMPLETED");
      erase(server, "ida");
    }
    try (var server = Served.trusting(data)) {
      assertThat(server.get(path).text("/erased")).isEqualTo("true");
      assertThat(server.get(path + "/logs").text("/logs/0/actor_id")).isEqualTo("erased");
      assertThat(erase(server, "ida").text("/values_erased")).isEqualTo("0");
    }
  }

  @Test
  void bad_requests_are_told_what_is_wrong() {
    try (var server = Served.trusting(data)) {
      assertThat(server.post("/erasures", "{\"subject\":\"ida\"}").text("/errors/0/pointer"))
          .isEqualTo("/reason");
      assertThat(erase(server, "anonymous").status()).isEqualTo(400);
      assertThat(erase(server, "   ").status()).isEqualTo(400);
      assertThat(server.get(RUNS, "X-Actor-Id", "sealed:x").status()).isEqualTo(400);
    }
  }

  private static Answer erase(Served server, String subject) {
    return server.post(
        "/erasures",
        "{\"reason\":\"letter of %1$s\",\"subject\":\"%1$s\"}".formatted(subject),
        "X-Actor-Id",
        "root");
  }

  /// A letter to Zoe that Ann has written; without a mail server it goes into the folder outbox.
  private static Answer mail(Served server) {
    String body =
        Served.taskBody("x")
            .replace("\"type\":\"task\"", "\"type\":\"email\"")
            .replace(
                "{\"title\":\"x\"}",
                "{\"recipient\":\"%s\",\"subject\":\"hello\",\"body\":\"dear %s\"}"
                    .formatted(ZOE, ZOE));
    Answer run = server.post(RUNS, body, "X-Actor-Id", "ann", "Prefer", "wait=20");
    assertThat(run.text("/status")).as(body(run)).isEqualTo("COMPLETED");
    return run;
  }

  private static void vote(Served server, Answer run, String status, String words, String by) {
    String gate = server.get(path(run) + "/gates").text("/gates/0/gate_id");
    Answer answer =
        server.patch(
            path(run) + "/gates/" + gate,
            "{\"status\":\"%s\",\"comment\":\"%s\",\"rejection_reason\":\"%s\"}"
                .formatted(status, words, words),
            "X-Actor-Id",
            by);
    assertThat(answer.status()).as(body(answer)).isEqualTo(200);
  }

  private static String made(JsonObject disclosure) {
    return Commitment.of(Sha256.parseHex(text(disclosure, "salt")), text(disclosure, "value"));
  }

  private static String text(JsonValue object, String name) {
    return ((JsonString) ((JsonObject) object).get(name).orElseThrow()).value();
  }

  private static String rehashed(JsonObject shown) {
    Map<String, JsonValue> stored = new LinkedHashMap<>(shown.members());
    stored.remove("entry_hash");
    stored.remove("index");
    String hash = Sha256.hex(JsonObject.of(stored).canonicalBytes());
    return new JsonString(hash).toString();
  }

  /// All bytes of the data directory, names of files included.
  private String files() {
    try {
      return LiveDirectory.text(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(Answer run) {
    return RUNS + "/" + run.text("/run_id");
  }

  private static String body(Answer answer) {
    return new String(answer.body(), UTF_8);
  }
}
