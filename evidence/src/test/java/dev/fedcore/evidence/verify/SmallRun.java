package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.ChainedReceipt;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.Genesis;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.receipt.StepContent;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run for tests, written step by step as the engine would: two steps, a gate, and an end that
/// may come twice.
public final class SmallRun {

  public static final String RUN = "run-1";
  static final String TENANT = "t1";
  static final byte[] DEFINITION = bytes("{\"id\":\"w\"}");
  static final byte[] INPUT = bytes("{\"n\":1}");
  static final byte[] OUTPUT = bytes("{\"sent\":true}");
  static final String ACTION = Sha256.hex(bytes("{\"to\":\"ben\"}"));

  final List<AuditEntry> entries = new ArrayList<>();
  final List<Receipt> receipts = new ArrayList<>();

  /// A run that was created, ran two steps, one behind a gate, and completed.
  public static SmallRun completed() {
    var run = new SmallRun();
    run.created();
    run.status("PENDING", "RUNNING");
    run.step("s1", "OBSERVE", Optional.empty());
    run.gate("s2");
    run.step("s2", "ACT", Optional.of(run.receipts.getLast().hash()));
    run.status("RUNNING", "COMPLETED");
    run.ended("COMPLETED");
    return run;
  }

  /// As [#completed], but failed at first and retried.
  public static SmallRun retried() {
    var run = new SmallRun();
    run.created();
    run.status("PENDING", "RUNNING");
    run.step("s1", "OBSERVE", Optional.empty());
    run.status("RUNNING", "FAILED");
    run.ended("FAILED");
    run.status("FAILED", "RUNNING");
    run.step("s2", "ACT", Optional.empty());
    run.status("RUNNING", "COMPLETED");
    run.ended("COMPLETED");
    return run;
  }

  /// Entries of a stream that is no run.
  static SmallRun stream() {
    var run = new SmallRun();
    String prev = Genesis.ofStream(RUN, TENANT).hash();
    run.entry("FC-POLICY-001", "command.refused.v1", Optional.empty(), JsonObject.EMPTY, prev);
    run.entry("FC-POLICY-001", "command.refused.v1", Optional.empty(), JsonObject.EMPTY);
    return run;
  }

  /// All of it, with the contents that it names.
  public RunEvidence evidence() {
    return new RunEvidence(
        RUN,
        entries.stream().map(entry -> Exhibit.of(entry.bytes())).toList(),
        receipts.stream().map(receipt -> Exhibit.of(receipt.bytes())).toList(),
        List.of(Exhibit.of(DEFINITION), Exhibit.of(INPUT), Exhibit.of(OUTPUT)));
  }

  void created() {
    String definition = Sha256.hex(DEFINITION);
    String input = Sha256.hex(INPUT);
    var details =
        JsonObject.builder()
            .put("workflow_id", "w")
            .put("workflow_version", "1")
            .put("definition_hash", definition)
            .put("input_hash", input)
            .put("steps", JsonArray.of(planned("s1"), planned("s2")))
            .build();
    String prev = new Genesis(RUN, TENANT, "w", "1", definition, input).hash();
    entry("FC-RUN-001", "run.created.v1", Optional.empty(), details, prev);
  }

  void status(String from, String to) {
    append(
        new AuditEntry(
            RUN,
            TENANT,
            entries.size(),
            "FC-RUN-002",
            "run.status.v1",
            Optional.empty(),
            Optional.of(from),
            Optional.of(to),
            "ann",
            Optional.empty(),
            Optional.empty(),
            "moves",
            JsonObject.EMPTY,
            time(),
            head()));
  }

  void step(String step, String type, Optional<String> gate) {
    step(step, type, gate, 1);
  }

  void step(String step, String type, Optional<String> gate, int attempt) {
    var content =
        new StepContent(
            step,
            type,
            attempt,
            "COMPLETED",
            Optional.of(Sha256.hex(INPUT)),
            Optional.of(Sha256.hex(OUTPUT)),
            JsonObject.EMPTY,
            gate.isPresent() ? Optional.of(ACTION) : Optional.empty());
    var receipt =
        new StepReceipt(RUN, chain().size(), content, "ann", Optional.empty(), gate, receiptHead());
    receipts.add(receipt);
    named("FC-STEP-002", "step.completed.v1", Optional.of(step), receipt.hash());
  }

