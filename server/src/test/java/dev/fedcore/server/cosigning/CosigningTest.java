package dev.fedcore.server.cosigning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.http.Access;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.server.Extensions;
import dev.fedcore.server.Served;
import dev.fedcore.server.ServerConfig;
import dev.fedcore.server.StartRefused;
import dev.fedcore.testing.Eventually;
import dev.fedcore.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose log is watched, with witnesses that really are.
class CosigningTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<Cosigner> WITNESSES =
      IntStream.range(0, 3).mapToObj(i -> Cosigner.generate("w.example/" + i)).toList();

  @TempDir private Path directory;

  private Path data = Path.of("");
  private final NoteSigner log = NoteSigner.generate("log.example");
  private int[] ports = {};

  @BeforeEach
  void a_log_that_witnesses_can_know() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    String key = Base64.getEncoder().encodeToString(log.pkcs8());
    Files.writeString(data.resolve("log.key"), log.name() + "\n" + key + "\n");
    ports = FreePorts.draw(WITNESSES.size()).stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void what_is_published_carries_the_cosignatures_of_the_quorum() throws Exception {
    var policy = policy("group g all w0 w1\nquorum g\n");
    try (var _ = witness(0);
        var _ = witness(1);
        var server = server(policy)) {
      server.task("x");
      publishes(server, policy);

      assertThat(server.get("/health").text("/checkpoint_size"))
          .isEqualTo(published(server, policy).size() + "");
      assertThat(server.get("/system/status").text("/witnesses/quorum")).isEqualTo("g");
      assertThat(server.get("/system/status").text("/witnesses/alarm")).isEqualTo("null");
    }
  }

  @Test
  void nothing_is_published_before_the_quorum_is_met() throws Exception {
    var policy = policy("group g all w0 w1\nquorum g\n");
    try (var _ = witness(0);
        var server = server(policy)) {
      server.task("x");
      Eventually.holds(PATIENCE, () -> isSet(server, "/witnesses/witnesses/1/last_error"));

      assertThat(server.get("/log/checkpoint").status()).isEqualTo(404);
      assertThat(server.get("/health").text("/checkpoint_size")).isEqualTo("0");
      assertThat(isSet(server, "/witnesses/waiting_since")).isTrue();
      try (var _ = witness(1)) {
        publishes(server, policy);
        Eventually.holds(PATIENCE, () -> !isSet(server, "/witnesses/waiting_since"));
      }
    }
  }

  @Test
  void two_of_three_are_enough_where_the_policy_says_so() throws Exception {
    var policy = policy("group g 2 w0 w1 w2\nquorum g\n");
    try (var _ = witness(0);
        var _ = witness(2);
        var server = server(policy)) {
      server.task("x");
      publishes(server, policy);

      assertThat(new String(server.get("/log/checkpoint").body(), UTF_8))
          .contains("w.example/0", "w.example/2")
          .doesNotContain("w.example/1");
    }
  }

  @Test
  void where_nobody_must_cosign_a_checkpoint_is_published_at_once_and_a_laggard_is_told()
      throws Exception {
    var policy = policy("quorum none\n");
    var now = new AtomicReference<>(Instant.parse("2026-01-01T10:00:00Z"));
    try (var server = Served.with(config(), witnessed(policy), now::get)) {
      server.task("x");
      publishes(server, policy);
      Eventually.holds(PATIENCE, () -> isSet(server, "/witnesses/witnesses/0/last_error"));
      assertThat(isSet(server, "/witnesses/alarm")).isFalse();

      now.set(now.get().plus(Duration.ofSeconds(61)));

      var status = server.get("/system/status");
      assertThat(status.text("/status")).isEqualTo("degraded");
      assertThat(status.text("/witnesses/alarm")).contains("more than a minute behind: w0, w1, w2");
      assertThat(meters(server)).contains("fedcore_witness_alarm 1.0");
      assertThat(meters(server)).containsPattern("fedcore_witness_lag\\{witness=\"w0\"} [1-9]");
      try (var _ = witness(0);
          var _ = witness(1);
          var _ = witness(2)) {
        Eventually.holds(PATIENCE, () -> meters(server).contains("fedcore_witness_alarm 0.0"));
        Eventually.holds(
            PATIENCE,
            () ->
                policy("group g all w0 w1 w2\nquorum g\n").cosignatures(note(server)).size() == 3);
      }
    }
  }

  @Test
  void a_waiting_checkpoint_is_an_alarm_after_a_minute() throws Exception {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T10:00:00Z"));
    try (var server = Served.with(config(), witnessed(policy("quorum w0\n")), now::get)) {
      Eventually.holds(PATIENCE, () -> isSet(server, "/witnesses/waiting_since"));
      now.set(now.get().plus(Duration.ofSeconds(61)));

      assertThat(server.get("/system/status").text("/witnesses/alarm")).contains("quorum");
      assertThat(meters(server)).contains("fedcore_witness_waiting_seconds 61.0");
    }
  }

  @Test
  void a_restart_goes_on_where_log_and_witness_are() throws Exception {
    var policy = policy("quorum w0\n");
    try (var _ = witness(0)) {
      try (var server = server(policy)) {
        server.task("x");
        publishes(server, policy);
      }
      Files.delete(data.resolve("log").resolve("checkpoint"));
      try (var server = server(policy)) {
        server.task("x");
        publishes(server, policy);
      }
    }
  }

  @Test
  void a_checkpoint_that_was_signed_and_not_published_is_never_contradicted() throws Exception {
    var policy = policy("quorum w0\n");
    try (var server = server(policy)) {
      server.task("x");
      Eventually.holds(PATIENCE, () -> isSigned(server));
    }
    assertThat(data.resolve("log").resolve("checkpoint")).doesNotExist();
    try (var server = Served.trusting(data)) {
      Eventually.holds(PATIENCE, () -> server.get("/log/checkpoint").status() == 200);
      server.task("y");
    }
    try (var _ = witness(0);
        var server = server(policy)) {
      publishes(server, policy);
    }
  }

  @Test
  void a_second_log_with_the_same_key_is_found_out_and_not_published() throws Exception {
    var policy = policy("quorum w0\n");
    Path twin = Files.createDirectory(directory.resolve("twin"));
    Files.copy(data.resolve("log.key"), twin.resolve("log.key"));
    try (var _ = witness(0)) {
      try (var server = server(policy)) {
        server.task("x");
        server.task("y");
        publishes(server, policy);
      }
      var config =
          new ServerConfig(twin, "127.0.0.1", 0, Optional.empty(), Optional.empty(), false);
      try (var server = Served.with(config, witnessed(policy), InstantSource.system())) {
        server.task("another past");
        Eventually.holds(PATIENCE, () -> isSet(server, "/witnesses/alarm"));

        assertThat(server.get("/system/status").text("/witnesses/alarm")).contains("w0:");
        assertThat(server.get("/log/checkpoint").status()).isEqualTo(404);
      }
    }
  }

  @Test
  void what_is_no_cosignature_of_the_witness_counts_for_nothing() throws Exception {
    var policy = policy("quorum w0\n");
    Route liar =
        new Route(
            "POST",
            "/add-checkpoint",
            new Access.Open(),
            request -> {
              String text = AddCheckpoint.parse(request.body()).note().text();
              String line = WITNESSES.get(1).cosign(text, Instant.EPOCH);
              return Response.of(200, MediaTypes.TEXT, line.getBytes(UTF_8));
            });
    try (var _ = WitnessServed.over(List.of(liar), ports[0]);
        var server = server(policy)) {
      Eventually.holds(PATIENCE, () -> isSet(server, "/witnesses/witnesses/0/last_error"));

      assertThat(server.get("/system/status").text("/witnesses/witnesses/0/last_error"))
          .contains("no cosignature of its key");
      assertThat(server.get("/log/checkpoint").status()).isEqualTo(404);
    }
  }

  @Test
  void a_policy_about_other_logs_does_not_start_a_server() {
    String other = NoteSigner.generate("other.example").verifierKey();
    var policy = WitnessPolicy.parse(bytes("log " + other + "\nquorum none\n"));

    assertThatThrownBy(() -> server(policy))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(log.verifierKey());
  }

  private ServerConfig config() {
    return new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), Optional.empty(), false);
  }

  private Served server(WitnessPolicy policy) {
    return Served.with(config(), witnessed(policy), InstantSource.system());
  }

  private static Extensions witnessed(WitnessPolicy policy) {
    Extensions plain = Served.extensions();
    return new Extensions(
        plain.policies(),
        plain.subscriptions(),
        plain.destinations(),
        plain.pillars(),
        plain.people(),
        plain.acting(),
        plain.tracing(),
        plain.policyKeys(),
        Optional.of(policy));
  }

  private WitnessServed witness(int i) {
    return WitnessServed.of(log, WITNESSES.get(i), directory.resolve("w" + i), ports[i]);
  }

  /// All three witnesses, where they are or will be, and these further lines.
  private WitnessPolicy policy(String more) {
    var text = new StringBuilder("log " + log.verifierKey() + "\n");
    for (int i = 0; i < WITNESSES.size(); i++) {
      text.append(
          "witness w%d %s http://127.0.0.1:%d\n"
              .formatted(i, WITNESSES.get(i).verifierKey(), ports[i]));
    }
    return WitnessPolicy.parse(bytes(text + more));
  }

  /// Waits until all that the server holds is published, as the policy asks.
  private static void publishes(Served server, WitnessPolicy policy) throws Exception {
    Eventually.holds(
        PATIENCE,
        () -> {
          var health = server.get("/health");
          return !health.text("/entries").equals("0")
              && health.text("/checkpoint_size").equals(health.text("/entries"))
              && isBelieved(server, policy);
        });
  }

  private static boolean isBelieved(Served server, WitnessPolicy policy) {
    try {
      return published(server, policy).size() > 0;
    } catch (EvidenceRejected _) {
      return false;
    }
  }

  private static Checkpoint published(Served server, WitnessPolicy policy) {
    return policy.open(server.get("/log/checkpoint").body());
  }

  private static Note note(Served server) {
    return Note.parse(server.get("/log/checkpoint").body());
  }

  private static boolean isSigned(Served server) {
    return server
        .get("/system/status")
        .text("/witnesses/signed_size")
        .equals(server.get("/health").text("/entries"));
  }

  private static boolean isSet(Served server, String pointer) {
    return !server.get("/system/status").text(pointer).equals("null");
  }

  private static String meters(Served server) {
    return new String(server.get("/metrics").body(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
