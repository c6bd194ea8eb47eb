package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client of the published contract does, step by step.
class FcContractTest {

  private static final String NEW_RUN =
      """
      {"workflow_id":"pt004_execution_spine","workflow_version":"1.0.0","input_payload":{}}\
      """;
  private static final String ASK =
      """
      {"step_id":"step_1","gate_type":"human_approval","gate_name":"look",
       "required_approvers":["approver_1"]}\
      """;

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
  void an_approved_run_leaves_eight_entries() {
    String run = runAtGate();
    String gate = server.get("/api/fc/gates?approver_id=approver_1").text("/0/gate_id");

    assertThat(answer(gate, "approved", "outsider").status()).isEqualTo(403);
    assertThat(server.get(run).text("/run/status")).isEqualTo("paused");
    assertThat(answer(gate, "approved", "approver_1").text("/status")).isEqualTo("approved");
    assertThat(answer(gate, "approved", "approver_1").status()).isEqualTo(409);
    assertThat(server.get(run).text("/run/status")).isEqualTo("running");
    assertThat(server.patch(run, "{\"status\":\"completed\"}").text("/run/status"))
        .isEqualTo("completed");
    assertThat(codes(run))
        .containsExactly(
            "FC-RUN-001",
            "FC-RUN-002",
            "FC-GATE-001",
            "FC-RUN-002",
            "FC-GATE-002",
            "FC-RUN-002",
            "FC-RUN-002",
            "FC-RUN-003");
  }

  @Test
  void a_rejected_run_leaves_seven_entries() {
    String run = runAtGate();
    String gate = server.get("/api/fc/gates").text("/0/gate_id");

    assertThat(answer(gate, "rejected", "approver_1").text("/status")).isEqualTo("rejected");
    assertThat(server.get(run).text("/run/status")).isEqualTo("failed");
    assertThat(server.get(run).text("/run/error_details/gate_rejected")).isEqualTo("true");
    assertThat(codes(run))
        .filteredOn(code -> !code.startsWith("FC-STEP-"))
        .containsExactly(
            "FC-RUN-001",
            "FC-RUN-002",
            "FC-GATE-001",
            "FC-RUN-002",
            "FC-GATE-002",
            "FC-RUN-002",
            "FC-RUN-003");
  }

  @Test
  void errors_are_details() {
    Answer unknown = server.get("/api/fc/runs/nobody");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().members()).containsOnlyKeys("detail");
  }

  private String runAtGate() {
    Answer created = server.post("/api/fc/runs", NEW_RUN, "X-Actor-Id", "harness");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("/run/status")).isEqualTo("pending");
    String run = "/api/fc/runs/" + created.text("/run/run_id");
    assertThat(server.patch(run, "{\"status\":\"running\"}").text("/run/status"))
        .isEqualTo("running");
    assertThat(server.post(run + "/gate", ASK, "X-Actor-Id", "harness").status()).isEqualTo(201);
    assertThat(server.get(run).text("/run/status")).isEqualTo("paused");
    return run;
  }

  private Answer answer(String gate, String status, String actor) {
    return server.post(
        "/api/fc/gates/" + gate, "{\"status\":\"" + status + "\"}", "X-Actor-Id", actor);
  }

  private List<String> codes(String run) {
    Answer logs = server.get(run + "/logs");
    int entries = ((JsonArray) JsonReader.read(logs.body(), JsonLimits.DEFAULT)).items().size();
    return IntStream.range(0, entries).mapToObj(i -> logs.text("/" + i + "/event_type")).toList();
  }
}
