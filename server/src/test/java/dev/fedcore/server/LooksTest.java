package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Definitions and entries are found one by one and page by page.
class LooksTest {

  private static final String DEFINITIONS = "/workflows/definitions";
  private static final String WORKFLOW =
      """
      {"apiVersion":"fedcore.workflow/v1","id":"w","version":"1.9.0","execution":"external",
       "steps":[{"id":"a","type":"TRANSFORM","transform":{"collect":[]}}]}\
      """;

  @TempDir private Path data;

  @Test
  void the_newest_version_is_the_one_with_the_highest_numbers() {
    try (var server = Served.trusting(data)) {
      server.post(DEFINITIONS, WORKFLOW);
      Answer newer = server.post(DEFINITIONS, WORKFLOW.replace("1.9.0", "1.10.0"));

      assertThat(newer.header("Location")).isEqualTo(DEFINITIONS + "/w/1.10.0");
      assertThat(server.get(DEFINITIONS + "/w").text("/version")).isEqualTo("1.10.0");
      assertThat(server.get(DEFINITIONS + "/w/1.9.0").text("/version")).isEqualTo("1.9.0");
      assertThat(server.get(DEFINITIONS + "/w/2.0.0").text("/code"))
          .isEqualTo("UNKNOWN_DEFINITION");
      assertThat(server.get(DEFINITIONS + "/nope").status()).isEqualTo(404);
      assertThat(server.get(DEFINITIONS + "/w", "X-Tenant-Id", "two").status()).isEqualTo(404);
    }
  }

  @Test
  void where_unknown_workflows_may_be_named_they_are_shown_as_runs_would_follow_them() {
    var config = new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), Optional.empty(), true);
    try (var server = Served.with(config)) {
      assertThat(server.get(DEFINITIONS + "/nope").text("/execution")).isEqualTo("external");
    }
  }

  @Test
  void pages_of_one_event_type_are_full_until_the_last() {
    try (var server = Served.trusting(data)) {
      String logs = server.task("x").header("Location") + "/logs?event_type=FC-STEP-002&limit=2";
      int total = size(server.get(logs.replace("limit=2", "limit=200")));
      assertThat(total).isGreaterThan(2);

      int seen = 0;
      String cursor = "";
      while (!cursor.equals("null")) {
        Answer page = server.get(logs + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
        seen += size(page);
        cursor = page.text("/next_cursor");
        assertThat(cursor.equals("null") || size(page) == 2).isTrue();
      }
      assertThat(seen).isEqualTo(total);
    }
  }

  private static int size(Answer page) {
    return ((JsonArray) page.value("/logs")).items().size();
  }
}
