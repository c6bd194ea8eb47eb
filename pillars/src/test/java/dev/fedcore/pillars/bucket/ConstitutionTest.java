package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract between Core and Bucket, kept and broken.
class ConstitutionTest {

  private static final String CORE = "/constitutional/core/validate-";

  @TempDir private Path directory;

  @Test
  void core_may_do_what_the_contract_names() {
    try (var served = Served.in(directory)) {
      assertThat(request(served, "bhiv_core", "WRITE", "{}").text("/compliant")).isEqualTo("true");
      assertThat(served.get("/constitutional/core/capabilities").text("/capabilities"))
          .contains("append_audit");
      assertThat(served.get("/constitutional/status").text("/rules")).isEqualTo("10");
    }
  }

  @Test
  void each_trigger_is_a_violation_of_its_kind() {
    try (var served = Served.in(directory)) {
      var kinds =
          Map.of(
              "{\"_schema_x\":1}", "schema_mutation",
              "{\"a\":[{\"add_field\":1}]}", "schema_mutation",
              "{\"skip_audit\":true}", "audit_hiding",
              "{\"emergency_override\":true}", "governance_bypass",
              "{\"raw_query\":\"x\"}", "unauthorized_access",
              "{\"product_id\":\"other\"}", "unauthorized_access");

      kinds.forEach((data, kind) -> {
        var answer = request(served, "bhiv_core", "WRITE", data);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/violations/0/type")).as(data).isEqualTo(kind);
      });
    }
  }

  @Test
  void a_deletion_is_a_violation_that_is_written_down() {
    try (var served = Served.in(directory)) {
      var answer = request(served, "bhiv_core", "DELETE", "{}");

      assertThat(answer.text("/violations/0/type")).isEqualTo("deletion_attempt");
      assertThat(answer.text("/handled/violation_id")).matches("VIO_\\d+_[0-9a-f]{8}");
      assertThat(answer.text("/handled/response")).isEqualTo("halt");
      var report = served.get("/constitutional/violations/report?requester_id=auditor");
      assertThat(report.text("/violations/0/violation_id"))
          .isEqualTo(answer.text("/handled/violation_id"));
      assertThat(
              served
                  .get("/constitutional/violations/summary?requester_id=auditor")
                  .text("/by_severity/critical"))
          .isEqualTo("1");
    }
  }

  @Test
  void what_happens_too_often_in_an_hour_is_escalated_and_not_after_it() {
    var time = new AtomicReference<>(Instant.parse("2026-01-31T10:00:00Z"));
    try (var served = Served.with(directory, BucketLimits.DEFAULT, time::get)) {
      String last = "";
      for (int i = 0; i < 5; i++) {
        assertThat(last).isNotEqualTo("true");
        last = request(served, "bhiv_core", "COPY", "{}").text("/handled/escalation_required");
        time.set(time.get().plusSeconds(1));
      }
      assertThat(last).isEqualTo("true");

      time.set(time.get().plusSeconds(3_601));
      assertThat(request(served, "bhiv_core", "COPY", "{}").text("/handled/escalation_required"))
          .isEqualTo("false");
    }
  }

  @Test
  void documents_must_fit_their_channel() {
    try (var served = Served.in(directory)) {
      String good = "{\"query_type\":\"latest\",\"product_id\":\"core\"}";

      assertThat(channel(served, "input", "metadata_query", good).status()).isEqualTo(200);
      violated(served, "metadata_query", good.replace("}", ",\"x\":1}"), "unauthorized_field");
      violated(served, "metadata_query", "{\"product_id\":\"core\"}", "missing_required_field");
      violated(
          served,
          "artifact_write",
          "{\"artifact_type\":\"a\",\"product_id\":\"p\",\"data\":1}",
          "invalid_data_type");
      violated(served, "side_channel", "{}", "invalid_input_channel");
      assertThat(channel(served, "output", "metadata_query", good).text("/violations/0/type"))
          .isEqualTo("invalid_output_channel");
    }
  }

  @Test
  void violations_are_handled_by_those_who_govern() {
    try (var served = Served.in(directory)) {
      String body =
          "{\"requester_id\":\"%s\",\"violation_type\":\"schema_mutation\",\"detail\":\"seen\"}";
      String path = "/constitutional/violations/handle";

      assertThat(served.post(path, body.formatted("admin")).text("/escalation/to"))
          .isEqualTo("ceo");
      assertThat(served.post(path, body.formatted("workflow_executor")).status()).isEqualTo(403);
    }
  }

  private static Served.Answer request(
      Served served, String requester, String operation, String data) {
    return served.post(
        CORE + "request",
        "{\"requester_id\":\"%s\",\"operation\":\"%s\",\"product_id\":\"core\",\"data\":%s}"
            .formatted(requester, operation, data));
  }

  private static Served.Answer channel(
      Served served, String direction, String channel, String data) {
    return served.post(
        CORE + direction,
        "{\"requester_id\":\"bhiv_core\",\"channel\":\"%s\",\"data\":%s}".formatted(channel, data));
  }

  private static void violated(Served served, String channel, String data, String type) {
    var answer = channel(served, "input", channel, data);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/violations/0/type")).isEqualTo(type);
  }
}
