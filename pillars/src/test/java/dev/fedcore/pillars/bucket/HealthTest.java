package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What everybody may ask, and what it costs.
class HealthTest {

  private static final String AGENTS = "/core_integration/agents_tracked";

  @TempDir private Path directory;

  private static String agents(Served served) {
    return served.get("/health").text(AGENTS);
  }

  private static void told(Served served, String agent) {
    var answer =
        served.post(
            "/core/write-event",
            "{\"requester_id\":\"bhiv_core\",\"event_data\":"
                + "{\"event_type\":\"agent_result\",\"agent_id\":\"%s\"}}".formatted(agent));
    assertThat(answer.status()).isEqualTo(200);
  }

  private static void erase(Served served, String agent) {
    var answer =
        served.post("/erasures", "{\"subject\":\"%s\",\"reason\":\"asked\"}".formatted(agent));
    assertThat(answer.text("/values_erased")).isEqualTo("2");
  }

  private static void packet(Served served) {
    var answer =
        served.post(
            "/bucket/prana/ingest",
            """
            {"requester_id":"prana_core","user_id":"asha","session_id":"s-1","system_type":"ems",\
            "role":"employee","timestamp":"2026-01-31T10:00:00Z","cognitive_state":"ON_TASK",\
            "active_seconds":5,"idle_seconds":0,"away_seconds":0,"focus_score":88}\
            """);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void agents_are_counted_once_without_users_and_without_those_that_were_erased() {
    try (var served = Served.in(directory)) {
      assertThat(agents(served)).isEqualTo("0");
      told(served, "zoe@example.org");
      told(served, "zoe@example.org");
      told(served, "adam@example.org");
      packet(served);
      assertThat(agents(served)).isEqualTo("2");

      erase(served, "zoe@example.org");
      assertThat(agents(served)).isEqualTo("1");
      told(served, "zoe@example.org");
      assertThat(agents(served)).isEqualTo("2");
    }
    try (var served = Served.in(directory)) {
      assertThat(agents(served)).isEqualTo("2");
      told(served, "eve@example.org");
      assertThat(agents(served)).isEqualTo("3");
    }
  }

  @Test
  void who_is_approved_is_read_again_only_once_it_may_have_changed() throws SQLException {
    String approved = "/governance/approved_integrations";
    try (var served = Served.in(directory)) {
      assertThat(served.get("/health").text(approved)).isEqualTo("[]");
      decided(served, GateTest.integration("admin_zoe"));
      assertThat(served.get("/health").text(approved)).isEqualTo("[\"chat\"]");

      execute("UPDATE audit SET salt = NULL, content = NULL");
      assertThat(served.get("/health").text(approved)).isEqualTo("[\"chat\"]");

      decided(served, GateTest.integration("admin_zoe").replace("chat", "mail"));
      assertThat(served.get("/health").text(approved)).isEqualTo("[\"mail\"]");
      served.post("/erasures", "{\"subject\":\"admin_zoe\",\"reason\":\"asked\"}");
      assertThat(served.get("/health").text(approved)).isEqualTo("[]");
    }
  }

  private static void decided(Served served, String integration) {
    var answer = served.post("/governance/gate/validate-integration", integration);
    assertThat(answer.text("/decision")).isEqualTo("approved");
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bucket.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void nobody_who_asks_makes_the_store_count() throws SQLException {
    try (var served = Served.in(directory)) {
      told(served, "adam");
      assertThat(agents(served)).isEqualTo("1");

      execute("INSERT INTO agent VALUES ('core', 'unseen', 1, '')");

      assertThat(agents(served)).isEqualTo("1");
    }
  }
}
