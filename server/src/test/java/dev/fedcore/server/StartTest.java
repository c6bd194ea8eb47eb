package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.NoteSigner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a server starts, and when it does not.
class StartTest {

  private static final Optional<String> SECRET = Optional.of("a secret that is long enough");

  @TempDir private Path data;

  @Test
  void it_does_not_listen_to_others_without_knowing_who_they_are() {
    var open = new ServerConfig(data, "0.0.0.0", 0, Optional.empty(), Optional.empty(), false);

    assertThatThrownBy(() -> Served.with(open))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("SECRET_KEY");
  }

  @Test
  void with_a_secret_nobody_gets_in_without_a_token_but_everybody_sees_its_health() {
    var config = new ServerConfig(data, "127.0.0.1", 0, SECRET, Optional.empty(), false);
    try (var server = Served.with(config)) {
      assertThat(server.get("/workflows/runs").status()).isEqualTo(401);
      assertThat(server.get("/health").text("/identity")).isEqualTo("authenticated");
      assertThat(server.get("/log/key").status()).isEqualTo(200);
    }
  }

  @Test
  void a_second_server_on_the_same_data_is_refused() {
    try (var first = Served.trusting(data)) {
      assertThatThrownBy(() -> Served.trusting(data)).hasMessageContaining(data.toString());
      assertThat(first.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void a_port_that_is_taken_is_said_in_one_sentence_and_the_data_is_let_go() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var config =
          new ServerConfig(data, "127.0.0.1", port, Optional.empty(), Optional.empty(), false);

      assertThatThrownBy(() -> Served.with(config))
          .hasMessage(
              "cannot listen on 127.0.0.1 port %d: stop the program that does,".formatted(port)
                  + " or choose another host or port");
    }
    try (var server = Served.trusting(data)) {
      assertThat(server.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void what_was_written_is_there_after_a_restart_and_under_a_checkpoint() {
    String run;
    try (var server = Served.trusting(data)) {
      run = server.task("x").text("/run_id");
    }
    try (var server = Served.trusting(data)) {
      assertThat(server.get("/workflows/runs/" + run).text("/status")).isEqualTo("COMPLETED");
      var health = server.get("/health");
      assertThat(health.text("/checkpoint_size")).isEqualTo(health.text("/entries"));
      assertThat(server.get("/log/checkpoint").status()).isEqualTo(200);
      assertThat(server.get("/log/tile/../../log.key").status()).isEqualTo(404);
    }
  }

  @Test
  void a_directory_of_bundles_is_followed() throws IOException {
    Path bundles = Files.createDirectory(data.resolve("bundles"));
    Files.writeString(bundles.resolve("b.yaml"), Bundles.text().replace("== 'deny'", "== 'y'"));
    var config =
        new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), Optional.of(bundles), false);
    try (var server = Served.with(config)) {
      assertThat(server.get("/policies/by-title").text("/source")).isEqualTo("directory");
      assertThat(server.task("y").text("/status")).isEqualTo("FAILED");
    }
  }

  @Test
  void policy_is_asked_without_consequences() {
    try (var server = Served.trusting(data)) {
      var answer =
          server.post(
              "/policies/evaluate",
              """
              {"workflow_id":"pt004_execution_spine","step":{"id":"step_4","type":"ACT"},
               "action":{"type":"task","parameters":{"title":"flag"}}}\
              """);

      assertThat(answer.text("/decision")).isEqualTo("flag");
      assertThat(answer.text("/mode")).isEqualTo("simulate");
      assertThat(server.get("/health").text("/entries")).isEqualTo("0");
    }
  }

  @Test
  void meters_count_what_has_happened() {
    try (var server = Served.trusting(data)) {
      server.task("x");
      server.task("deny");
      String meters = new String(server.get("/metrics").body(), StandardCharsets.UTF_8);

      assertThat(meters).contains("fedcore_runs_ended_total{outcome=\"COMPLETED\"} 1.0");
      assertThat(meters).contains("fedcore_decisions_total{verdict=\"deny\"} 1.0");
      assertThat(meters).contains("route=\"/workflows/runs\"");
      String entries = server.get("/health").text("/entries");
      assertThat(meters).contains("fedcore_ledger_entries_total %s.0".formatted(entries));
      assertThat(meters).containsPattern("fedcore_ledger_commits_total [1-9]");
    }
  }

  @Test
  void the_command_line_names_what_it_knows() {
    assertThat(executed("--only", "kitchen")).isEqualTo(64);
    assertThat(executed("--ledger", "oracle:x")).isEqualTo(64);
    assertThat(executed("--port", "many")).isEqualTo(64);
  }

  @Test
  void a_witness_policy_that_cannot_be_kept_is_a_fault_of_configuration() throws IOException {
    Path file = data.resolve("witness.policy");
    Files.writeString(file, "\nquorum none\nquorum none\n");
    assertThat(executed("--witness-policy", file.toString(), "--data", data.toString()))
        .isEqualTo(78);
    assertThat(refusal(file)).contains("line 3", "second quorum");

    String key = Cosigner.generate("w.example").verifierKey();
    Files.writeString(file, "witness w " + key + "\nquorum w\n");
    assertThat(refusal(file)).contains("quorum w cannot be met", "URL");
    assertThat(refusal(data.resolve("nowhere"))).contains("nowhere cannot be read");
  }

  @Test
  void policy_keys_that_are_none_are_a_fault_of_configuration() throws IOException {
    Path file = data.resolve("policy.keys");
    Files.writeString(file, "# nobody yet\n");
    assertThat(executed("--policy-keys", file.toString(), "--data", data.toString())).isEqualTo(78);
    assertThat(keysRefusal(file))
        .isEqualTo(
            file
                + " is no list of policy keys: it names nobody who may sign:"
                + " write a line \"key KEY\"");

    String key = NoteSigner.generate("ops.example").verifierKey();
    Files.writeString(file, "key %s\nkey?\n".formatted(key));
    assertThat(keysRefusal(file)).contains("line 2: must be \"key KEY\" or \"revoked HASH\"");
    assertThat(keysRefusal(data.resolve("nowhere"))).contains("nowhere cannot be read");
  }

  private static String keysRefusal(Path file) {
    StartRefused refused =
        catchThrowableOfType(StartRefused.class, () -> PolicyKeyFile.read(file.toString()));
    return String.valueOf(refused.getMessage());
  }

  private static String refusal(Path file) {
    StartRefused refused =
        catchThrowableOfType(StartRefused.class, () -> WitnessPolicies.read(file.toString()));
    return String.valueOf(refused.getMessage());
  }

  private static int executed(String... arguments) {
    var err = new StringWriter();
    int code = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    return code;
  }
}
