package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.constitution.Violation;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract between Core and Bucket, kept and broken.
class ConstitutionTest {

  private static final String CORE = "/constitutional/core/validate-";

  private static final String GOOD = "{\"query_type\":\"latest\",\"product_id\":\"core\"}";

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
  void what_happened_in_the_hour_counts_after_a_restart_and_not_once_it_is_erased() {
    Instant now = Instant.parse("2026-01-31T10:00:00Z");
    try (var served = Served.with(directory, BucketLimits.DEFAULT, () -> now)) {
      requests(served, 4);
    }
    try (var served = Served.with(directory, BucketLimits.DEFAULT, () -> now)) {
      assertThat(requests(served, 1)).isEqualTo("true");
      served.post("/erasures", "{\"subject\":\"bhiv_core\",\"reason\":\"asked\"}");
      assertThat(requests(served, 4)).isEqualTo("false");
      assertThat(requests(served, 1)).isEqualTo("true");
    }
  }

  @Test
  void past_violations_are_remembered_and_not_read_for_each_new_one() throws SQLException {
    try (var served = Served.in(directory)) {
      requests(served, 4);
      try (var connection =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bucket.db"));
          var statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE audit SET salt = NULL, content = NULL");
      }

      assertThat(requests(served, 1)).isEqualTo("true");
    }
  }

  @Test
  void a_violation_that_found_no_room_is_not_said_to_be_recorded() {
    try (var served =
        Served.with(
            directory, BucketLimits.DEFAULT.withStorage(1, Map.of()), InstantSource.system())) {
      var answer = request(served, "bhiv_core", "COPY", "{}");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text("/handled/recorded")).isEqualTo("false");
    }
  }

  @Test
  void a_long_name_is_cut_and_of_many_violations_the_first_are_told() {
    try (var served = Served.in(directory)) {
      String name = "n".repeat(100_000);
      var named =
          channel(
              served, "input", "metadata_query", GOOD.replace("}", ",\"%s\":1}".formatted(name)));
      String names =
          IntStream.range(0, 500).mapToObj(",\"n%d\":1"::formatted).collect(Collectors.joining());
      var many = channel(served, "input", "metadata_query", GOOD.replace("}", names + "}"));

      assertThat(named.status()).isEqualTo(400);
      assertThat(named.text("/violations/0/detail"))
          .hasSize(Violation.DETAIL_LENGTH_MAX)
          .endsWith("…");
      assertThat(named.body()).hasSizeLessThan(10 * Violation.DETAIL_LENGTH_MAX);
      assertThat(served.get("/audit/recent?requester_id=auditor&product_id=bucket").body())
          .hasSizeLessThan(10 * Violation.DETAIL_LENGTH_MAX);
      assertThat(many.has("/violations/99")).isTrue();
      assertThat(many.has("/violations/100")).isFalse();
    }
  }

  @Test
  void documents_must_fit_their_channel() {
    try (var served = Served.in(directory)) {
      assertThat(channel(served, "input", "metadata_query", GOOD).status()).isEqualTo(200);
      violated(served, "metadata_query", GOOD.replace("}", ",\"x\":1}"), "unauthorized_field");
      violated(served, "metadata_query", "{\"product_id\":\"core\"}", "missing_required_field");
      violated(
          served,
          "artifact_write",
          "{\"artifact_type\":\"a\",\"product_id\":\"p\",\"data\":1}",
          "invalid_data_type");
      violated(served, "side_channel", "{}", "invalid_input_channel");
      assertThat(channel(served, "output", "metadata_query", GOOD).text("/violations/0/type"))
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

  /// Breaks the contract so many times, and says whether the last time was told on.
  private static String requests(Served served, int times) {
    String last = "";
    for (int i = 0; i < times; i++) {
      var answer = request(served, "bhiv_core", "COPY", "{}");
      assertThat(answer.text("/handled/recorded")).isEqualTo("true");
      last = answer.text("/handled/escalation_required");
    }
    return last;
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