  void gate(String step) {
    var receipt =
        new GateReceipt(
            RUN,
            chain().size(),
            "g1",
            step,
            ACTION,
            "APPROVED",
            1,
            JsonObject.EMPTY,
            "ann",
            List.of(JsonObject.builder().put("by", "ben").build()),
            Optional.of("fine"),
            receiptHead());
    receipts.add(receipt);
    append(
        named(
            "FC-GATE-002",
            Optional.empty(),
            receipt.hash(),
            JsonObject.builder().put("gate_id", "g1").build()));
  }

  void ended(String outcome) {
    var receipt = workflow(outcome);
    receipts.add(receipt);
    named("FC-RUN-003", "run.ended.v1", Optional.empty(), receipt.hash());
  }

  private static List<String> stepHashes(List<ChainedReceipt> chain) {
    return chain.stream()
        .filter(StepReceipt.class::isInstance)
        .map(receipt -> ((StepReceipt) receipt).step().hash())
        .toList();
  }

  WorkflowReceipt workflow(String outcome) {
    var chain = chain();
    return new WorkflowReceipt(
        RUN,
        "w",
        "1",
        Sha256.hex(DEFINITION),
        Sha256.hex(INPUT),
        outcome,
        "managed",
        stepHashes(chain),
        chain.stream().map(Receipt::hash).toList(),
        WorkflowReceipt.rootOf(chain.stream().map(Receipt::bytes).toList()),
        chain.stream().filter(GateReceipt.class::isInstance).map(Receipt::hash).toList(),
        List.of(),
        head(),
        entries.size());
  }

  void append(AuditEntry entry) {
    entries.add(entry);
  }

  /// Appends an entry that names a receipt.
  void named(String type, String event, Optional<String> step, String receipt) {
    append(named(type, step, receipt, JsonObject.builder().put("event", event).build()));
  }

  AuditEntry named(String type, Optional<String> step, String receipt, JsonObject details) {
    return new AuditEntry(
        RUN,
        TENANT,
        entries.size(),
        type,
        "something.v1",
        step,
        Optional.empty(),
        Optional.empty(),
        "ann",
        Optional.empty(),
        Optional.of(receipt),
        "done",
        details,
        time(),
        head());
  }

  /// Step `s2` fails, is asked for again, and in the end is done.
  static SmallRun withSecondAttempt() {
    var run = new SmallRun();
    run.created();
    run.status("PENDING", "RUNNING");
    run.step("s2", "ACT", Optional.empty());
    run.step("s1", "OBSERVE", Optional.empty(), 1);
    run.status("RUNNING", "FAILED");
    run.ended("FAILED");
    run.retry("s1");
    run.status("FAILED", "CANCELLED");
    run.ended("CANCELLED");
    run.step("s1", "OBSERVE", Optional.empty(), 2);
    run.ended("COMPLETED");
    return run;
  }

  void retry(String step) {
    append(
        new AuditEntry(
            RUN,
            TENANT,
            entries.size(),
            "FC-STEP-008",
            "step.retried.v1",
            Optional.of(step),
            Optional.empty(),
            Optional.empty(),
            "ann",
            Optional.empty(),
            Optional.empty(),
            "again",
            JsonObject.EMPTY,
            time(),
            head()));
  }

  List<ChainedReceipt> chain() {
    return receipts.stream()
        .filter(ChainedReceipt.class::isInstance)
        .map(ChainedReceipt.class::cast)
        .toList();
  }

  String head() {
    return entries.getLast().hash();
  }

  private Optional<String> receiptHead() {
    return chain().isEmpty() ? Optional.empty() : Optional.of(chain().getLast().hash());
  }

  private void entry(String type, String event, Optional<String> step, JsonObject details) {
    entry(type, event, step, details, head());
  }

  private void entry(
      String type, String event, Optional<String> step, JsonObject details, String prev) {
    Optional<String> status = type.equals("FC-RUN-001") ? Optional.of("PENDING") : Optional.empty();
    append(
        new AuditEntry(
            RUN,
            TENANT,
            entries.size(),
            type,
            event,
            step,
            Optional.empty(),
            status,
            "ann",
            Optional.empty(),
            Optional.empty(),
            "é",
            details,
            time(),
            prev));
  }

  private String time() {
    return "2026-01-01T09:30:%02d.000000Z".formatted(entries.size());
  }

  private static JsonObject planned(String step) {
    return JsonObject.builder().put("id", step).put("type", "ACT").build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
