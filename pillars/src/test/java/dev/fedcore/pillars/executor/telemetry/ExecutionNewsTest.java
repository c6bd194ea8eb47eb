package dev.fedcore.pillars.executor.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Bucket and Karma are told, byte for byte: messages of this form lie in outboxes.
class ExecutionNewsTest {

  private static final RunId RUN = RunId.parse("01a1fdd1-e0d6-77eb-a1ba-2b265fe1df0b");
  private static final Instant AT = Instant.parse("2026-11-21T11:15:54.701618Z");

  @Test
  void bucket_is_told_of_what_was_executed() {
    assertThat(told(ExecutionNews.toBucket(), completed(), ended("COMPLETED")))
        .containsExactly(golden("bucket-success.json"));
  }

  @Test
  void bucket_is_told_of_what_was_denied() {
    assertThat(told(ExecutionNews.toBucket(), denied(), ended("FAILED")))
        .containsExactly(golden("bucket-failed.json"));
  }

  @Test
  void karma_is_told_who_succeeded() {
    assertThat(told(ExecutionNews.toKarma(), completed(), ended("COMPLETED")))
        .containsExactly(golden("karma-success.json"));
  }

  @Test
  void karma_is_told_who_failed() {
    assertThat(told(ExecutionNews.toKarma(), denied(), ended("FAILED")))
        .containsExactly(golden("karma-failure.json"));
  }

  @Test
  void nobody_is_told_before_the_end_or_of_another_workflow() {
    RunRow running = row("executor_action", RunStatus.RUNNING, "run-completed.json");
    RunRow other = row("pt004_execution_spine", RunStatus.COMPLETED, "run-completed.json");

    assertThat(told(ExecutionNews.toBucket(), running, ended("RUNNING"))).isEmpty();
    assertThat(told(ExecutionNews.toBucket(), other, ended("COMPLETED"))).isEmpty();
  }

  @Test
  void what_is_written_after_the_end_is_no_second_ending() {
    assertThat(told(ExecutionNews.toBucket(), completed(), entry("FC-STEP-002", "COMPLETED")))
        .isEmpty();
  }

  /// Whose view is larger than what a request may be, and whose result no receiver would take.
  @ParameterizedTest
  @ValueSource(ints = {1, 5_001})
  void a_result_that_is_too_large_is_cut(int items) {
    String output =
        "\"output\":{\"text\":\"%s\",\"short\":\"s\",\"many\":[1%s],"
            .formatted("x".repeat(Math.max(600, 1_200_000 / items)), ",1".repeat(items));
    String view = golden("run-completed.json").replaceFirst("\"output\":\\{", output);
    RunRow run = row(RunStatus.COMPLETED, view);

    List<String> told = told(ExecutionNews.toBucket(), run, ended("COMPLETED"));

    assertThat(told)
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .contains("\"cut\":true", "\"short\":\"s\"", "\"success\":true", "\"task_id\":")
        .doesNotContain("xxx", "many");
    assertThat(told(ExecutionNews.toKarma(), run, ended("COMPLETED"))).hasSize(1);
  }

  private static List<String> told(ExecutionNews news, RunRow run, Document entry) {
    return news.told(run, List.of(entry)).stream().map(Payload::toString).toList();
  }

  private static RunRow completed() {
    return row("executor_action", RunStatus.COMPLETED, "run-completed.json");
  }

  private static RunRow denied() {
    return row("executor_action", RunStatus.FAILED, "run-denied.json");
  }

  private static RunRow row(String workflow, RunStatus status, String view) {
    var payload = new Payload(golden(view).getBytes(UTF_8));
    return new RunRow(RUN, TenantId.DEFAULT, workflow, status, "user-0", 7, false, AT, AT, payload);
  }

  private static RunRow row(RunStatus status, String view) {
    var payload = new Payload(view.getBytes(UTF_8));
    return new RunRow(
        RUN, TenantId.DEFAULT, "executor_action", status, "user-0", 7, false, AT, AT, payload);
  }

  private static Document ended(String status) {
    return entry("FC-RUN-002", status);
  }

  private static Document entry(String type, String status) {
    var entry =
        new AuditEntry(
            RUN.toString(),
            "default",
            6,
            type,
            "run.ended.v1",
            Optional.empty(),
            Optional.of("RUNNING"),
            Optional.of(status),
            "user-0",
            Optional.empty(),
            Optional.empty(),
            "ended",
            JsonObject.EMPTY,
            "2026-11-21T11:15:54.701618Z",
            "0".repeat(64));
    return new Document(entry.bytes(), entry.hash());
  }

  private static String golden(String name) {
    try (var stream =
        Objects.requireNonNull(ExecutionNewsTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
