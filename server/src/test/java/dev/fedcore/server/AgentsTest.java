package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents register, are found, beat and leave; runs see them.
class AgentsTest {

  private static final String ANN =
      "{\"agent_id\":\"ann\",\"capabilities\":[\"task.create\"],\"tags\":[\"fast\"]}";
  private static final String BEN = "{\"agent_id\":\"ben\",\"capabilities\":[\"task.*\"]}";

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
  void a_fresh_server_has_no_agents() {
    Answer found = server.get("/agents/discover");
    Answer status = server.get("/servers/status");

    assertThat(found.text("/agents")).isEqualTo("[]");
    assertThat(found.text("/total")).isEqualTo("0");
    assertThat(status.text("/total_servers")).isEqualTo("0");
    assertThat(status.text("/servers")).isEqualTo("[]");
  }

  @Test
  void registering_twice_is_a_heartbeat_and_in_other_words_a_change() {
    Answer first = server.post("/agents", ANN);
    Answer same = server.post("/agents", ANN);
    Answer changed = server.post("/agents", ANN.replace("fast", "slow"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("/registration")).isEqualTo("registered");
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.text("/registration")).isEqualTo("same");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("/registration")).isEqualTo("changed");
    assertThat(server.get("/agents/discover").text("/agents/0/tags")).isEqualTo("[\"slow\"]");
  }

  @Test
  void the_most_suitable_is_found_first() {
    server.post("/agents", ANN);
    server.post("/agents", BEN);

    Answer found = server.get("/agents/discover?capability=task.create");
    assertThat(found.text("/total")).isEqualTo("2");
    assertThat(found.text("/agents/0/agent_id")).isEqualTo("ann");
    assertThat(found.text("/agents/1/capability")).isEqualTo("task.*");
    Answer other = server.get("/agents/discover?capability=task.create&exclude_agents=ann,cem");
    assertThat(other.text("/agents/0/agent_id")).isEqualTo("ben");
    assertThat(other.text("/total")).isEqualTo("1");
    assertThat(server.get("/agents/discover?capability=mail.send").text("/total")).isEqualTo("0");
    Answer best = server.get("/agents/discover?max_results=1");
    assertThat(best.text("/total")).isEqualTo("2");
    assertThat(best.text("/agents")).contains("ann").doesNotContain("ben");
    assertThat(server.get("/agents/discover?max_results=0").status()).isEqualTo(400);
  }

  @Test
  void a_heartbeat_tells_how_an_agent_is() {
    server.post("/agents", ANN);
    Answer beat =
        server.post(
            "/agents/ann/heartbeat", "{\"status\":\"degraded\",\"load\":50,\"latency_ms\":12}");

    assertThat(beat.status()).isEqualTo(200);
    assertThat(beat.text("/status")).isEqualTo("degraded");
    Answer found = server.get("/agents/discover?include_performance=true");
    assertThat(found.text("/agents/0/status")).isEqualTo("degraded");
    assertThat(found.text("/agents/0/confidence_score")).isEqualTo("0.5");
    assertThat(found.text("/agents/0/performance_metrics/load")).isEqualTo("50");
    assertThat(found.text("/agents/0/performance_metrics/latency_ms")).isEqualTo("12");
    Answer status = server.get("/servers/status");
    assertThat(status.text("/active_servers")).isEqualTo("1");
    assertThat(status.text("/servers/0/status")).isEqualTo("degraded");
    assertThat(server.post("/agents/ann/heartbeat", "{\"load\":101}").status()).isEqualTo(400);
    assertThat(server.post("/agents/cem/heartbeat", "{}").text("/code")).isEqualTo("UNKNOWN_AGENT");
  }

  @Test
  void who_has_left_is_not_found_any_more() {
    server.post("/agents", ANN);

    assertThat(server.send("DELETE", "/agents/ann", new byte[0]).status()).isEqualTo(204);
    assertThat(server.send("DELETE", "/agents/ann", new byte[0]).status()).isEqualTo(404);
    assertThat(server.get("/agents/discover").text("/total")).isEqualTo("0");
    Answer audit = server.get("/audit");
    assertThat(audit.text("/entries/0/event_type")).isEqualTo("FC-AGENT-001");
    assertThat(audit.text("/entries/1/event_type")).isEqualTo("FC-AGENT-002");
  }

  @Test
  void a_malformed_registration_is_pointed_at() {
    Answer answer = server.post("/agents", "{\"agent_id\":\"a b\",\"capabilities\":[]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/errors/0/pointer")).isEqualTo("/agent_id");
  }

  @Test
  void another_tenants_agents_are_not_seen() {
    server.post("/agents", ANN, "X-Tenant-Id", "one");

    assertThat(server.get("/agents/discover", "X-Tenant-Id", "two").text("/total")).isEqualTo("0");
    assertThat(server.send("DELETE", "/agents/ann", new byte[0], "X-Tenant-Id", "two").status())
        .isEqualTo(404);
    assertThat(server.get("/servers/status", "X-Tenant-Id", "one").text("/total_servers"))
        .isEqualTo("1");
  }

  @Test
  void registrations_survive_a_restart() {
    server.post("/agents", ANN);
    server.close();
    server = Served.trusting(data);

    assertThat(server.get("/servers/status").text("/servers/0/id")).isEqualTo("ann");
  }

  @Test
  void a_run_observes_the_agents_that_can_do_it() {
    server.post("/agents", ANN);
    server.post("/agents", "{\"agent_id\":\"cem\",\"capabilities\":[\"mail.send\"]}");
    Answer run = server.task("x");

    assertThat(run.text("/status")).isEqualTo("COMPLETED");
    assertThat(run.text("/steps/0/output/total")).isEqualTo("1");
    assertThat(run.text("/steps/0/output/agents/0/agent_id")).isEqualTo("ann");
  }
}
