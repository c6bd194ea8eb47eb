package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each of the ten threats, attempted. Numbers as in the integration plan.
class ThreatsTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final String CORE_READS = "/core/events?requester_id=bhiv_core&product_id=";

  @TempDir private Path directory;

  @Nested
  class T1_storage_exhaustion {

    @Test
    void writes_are_halted_before_the_storage_is_full_and_reads_go_on() {
      var limits = BucketLimits.DEFAULT.withStorage(5_000, Map.of());
      try (var served = Served.with(directory, limits, InstantSource.system())) {
        Served.Answer last = served.executed("0");
        for (int i = 1; last.status() == 200; i++) {
          last = served.executed("t" + i);
        }

        assertThat(last.status()).isEqualTo(507);
        assertThat(last.text("/finding/action")).isEqualTo("HALT_WRITES");
        assertThat(served.bucket().facts().storageBytes()).isBetween(4_000L, 5_000L);
        assertThat(served.get(CORE_READS + "workflow").status()).isEqualTo(200);
        assertThat(served.get("/health").text("/status")).isIn("degraded", "unhealthy");
      }
    }

    @Test
    void one_product_cannot_use_up_what_others_need() {
      var limits = BucketLimits.DEFAULT.withStorage(1 << 20, Map.of("gurukul", 1_500L));
      try (var served = Served.with(directory, limits, InstantSource.system())) {
        Served.Answer last = core(served, "gurukul", "");
        while (last.status() == 200) {
          last = core(served, "gurukul", "");
        }

        assertThat(last.text("/code")).isEqualTo("STORAGE_QUOTA_REACHED");
        assertThat(core(served, "ai_avatar", "").status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class T2_metadata_poisoning {

    @Test
    void nobody_overwrites_what_the_server_sets() {
      try (var served = Served.with(directory, BucketLimits.DEFAULT, InstantSource.fixed(NOW))) {
        core(
            served,
            "core",
            """
            ,"requester_id":"admin","timestamp":"1999-01-01T00:00:00Z","seq":99,"event_hash":"x",\
            "prev":"y","requester_identity":"authenticated","suspicions":[]\
            """);

        var page = served.get(CORE_READS + "core");
        assertThat(page.text("/events/0/requester_id")).isEqualTo("bhiv_core");
        assertThat(page.text("/events/0/timestamp")).isEqualTo("2026-01-31T10:00:00.000000Z");
        assertThat(page.text("/events/0/seq")).isEqualTo("0");
        assertThat(page.text("/events/0/requester_identity")).isEqualTo("stated");
        assertThat(page.text("/events/0/claimed/requester_id")).isEqualTo("admin");
        assertThat(page.text("/events/0/suspicions"))
            .isEqualTo("[\"backdated_timestamp\",\"server_field_claimed\"]");
      }
    }

    @Test
    void an_oversized_metadata_field_is_refused() {
      try (var served = Served.in(directory)) {
        String large = "x".repeat(16 * 1024 + 1);

        var own = core(served, "core", ",\"note\":\"" + large + "\"");
        var inside = core(served, "core", ",\"metadata\":{\"note\":[\"" + large + "\"]}");

        assertThat(own.status()).isEqualTo(413);
        assertThat(inside.text("/threat")).isEqualTo("T2_METADATA_POISONING");
        assertThat(served.bucket().facts().events()).isZero();
      }
    }

    @Test
    void an_interpreters_text_is_kept_as_text_and_marked() {
      try (var served = Served.in(directory)) {
        core(served, "core", ",\"note\":\"'; DROP TABLE event; --\"");

        var page = served.get(CORE_READS + "core");
        assertThat(page.text("/events/0/note")).isEqualTo("'; DROP TABLE event; --");
        assertThat(page.text("/events/0/suspicions")).contains("injection_text");
      }
    }
  }

  @Nested
  class T3_silent_schema_evolution {

    @Test
    void unknown_types_and_retyped_members_are_refused() {
      try (var served = Served.in(directory)) {
        String unknown = event("core", "").replace("task_error", "task_error_v2");

        assertThat(served.post("/core/write-event", unknown).status()).isEqualTo(400);
        assertThat(core(served, "core", ",\"error\":[1]").status()).isEqualTo(400);
      }
    }

    @Test
    void a_member_that_speaks_of_the_schema_is_marked() {
      try (var served = Served.in(directory)) {
        core(served, "core", ",\"_schema\":2");

        assertThat(served.get(CORE_READS + "core").text("/events/0/suspicions"))
            .contains("schema_field");
      }
    }
  }

  @Test
  void T4_writers_that_collide_neither_lose_nor_mix_anything() throws Exception {
    try (var served = Served.in(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers =
          IntStream.range(0, 100)
              .<Callable<Served.Answer>>mapToObj(i -> () -> served.executed("t" + i))
              .toList();

      var answers = threads.invokeAll(writers).stream().map(done -> done.resultNow()).toList();

      assertThat(answers.stream().map(answer -> answer.text("/seq")).distinct()).hasSize(100);
      assertThat(served.bucket().verify().getFirst().entries()).isEqualTo(100);
      assertThat(served.bucket().verify().getFirst().isSound()).isTrue();
    }
  }

  @Test
  void T5_the_workflow_executor_gets_no_authority_and_the_attempt_is_kept() {
    try (var served = Served.in(directory)) {
      var answer =
          served.post(
              "/governance/gate/validate-integration", GateTest.integration("workflow_executor"));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text("/threat")).isEqualTo("T5_EXECUTOR_OVERRIDE");
      assertThat(answer.text("/escalation_required")).isEqualTo("true");
      var audit = served.get("/audit/failed?requester_id=auditor&product_id=bucket");
      assertThat(audit.text("/entries/0/requester_id")).isEqualTo("workflow_executor");
      assertThat(audit.text("/entries/0/status")).isEqualTo("blocked");
    }
  }

  @Test
  void T6_an_ai_actor_that_keeps_asking_for_more_is_cooled_off() {
    var time = new AtomicReference<>(NOW);
    try (var served = Served.with(directory, BucketLimits.DEFAULT, time::get)) {
      String read = "/core/events?requester_id=ai_helper&product_id=core";
      for (int i = 0; i < 3; i++) {
        assertThat(served.get(read).text("/threat")).isEqualTo("T6_AI_ESCALATION");
      }

      assertThat(served.get(read).text("/code")).isEqualTo("COOLING_OFF");
      assertThat(served.post("/audit/log", AuditTest.entry("ai_helper", "CREATE")).status())
          .isEqualTo(429);
      time.set(NOW.plusSeconds(3_601));
      assertThat(served.post("/audit/log", AuditTest.entry("ai_helper", "CREATE")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void T7_nobody_deletes_whoever_claims_to_own() {
    try (var served = Served.in(directory)) {
      served.executed("t");

      assertThat(served.send("DELETE", "/core/events", "").status()).isEqualTo(405);
      var gate =
          served.post(
              "/governance/gate/validate-operation",
              GateTest.operation("admin", "DELETE", "metadata", 1));
      assertThat(gate.text("/code")).isEqualTo("OPERATION_REJECTED");
      var scan = scan(served, "\"operation\":\"DELETE\",\"actor\":\"admin\",\"legal_hold\":true");
      assertThat(scan.text("/findings/0/threat_id")).isEqualTo("T7_OWNERSHIP_CHALLENGE");
      assertThat(scan.text("/findings/0/document_number")).isEqualTo("T9");
      assertThat(served.bucket().facts().events()).isEqualTo(1);
    }
  }

  @Test
  void T8_an_audit_trail_is_neither_changed_nor_said_to_be() {
    try (var served = Served.in(directory)) {
      String tampering =
          AuditTest.entry("bhiv_core", "UPDATE").replace("artifact-1", "audit_entry-1");

      var answer = served.post("/audit/log", tampering);

      assertThat(answer.text("/threat")).isEqualTo("T8_AUDIT_TAMPERING");
      for (String method : List.of("PUT", "PATCH", "DELETE")) {
        assertThat(served.send(method, "/audit/recent", "").status()).isEqualTo(405);
      }
      assertThat(
              served
                  .post(
                      "/governance/threats/check-audit-tampering?operation_type=DELETE"
                          + "&target_type=audit_log&actor=admin",
                      "")
                  .text("/severity"))
          .isEqualTo("MAXIMUM");
    }
  }

  @Test
  void T9_no_product_sees_what_is_anothers() {
    try (var served = Served.in(directory)) {
      core(served, "gurukul", ",\"error\":\"secret of gurukul\"");
      core(served, "ai_avatar", ",\"error\":\"secret of avatar\"");

      var own = served.get("/core/events?requester_id=product_gurukul&product_id=gurukul");
      var other = served.get("/core/events?requester_id=product_gurukul&product_id=ai_avatar");
      var spelled = served.get("/core/events?requester_id=product_gurukul&product_id=AI_Avatar");

      assertThat(own.body()).contains("secret of gurukul").doesNotContain("secret of avatar");
      assertThat(own.text("/count")).isEqualTo("1");
      assertThat(other.text("/code")).isEqualTo("CROSS_PRODUCT_ACCESS");
      assertThat(other.text("/threat")).isEqualTo("T9_CROSS_PRODUCT_LEAK");
      assertThat(other.text("/finding/document_number")).isEqualTo("T7");
      assertThat(spelled.status()).isEqualTo(403);
      assertThat(served.get(CORE_READS + "ai_avatar").body()).doesNotContain("gurukul");
      assertThat(core(served, "gurukul", ",\"product\":\"ai_avatar\"").status()).isEqualTo(400);
      assertThat(core(served, "bucket", "").status()).isEqualTo(400);
    }
  }

  @Test
  void T10_what_is_only_said_is_not_shown_as_proved() {
    try (var served = Served.in(directory)) {
      core(served, "core", ",\"verified\":true,\"event_hash\":\"0000\"");

      var page = served.get(CORE_READS + "core");
      assertThat(page.text("/events/0/suspicions")).contains("unproven_claim");
      assertThat(page.text("/events/0/event_hash")).hasSize(64);
      assertThat(page.text("/events/0/claimed/event_hash")).isEqualTo("0000");
      assertThat(page.text("/provenance/note")).contains("not verified");
    }
  }

  @Test
  void the_checks_answer_403_with_the_threat_and_200_without() {
    try (var served = Served.in(directory)) {
      String path = "/governance/threats/check-";
      for (String found :
          List.of(
              "storage-exhaustion?used_gb=950&total_gb=1000",
              "executor-override?actor=workflow_executor&requested_action=APPROVE_INTEGRATION",
              "ai-escalation?actor=ai_x&requested_operation=READ",
              "audit-tampering?operation_type=UPDATE&target_type=audit&actor=x",
              "cross-product-leak?product_id=a&requested_product_data=b",
              "cross-product-leak?product_id=GURUKUL&requested_product_data=gurukul"
                  + "&artifact_type=MediaArtifact")) {
        assertThat(served.post(path + found, "").status()).as(found).isEqualTo(403);
      }
      for (String clean :
          List.of(
              "storage-exhaustion?used_gb=1&total_gb=1000",
              "executor-override?actor=workflow_executor&requested_action=CREATE",
              "ai-escalation?actor=ai_x&requested_operation=WRITE",
              "audit-tampering?operation_type=CREATE&target_type=audit&actor=x",
              "cross-product-leak?product_id=a&requested_product_data=a")) {
        assertThat(served.post(path + clean, "").status()).as(clean).isEqualTo(200);
      }
      assertThat(served.post(path + "storage-exhaustion?used_gb=x&total_gb=1", "").status())
          .isEqualTo(400);
    }
  }

  @Test
  void the_model_is_there_to_be_read() {
    try (var served = Served.in(directory)) {
      assertThat(served.get("/governance/threats").text("/count")).isEqualTo("10");
      assertThat(served.get("/governance/threats/t9").text("/document_number")).isEqualTo("T7");
      assertThat(served.get("/governance/threats/T11").status()).isEqualTo(404);
      assertThat(
              served.get("/governance/threats/pattern/audit_change").text("/threats/0/threat_id"))
          .isEqualTo("T8_AUDIT_TAMPERING");
      assertThat(served.get("/governance/threats/escalation-matrix").text("/matrix/0/action"))
          .isEqualTo("HALT_WRITES");
      assertThat(scan(served, "\"expected_version\":1,\"actual_version\":2").text("/count"))
          .isEqualTo("1");
    }
  }

  private static Served.Answer scan(Served served, String context) {
    return served.post(
        "/governance/threats/scan-with-context",
        "{\"data\":{},\"context\":{%s}}".formatted(context));
  }

  private static Served.Answer core(Served served, String product, String more) {
    return served.post("/core/write-event", event(product, more));
  }

  private static String event(String product, String more) {
    return """
    {"requester_id":"bhiv_core","product_id":"%s","event_data":{"event_type":"task_error"%s}}\
    """
        .formatted(product, more);
  }
}
