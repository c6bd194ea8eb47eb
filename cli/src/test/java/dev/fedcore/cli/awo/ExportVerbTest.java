package dev.fedcore.cli.awo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.child.ServerProcess;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.cli.verb.CommandTree;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of a real server becomes an AWO run, and goes all the way.
class ExportVerbTest {

  private static final InstantSource CLOCK = InstantSource.system();

  @Test
  void a_run_of_a_server_is_exported_the_same_twice_and_published(
      @TempDir Path data, @TempDir Path one, @TempDir Path two) throws Exception {
    try (var server = ServerProcess.start(System.getProperty("java.class.path"), data, CLOCK)) {
      String run = completed(server.url());
      Shell first = new Shell(one, Map.of(), CLOCK, CommandTree::execute);
      Shell second = new Shell(two, Map.of(), CLOCK, CommandTree::execute);

      for (Shell shell : new Shell[] {first, second}) {
        int archived =
            shell.run(
                "awo", "export", "--run-id", run, "--url", server.url(), "--archive", "a.tar");
        assertThat(archived).as(shell.err()).isZero();
      }
      assertThat(one.resolve("a.tar")).hasBinaryContent(Files.readAllBytes(two.resolve("a.tar")));
      assertThat(first.run("awo", "export", "--run-id", run, "--url", server.url())).isZero();
      published(first, run);
    }
  }

  private static void published(Shell shell, String run) {
    shell.run(
        "awo",
        "attest",
        "keys",
        "--out",
        "k",
        "--signer",
        "https://x.test",
        "--origin",
        "x.test/l");
    assertThat(
            shell.run(
                "awo",
                "validate",
                "gate2",
                "--run-id",
                run,
                "--orchestrator",
                "ann",
                "--reviewer",
                "ben"))
        .as(shell.err())
        .isZero();
    assertThat(
            shell.run(
                "awo",
                "finalize",
                "--run-id",
                run,
                "--approver",
                "ben",
                "--key",
                "k/attestor.pem",
                "--log-key",
                "k/log.pem",
                "--trust",
                "k/trust"))
        .as(shell.err())
        .isZero();
    assertThat(shell.run("verify", ".", "--trust", "k/trust")).as(shell.out()).isZero();
  }

  private static String completed(String url) {
    var ann = new Target(url, Optional.empty(), Optional.of("ann"), Optional.empty());
    var task = JsonObject.builder().put("title", "export me").build();
    var action = JsonObject.builder().put("type", "task").put("parameters", task).build();
    var input = JsonObject.builder().put("capability", "task.create").put("action", action).build();
    try (var client = new FedcoreClient(ann)) {
      JsonObject body =
          JsonObject.builder()
              .put("workflow_id", "pt004_execution_spine")
              .put("input_payload", input)
              .put("start", true)
              .build();
      var run = client.waiting("POST", "/workflows/runs", body, 30).orFail().json();
      assertThat(run.text("status")).as(run.object().toString()).isEqualTo("COMPLETED");
      return run.text("run_id");
    }
  }
}
