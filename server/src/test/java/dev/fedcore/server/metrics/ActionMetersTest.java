package dev.fedcore.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is counted of actions that external workers report.
class ActionMetersTest {

  private static final String WORKFLOW =
      """
      {"apiVersion":"fedcore.workflow/v1","id":"w","version":"1","execution":"external",
       "steps":[{"id":"a","type":"ACT","action":{"type":"task","parameters":{"title":"t"}}}]}\
      """;

  @TempDir private Path data;

  @Test
  void types_that_workers_make_up_share_one_counter() {
    try (var server = Served.trusting(data)) {
      assertThat(server.post("/workflows/definitions", WORKFLOW).status()).isEqualTo(201);
      done(server, "task");
      done(server, "made-up-1");
      done(server, "made-up-2");

      String metrics = new String(server.get("/metrics").body(), UTF_8);

      assertThat(metrics)
          .contains("action_type=\"task\"")
          .contains("action_type=\"_OTHER\"")
          .doesNotContain("made-up");
    }
  }

  private static void done(Served server, String type) {
    String run =
        server.post("/workflows/runs", "{\"workflow_id\":\"w\",\"start\":true}").header("Location");
    String report =
        """
        {"step_id":"a","status":"COMPLETED","output":{},
         "action":{"type":"%s","target":"x","parameters":{"title":"x"}}}
        """
            .formatted(type);
    assertThat(server.post(run + "/steps", report).text("/step/status")).isEqualTo("COMPLETED");
  }
}
