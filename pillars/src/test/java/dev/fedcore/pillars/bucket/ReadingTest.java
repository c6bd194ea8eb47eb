package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may read, and that a read sees one product only.
class ReadingTest {

  @TempDir private Path directory;

  @Test
  void the_workflow_executor_reads_nothing() {
    try (var served = Served.in(directory)) {
      served.executed("t");
      String who = "requester_id=workflow_executor&product_id=workflow";
      for (String path :
          List.of(
              "/core/events?" + who,
              "/core/events/verify?" + who,
              "/core/stats?" + who,
              "/core/read-context?agent_id=a&" + who,
              "/audit/recent?" + who,
              "/audit/failed?" + who,
              "/audit/user/bhiv_core?" + who,
              "/audit/artifact/x?" + who,
              "/constitutional/violations/report?" + who)) {
        var answer = served.get(path);
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.text("/threat")).isEqualTo("T5_EXECUTOR_OVERRIDE");
      }
    }
  }

  @Test
  void a_read_without_a_product_or_a_requester_is_refused() {
    try (var served = Served.in(directory)) {
      assertThat(served.get("/core/events?requester_id=bhiv_core").text("/detail"))
          .contains("product_id");
      assertThat(served.get("/core/events?product_id=core").status()).isEqualTo(400);
      assertThat(served.get("/audit/recent?requester_id=bhiv_core").status()).isEqualTo(400);
    }
  }

  @Test
  void a_page_shows_the_newest_events_oldest_first_and_leads_to_older_ones() {
    try (var served = Served.in(directory)) {
      for (int i = 0; i < 5; i++) {
        served.executed("t" + i);
      }
      String path = "/core/events?requester_id=bhiv_core&product_id=workflow&limit=2";

      var newest = served.get(path);
      var older = served.get(path + "&cursor=" + newest.text("/next_cursor"));

      assertThat(newest.text("/count")).isEqualTo("5");
      assertThat(newest.text("/showing")).isEqualTo("2");
      assertThat(newest.text("/events/0/trace_id")).isEqualTo("t3");
      assertThat(newest.text("/events/1/trace_id")).isEqualTo("t4");
      assertThat(older.text("/events/1/trace_id")).isEqualTo("t2");
      assertThat(served.get(path.replace("limit=2", "limit=1001")).status()).isEqualTo(400);
    }
  }

  @Test
  void the_context_of_an_agent_is_for_core_only() {
    try (var served = Served.in(directory)) {
      for (String type : List.of("agent_execution", "agent_result", "rl_outcome")) {
        served.post(
            "/core/write-event",
            "{\"requester_id\":\"bhiv_core\",\"event_data\":"
                + "{\"event_type\":\"%s\",\"agent_id\":\"a\"}}".formatted(type));
      }
      String path = "/core/read-context?agent_id=a&product_id=core&requester_id=";

      var context = served.get(path + "bhiv_core");

      assertThat(context.text("/context/event_count")).isEqualTo("3");
      assertThat(context.text("/context/recent_event_types"))
          .isEqualTo("[\"agent_execution\",\"agent_result\",\"rl_outcome\"]");
      assertThat(served.get(path + "auditor_ann").status()).isEqualTo(403);
      assertThat(
              served.get(path.replace("agent_id=a", "agent_id=b") + "bhiv_core").text("/context"))
          .isEqualTo("null");
      assertThat(served.get("/core/stats?requester_id=prana").text("/stats/tracked_agents"))
          .isEqualTo("1");
    }
  }

  @Test
  void what_was_written_is_there_after_a_restart() {
    String head;
    try (var served = Served.in(directory)) {
      served.executed("t");
      head = served.get("/core/events/verify?requester_id=auditor").text("/events/head");
    }
    try (var served = Served.in(directory)) {
      served.executed("u");
      var verified = served.get("/core/events/verify?requester_id=auditor");

      assertThat(verified.text("/sound")).isEqualTo("true");
      assertThat(verified.text("/events/entries")).isEqualTo("2");
      assertThat(
              served
                  .get("/core/events?requester_id=bhiv_core&product_id=workflow")
                  .text("/events/1/prev"))
          .isEqualTo(head);
    }
  }

  @Test
  void health_has_the_shape_that_clients_know() {
    try (var served = Served.in(directory)) {
      served.executed("t");
      var health = served.get("/health");

      assertThat(health.status()).isEqualTo(200);
      assertThat(health.text("/status")).isEqualTo("healthy");
      assertThat(health.text("/core_integration/events_received")).isEqualTo("1");
      assertThat(health.text("/governance/gate_active")).isEqualTo("true");
      assertThat(health.has("/services/event_store")).isTrue();
    }
  }
}
