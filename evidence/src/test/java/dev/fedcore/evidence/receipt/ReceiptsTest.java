package dev.fedcore.evidence.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.testing.ForAll;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The expected texts are written by hand from the agreed formats, and protect every receipt that
/// was ever handed out: a changed byte here makes them unverifiable. Add a new `_type` instead.
class ReceiptsTest {

  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);
  private static final String TIME = "2026-01-01T09:30:00.000000Z";

  private static final JsonObject ALLOW = JsonObject.builder().put("decision", "allow").build();
  private static final StepContent CONTENT =
      new StepContent(
          "s1", "ACT", 1, "COMPLETED", Optional.of(A), Optional.empty(), ALLOW, Optional.of(C));
  private static final String CONTENT_TEXT =
      "{\"action_hash\":\""
          + C
          + "\",\"attempt\":1,\"decision\":{\"decision\":\"allow\"},"
          + "\"input_hash\":\""
          + A
          + "\",\"output_hash\":null,\"status\":\"COMPLETED\","
          + "\"step_id\":\"s1\",\"type\":\"ACT\"}";

  private static final AuditEntry ENTRY =
      new AuditEntry(
          "run-1",
          "t1",
          3,
          "FC-STEP-001",
          "step.started.v1",
          Optional.of("s1"),
          Optional.empty(),
          Optional.of("RUNNING"),
          "ann",
          Optional.of("allow"),
          Optional.empty(),
          "starts é",
          ALLOW,
          TIME,
          A);
  private static final StepReceipt STEP =
      new StepReceipt(
          "run-1", 1, CONTENT, "ann", Optional.of("msg-7"), Optional.of(B), Optional.of(B));
  private static final GateReceipt GATE =
      new GateReceipt(
          "run-1",
          0,
          "g1",
          "s1",
          C,
          "APPROVED",
          2,
          ALLOW,
          "ann",
          List.of(JsonObject.builder().put("by", "ben").build()),
          Optional.empty(),
          Optional.empty());
  private static final WorkflowReceipt WORKFLOW =
      new WorkflowReceipt(
          "run-1",
          "w",
          "1.0",
          A,
          B,
          "COMPLETED",
          "managed",
          List.of(A),
          List.of(B, C),
          C,
          List.of(B),
          List.of("s9"),
          A,
          4);

  @Test
  void a_genesis_is() {
    assertThat(new Genesis("run-1", "t1", "w", "1.0", A, B).bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/genesis/v1\",\"definition_hash\":\""
                + A
                + "\",\"input_hash\":\""
                + B
                + "\",\"run_id\":\"run-1\",\"tenant_id\":\"t1\","
                + "\"workflow_id\":\"w\",\"workflow_version\":\"1.0\"}");
    assertThat(Genesis.ofStream("refusals-t1", "t1").bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/stream-genesis/v1\",\"stream\":\"refusals-t1\","
                + "\"tenant_id\":\"t1\"}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Genesis("run-1", "t1", "w", "1.0", "sha256:" + A, B));
  }

  @Test
  void an_audit_entry_is() {
    assertThat(ENTRY.bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/entry/v1\",\"actor_id\":\"ann\","
                + "\"decision\":\"allow\",\"details\":{\"decision\":\"allow\"},"
                + "\"event\":\"step.started.v1\",\"event_type\":\"FC-STEP-001\","
                + "\"evidence_pack_ref\":null,\"log_id\":\"run-1:3\",\"message\":\"starts é\","
                + "\"new_status\":\"RUNNING\",\"prev\":\""
                + A
                + "\",\"previous_status\":null,"
                + "\"run_id\":\"run-1\",\"seq\":3,\"step_id\":\"s1\",\"tenant_id\":\"t1\","
                + "\"timestamp\":\""
                + TIME
                + "\"}");
    assertThat(ENTRY.hash()).isEqualTo(Sha256.hex(ENTRY.bytes()));
  }

  @Test
  void a_step_receipt_is() {
    assertThat(CONTENT.bytes()).asString().isEqualTo(CONTENT_TEXT);
    assertThat(STEP.bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/step-receipt/v1\",\"actor_id\":\"ann\","
                + "\"effect_ref\":\"msg-7\",\"gate_receipt\":\""
                + B
                + "\",\"index\":1,"
                + "\"prev\":\""
                + B
                + "\",\"run_id\":\"run-1\",\"step\":"
                + CONTENT_TEXT
                + ",\"step_hash\":\""
                + Sha256.hex(CONTENT_TEXT.getBytes(StandardCharsets.UTF_8))
                + "\"}");
  }

  @Test
  void a_gate_receipt_is() {
    assertThat(GATE.bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/gate-receipt/v1\",\"action_hash\":\""
                + C
                + "\",\"decision\":{\"decision\":\"allow\"},\"gate_id\":\"g1\",\"index\":0,"
                + "\"prev\":null,\"reason\":null,\"requested_by\":\"ann\",\"run_id\":\"run-1\","
                + "\"status\":\"APPROVED\",\"step_id\":\"s1\",\"tier\":2,"
                + "\"votes\":[{\"by\":\"ben\"}]}");
  }

  @Test
  void a_workflow_receipt_is() {
    String hashed =
        "{\"definition_hash\":\""
            + A
            + "\",\"input_hash\":\""
            + B
            + "\",\"outcome\":\"COMPLETED\",\"step_hashes\":[\""
            + A
            + "\"]}";

    assertThat(WORKFLOW.bytes())
        .asString()
        .isEqualTo(
            "{\"_type\":\"https://fedcore.dev/workflow-receipt/v1\",\"audit_head\":\""
                + A
                + "\",\"audit_size\":4,\"definition_hash\":\""
                + A
                + "\",\"execution\":\"managed\",\"gate_receipts\":[\""
                + B
                + "\"],\"input_hash\":\""
                + B
                + "\",\"outcome\":\"COMPLETED\","
                + "\"receipt_count\":2,\"receipt_head\":\""
                + C
                + "\",\"receipts\":[\""
                + B
                + "\",\""
                + C
                + "\"],\"receipts_root\":\""
                + C
                + "\",\"run_id\":\"run-1\","
                + "\"step_hashes\":[\""
                + A
                + "\"],\"unreported_steps\":[\"s9\"],"
                + "\"workflow_hash\":\""
                + Sha256.hex(hashed.getBytes(StandardCharsets.UTF_8))
                + "\",\"workflow_id\":\"w\",\"workflow_version\":\"1.0\"}");
  }

  @Test
  void equal_executions_share_step_and_workflow_hash_and_nothing_else() {
    var again =
        new WorkflowReceipt(
            "run-2",
            "w",
            "1.0",
            A,
            B,
            "COMPLETED",
            "external",
            List.of(A),
            List.of(),
            A,
            List.of(),
            List.of(),
            C,
            9);

    assertThat(again.workflowHash()).isEqualTo(WORKFLOW.workflowHash());
    assertThat(again.hash()).isNotEqualTo(WORKFLOW.hash());
    assertThat(again.receiptHead()).isEmpty();
  }

  @Test
  void every_document_is_read_back() {
    assertThat(AuditEntry.parse(ENTRY.bytes())).isEqualTo(ENTRY);
    assertThat(Receipt.parse(STEP.bytes())).isEqualTo(STEP);
    assertThat(Receipt.parse(GATE.bytes())).isEqualTo(GATE);
    assertThat(Receipt.parse(WORKFLOW.bytes())).isEqualTo(WORKFLOW);
  }

  @Test
  void any_entry_is_read_back() {
    ForAll.values(
        2_000, ReceiptsTest::entry, e -> assertThat(AuditEntry.parse(e.bytes())).isEqualTo(e));
  }

  @Test
  void the_root_over_receipts_is_that_of_the_merkle_tree() {
    assertThat(WorkflowReceipt.rootOf(List.of()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(WorkflowReceipt.rootOf(List.of(new byte[0], new byte[] {0})))
        .isEqualTo("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  }

  @Nested
  class Reading_refuses {

    @Test
    void any_other_form_of_the_same_document() {
      String canonical = text(ENTRY.bytes());

      refused(AuditEntry::parse, canonical + "\n");
      refused(AuditEntry::parse, canonical.replace(",\"seq\":3", ", \"seq\":3"));
      refused(AuditEntry::parse, canonical.replace("\"seq\":3", "\"seq\":3.0"));
      refused(AuditEntry::parse, canonical.replace("é", "\\u00e9"));
      refused(AuditEntry::parse, canonical.replace("\"previous_status\":null,", ""));
      refused(AuditEntry::parse, canonical.replace("\"seq\":3,", "\"seq\":3,\"sequence\":3,"));
    }

    @Test
    void members_that_contradict_each_other() {
      refused(AuditEntry::parse, text(ENTRY.bytes()).replace("run-1:3", "run-1:4"));
      refused(Receipt::parse, text(STEP.bytes()).replace("\"attempt\":1", "\"attempt\":2"));
      refused(Receipt::parse, text(WORKFLOW.bytes()).replace("COMPLETED", "FAILED"));
      refused(Receipt::parse, text(WORKFLOW.bytes()).replace("_count\":2", "_count\":3"));
      refused(Receipt::parse, text(WORKFLOW.bytes()).replace("head\":\"" + C, "head\":\"" + B));
    }

    @Test
    void what_could_not_have_been_written() {
      refused(AuditEntry::parse, text(ENTRY.bytes()).replace(A, "sha256:" + A));
      refused(AuditEntry::parse, text(ENTRY.bytes()).replace(".000000Z", "Z"));
      refused(AuditEntry::parse, text(ENTRY.bytes()).replace("\"seq\":3", "\"seq\":-3"));
      refused(Receipt::parse, text(GATE.bytes()).replace("[{\"by\":\"ben\"}]", "[\"ben\"]"));
      refused(Receipt::parse, text(WORKFLOW.bytes()).replace("managed", "automatic"));
    }

    @Test
    void a_document_of_another_type() {
      refused(AuditEntry::parse, text(STEP.bytes()));
      refused(Receipt::parse, text(ENTRY.bytes()));
      refused(StepReceipt::parse, text(GATE.bytes()));
      refused(Receipt::parse, "{}");
    }

    private static void refused(Function<byte[], ?> parser, String text) {
      assertThatExceptionOfType(MalformedInput.class)
          .as(text)
          .isThrownBy(() -> parser.apply(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T09:30:00Z, 2026-01-01T09:30:00.000000Z",
    "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999999Z",
    "0001-02-03T04:05:06.000007Z, 0001-02-03T04:05:06.000007Z",
  })
  void a_time_is_written_to_the_microsecond(Instant instant, String expected) {
    assertThat(Timestamp.of(instant)).isEqualTo(expected);
    assertThat(Timestamp.isTimestamp(expected)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T09:30:00Z",
        "2026-01-01t09:30:00.000000Z",
        "2026-01-01T09:30:00.000000z",
        "2026-13-01T09:30:00.000000Z",
        "2026-02-29T09:30:00.000000Z",
        "2026-00-01T09:30:00.000000Z",
        "2026-01-00T09:30:00.000000Z",
        "2026-01-01T24:00:00.000000Z",
        "2026-01-01T09:60:00.000000Z",
        "2026-01-01T09:30:60.000000Z",
        "2026-01-01T09:30:00.00000 Z",
        "+026-01-01T09:30:00.000000Z",
      })
  void nothing_else_is_a_time(String text) {
    assertThat(Timestamp.isTimestamp(text)).isFalse();
  }

  @Test
  void a_leap_day_is_a_time_and_a_year_of_five_digits_is_none() {
    assertThat(Timestamp.isTimestamp("2028-02-29T09:30:00.000000Z")).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timestamp.of(Instant.parse("+10000-01-01T00:00:00Z")));
  }

  private static AuditEntry entry(RandomGenerator random) {
    return new AuditEntry(
        "run-" + random.nextInt(9),
        "tenant \"é\" \\ 😂",
        random.nextLong(1L << 53),
        "FC-RUN-002",
        "run.status.v1",
        maybe(random, "step"),
        maybe(random, "PENDING"),
        maybe(random, "RUNNING"),
        "actor\n",
        maybe(random, "flag"),
        maybe(random, A),
        "message " + random.nextInt(),
        JsonObject.builder().put("z", random.nextInt()).put("a", random.nextBoolean()).build(),
        Timestamp.of(
            Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000))),
        Sha256.hex(new byte[] {(byte) random.nextInt()}));
  }

  private static Optional<String> maybe(RandomGenerator random, String value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static String text(byte[] bytes) {
    // Read strictly first: whatever else these documents are, they are JSON.
    JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
