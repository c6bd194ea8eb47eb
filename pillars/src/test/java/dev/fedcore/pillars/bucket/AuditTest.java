package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit trail, as those see it who append to it and those who read it.
class AuditTest {

  private static final String AUDITOR = "requester_id=auditor_ann&product_id=gurukul";

  @TempDir private Path directory;

  @Test
  void an_entry_is_found_by_artifact_by_requester_and_by_operation() {
    try (var served = Served.in(directory)) {
      assertThat(served.post("/audit/log", entry("bhiv_core", "CREATE")).status()).isEqualTo(200);
      assertThat(served.post("/audit/log", entry("ai_helper", "APPEND")).status()).isEqualTo(200);

      var found = served.get("/audit/artifact/artifact-1?" + AUDITOR);
      assertThat(found.text("/showing")).isEqualTo("2");
      assertThat(found.text("/entries/0/immutable")).isEqualTo("true");
      assertThat(found.text("/entries/0/audit_version")).isEqualTo("1.0");
      assertThat(found.text("/entries/0/data_after/size")).isEqualTo("1");
      assertThat(found.text("/entries/1/prev")).isEqualTo(found.text("/entries/0/entry_hash"));
      assertThat(served.get("/audit/user/ai_helper?" + AUDITOR).text("/showing")).isEqualTo("1");
      assertThat(served.get("/audit/recent?operation_type=CREATE&" + AUDITOR).text("/showing"))
          .isEqualTo("1");
      assertThat(served.get("/audit/failed?" + AUDITOR).text("/showing")).isEqualTo("0");
    }
  }

  @Test
  void an_artifact_is_immutable_while_its_history_has_no_change() {
    try (var served = Served.in(directory)) {
      String path = "/audit/validate-immutability/artifact-1?" + AUDITOR;

      assertThat(served.post(path, "").text("/immutable")).isEqualTo("false");
      served.post("/audit/log", entry("bhiv_core", "CREATE"));
      assertThat(served.post(path, "").text("/immutable")).isEqualTo("true");
      served.post("/audit/log", entry("bhiv_core", "DELETE").replace("success", "blocked"));
      assertThat(served.post(path, "").text("/immutable")).isEqualTo("true");
      served.post("/audit/log", entry("bhiv_core", "UPDATE"));
      assertThat(served.post(path, "").text("/violations")).contains("1 updates");
    }
  }

  @Test
  void who_may_not_append_is_refused_and_the_refusal_is_an_entry() {
    try (var served = Served.in(directory)) {
      assertThat(served.post("/audit/log", entry("auditor_ann", "CREATE")).status()).isEqualTo(403);

      var kept = served.get("/audit/recent?requester_id=auditor&product_id=bucket");
      assertThat(kept.text("/entries/0/operation_type")).isEqualTo("ACCESS_REFUSED");
      assertThat(kept.text("/entries/0/artifact_id")).isEqualTo("/audit/log");
    }
  }

  @Test
  void an_entry_is_bounded_and_strict() {
    try (var served = Served.in(directory)) {
      String large = "x".repeat(100 * 1024);

      assertThat(
              served
                  .post(
                      "/audit/log",
                      entry("bhiv_core", "CREATE").replace("\"size\":1", "\"s\":\"" + large + "\""))
                  .status())
          .isEqualTo(400);
      assertThat(
              served
                  .post("/audit/log", entry("bhiv_core", "CREATE").replace("success", "fine"))
                  .text("/errors/0/pointer"))
          .isEqualTo("/status");
      assertThat(served.bucket().facts().auditEntries()).isZero();
    }
  }

  @Test
  void a_flood_of_refusals_is_counted_and_not_all_of_it_kept() {
    var stopped = InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z"));
    try (var served = Served.with(directory, BucketLimits.DEFAULT, stopped)) {
      for (int i = 0; i < 60; i++) {
        served.get("/core/events?requester_id=stranger&product_id=core");
      }

      assertThat(served.bucket().facts().refused()).containsEntry("UNKNOWN_REQUESTER", 60L);
      assertThat(served.bucket().facts().auditEntries()).isEqualTo(10);
    }
  }

  static String entry(String requester, String operation) {
    return """
    {"requester_id":"%s","product_id":"gurukul","operation_type":"%s",\
    "artifact_id":"artifact-1","status":"success","data_after":{"size":1}}\
    """
        .formatted(requester, operation);
  }
}
