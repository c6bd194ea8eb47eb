package dev.fedcore.evidence.verify;

import static dev.fedcore.evidence.verify.Finding.CHAIN_BROKEN;
import static dev.fedcore.evidence.verify.Finding.CHANGED;
import static dev.fedcore.evidence.verify.Finding.EXTRA;
import static dev.fedcore.evidence.verify.Finding.MALFORMED;
import static dev.fedcore.evidence.verify.Finding.MISMATCH;
import static dev.fedcore.evidence.verify.Finding.MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunVerifierTest {

  /// The lowest bit, the one between cases, and the one that makes no ASCII.
  private static final byte[] MASKS = {0x01, 0x20, (byte) 0x80};

  @Test
  void a_completed_run_is_verified() {
    var report = RunVerifier.verify(SmallRun.completed().evidence());

    assertThat(report.findings()).isEmpty();
    assertThat(report.verified()).isTrue();
    assertThat(report.entries()).isEqualTo(7);
    assertThat(report.receipts()).isEqualTo(4);
  }

  @Test
  void a_retried_run_with_two_ends_is_verified() {
    assertThat(RunVerifier.verify(SmallRun.retried().evidence()).findings()).isEmpty();
  }

  @Test
  void a_run_whose_steps_were_tried_again_or_out_of_order_is_verified() {
    assertThat(RunVerifier.verify(SmallRun.withSecondAttempt().evidence()).findings()).isEmpty();
  }

  @Test
  void a_stream_that_is_no_run_is_verified() {
    assertThat(RunVerifier.verify(SmallRun.stream().evidence()).findings())
        .extracting(Finding::code)
        .as("only the contents, which a stream does not name")
        .containsExactly(EXTRA, EXTRA, EXTRA);
  }

  @Test
  void no_byte_of_any_document_can_change() {
    var run = SmallRun.completed().evidence();
    for (int i = 0; i < run.entries().size(); i++) {
      for (Exhibit changed : mutants(run.entries().get(i))) {
        var entries = new ArrayList<>(run.entries());
        entries.set(i, changed);
        found(new RunEvidence(run.runId(), entries, run.receipts(), run.contents()), CHANGED);
      }
    }
    for (int i = 0; i < run.receipts().size(); i++) {
      for (Exhibit changed : mutants(run.receipts().get(i))) {
        var receipts = new ArrayList<>(run.receipts());
        receipts.set(i, changed);
        found(new RunEvidence(run.runId(), run.entries(), receipts, run.contents()), CHANGED);
      }
    }
  }

  /// Whoever changes a document and states its new hash must still face whatever names the old one.
  @Test
  void no_byte_of_a_named_document_can_change_even_if_its_hash_is_stated_anew() {
    var run = SmallRun.completed().evidence();
    for (int i = 0; i < run.entries().size() - 1; i++) {
      for (Exhibit changed : mutants(run.entries().get(i))) {
        var entries = new ArrayList<>(run.entries());
        entries.set(i, Exhibit.of(changed.bytes()));
        somethingFound(new RunEvidence(run.runId(), entries, run.receipts()));
      }
    }
    for (int i = 0; i < run.receipts().size(); i++) {
      for (Exhibit changed : mutants(run.receipts().get(i))) {
        var receipts = new ArrayList<>(run.receipts());
        receipts.set(i, Exhibit.of(changed.bytes()));
        somethingFound(new RunEvidence(run.runId(), run.entries(), receipts));
      }
    }
  }

  @Nested
  class Entries {

    @Test
    void that_are_missing_are_counted() {
      var run = SmallRun.completed();
      run.entries.subList(2, 4).clear();

      found(run, MISSING, "entry 2", "2 entries are missing before 4");
      found(run, CHAIN_BROKEN, "entry 4", "prev is");
    }

    @Test
    void that_come_twice_or_in_another_order_are_found() {
      var twice = SmallRun.completed();
      twice.entries.add(3, twice.entries.get(2));
      found(twice, EXTRA, "entry 2", "comes again");

      var swapped = SmallRun.completed();
      Collections.swap(swapped.entries, 2, 3);
      found(swapped, CHAIN_BROKEN, "entry 3", "prev is");
    }

    @Test
    void of_another_run_or_tenant_are_found() {
      var run = SmallRun.completed().evidence();

      assertThat(
              RunVerifier.verify(new RunEvidence("run-2", run.entries(), run.receipts()))
                  .findings())
          .filteredOn(finding -> finding.what().contains("not run-2"))
          .hasSize(run.entries().size() + run.receipts().size());
      var moved = SmallRun.completed();
      moved.append(withTenant(next(moved, "FC-NOTE-001", Optional.empty()), "t2"));
      found(moved, CHAIN_BROKEN, "entry 7", "another tenant, t2");
    }

    @Test
    void that_begin_with_another_genesis_are_found() {
      var run = SmallRun.completed();
      var first = run.entries.getFirst();
      var details =
          JsonObject.builder()
              .put("workflow_id", "w")
              .put("workflow_version", "2")
              .put("definition_hash", "a".repeat(64))
              .put("input_hash", "b".repeat(64))
              .build();
      run.entries.set(0, withDetails(first, details));
      found(run, CHAIN_BROKEN, "entry 0", "prev is");
      found(run, MISMATCH, "receipt", "another definition or input");

      run.entries.set(0, withDetails(first, JsonObject.EMPTY));
      found(run, MALFORMED, "entry 0", "do not name workflow_id");
    }

    @Test
    void whose_statuses_do_not_follow_each_other_are_found() {
      var run = SmallRun.completed();
      run.status("PAUSED", "RUNNING");

      found(run, CHAIN_BROKEN, "entry 7", "previous_status is PAUSED, the run was COMPLETED");
    }

    @Test
    void are_needed() {
      found(new RunEvidence("run-1", List.of(), List.of()), MISSING);
    }

    @Test
    void that_cannot_be_read_do_not_hide_the_others() {
      var run = SmallRun.completed().evidence();
      var entries = new ArrayList<>(run.entries());
      entries.set(1, Exhibit.of(SmallRun.bytes("{}")));
      entries.set(3, Exhibit.of(SmallRun.bytes("not json")));

      assertThat(RunVerifier.verify(new RunEvidence("run-1", entries, run.receipts())).findings())
          .filteredOn(finding -> finding.code().equals(MALFORMED))
          .extracting(Finding::where)
          .containsExactly("entry 1", "entry 3");
    }

    @Test
    void that_end_the_run_name_its_receipt() {
      var run = SmallRun.completed();
      run.append(next(run, "FC-RUN-003", Optional.empty()));

      found(run, MISSING, "entry 7", "names no workflow receipt");
    }
  }

  @Nested
  class Receipts {

    @Test
    void that_are_missing_are_found_by_whoever_names_them() {
      for (int i = 0; i < 4; i++) {
        var run = SmallRun.completed();
        String hash = run.receipts.remove(i).hash();

        found(run, MISSING, "entry", hash);
      }
    }

    @Test
    void that_nobody_names_are_found() {
      var run = SmallRun.completed();
      run.receipts.add(run.workflow("FAILED"));

      found(run, EXTRA, "receipt", "no entry names it");
    }

    @Test
    void that_two_entries_name_are_found() {
      var run = SmallRun.completed();
      run.append(next(run, "FC-STEP-002", Optional.of(run.receipts.getFirst().hash())));

      found(run, MISMATCH, "entry 7", "another entry names its receipt too");
    }

    @Test
    void that_are_there_twice_are_found() {
      var run = SmallRun.completed();
      run.receipts.add(run.receipts.getFirst());

      found(run, EXTRA, "receipt", "twice");
      found(run, EXTRA, "receipt", "another of index 0");
    }

    @Test
    void that_an_entry_of_another_step_or_type_names_are_found() {
      var run = SmallRun.completed();
      var step = (StepReceipt) run.receipts.getFirst();
      var other =
          new StepReceipt(
              step.runId(),
              3,
              step.step(),
              "ann",
              Optional.empty(),
              Optional.empty(),
              Optional.of(run.chain().getLast().hash()));
      run.receipts.add(other);
      run.named("FC-STEP-002", "step.completed.v1", Optional.of("s9"), other.hash());
      found(run, MISMATCH, other.hash(), "is about something else");

      var gate = SmallRun.completed();
      gate.gate("s3");
      gate.entries.removeLast();
      String hash = gate.receipts.getLast().hash();
      gate.named("FC-STEP-002", "step.completed.v1", Optional.of("s3"), hash);
      found(gate, MISMATCH, hash, "FC-STEP-002, names it");
    }

    @Test
    void of_a_gate_that_an_entry_about_another_gate_names_are_found() {
      var run = SmallRun.completed();
      run.gate("s2");
      run.entries.removeLast();
      String hash = run.receipts.getLast().hash();
      var details = JsonObject.builder().put("gate_id", "g9").build();
      run.append(run.named("FC-GATE-002", Optional.empty(), hash, details));

      found(run, MISMATCH, hash, "is about something else");
    }

    @Test
    void that_break_their_chain_are_found() {
      var run = SmallRun.completed();
      var first = (StepReceipt) run.receipts.getFirst();
      var skipping =
          new StepReceipt(
              first.runId(),
              5,
              first.step(),
              "ann",
              Optional.empty(),
              Optional.empty(),
              Optional.of("a".repeat(64)));
      run.receipts.add(skipping);

      found(run, MISSING, skipping.hash(), "2 receipts are missing before index 5");
      found(run, CHAIN_BROKEN, skipping.hash(), "prev is");
    }

    @Test
    void that_went_through_a_gate_about_another_action_are_found() {
      var run = SmallRun.completed();
      var gate = (GateReceipt) run.receipts.get(1);
      var about =
          new GateReceipt(
              gate.runId(),
              1,
              gate.gateId(),
              gate.stepId(),
              "d".repeat(64),
              gate.status(),
              1,
              gate.decision(),
              "ann",
              gate.votes(),
              gate.reason(),
              gate.prev());
      run.receipts.set(1, about);
      var step = (StepReceipt) run.receipts.get(2);
      var released =
          new StepReceipt(
              step.runId(),
              2,
              step.step(),
              "ann",
              Optional.empty(),
              Optional.of(about.hash()),
              Optional.of(about.hash()));
      run.receipts.set(2, released);

      found(run, MISMATCH, released.hash(), "the gate was about another action");
    }

    @Test
    void whose_gate_receipt_is_missing_are_found() {
      var run = SmallRun.completed();
      run.receipts.remove(1);

      found(run, MISSING, run.receipts.get(1).hash(), "its gate receipt is missing");
    }
  }

  @Nested
  class A_workflow_receipt {

    @Test
    void that_leaves_out_a_step_or_a_gate_is_found() {
      var good = SmallRun.completed();
      good.receipts.removeLast();
      good.entries.removeLast();
      var honest = good.workflow("COMPLETED");
      ended(
          good,
          new WorkflowReceipt(
              honest.runId(),
              "w",
              "1",
              honest.definitionHash(),
              honest.inputHash(),
              "COMPLETED",
              "managed",
              honest.stepHashes().subList(0, 1),
              honest.receiptHashes().subList(0, 2),
              "c".repeat(64),
              List.of(),
              List.of(),
              "d".repeat(64),
              honest.auditSize()));

      found(
          good, CHAIN_BROKEN, "receipt", "step_hashes has 1 items, which are not the 2 of the run");
      found(good, CHAIN_BROKEN, "receipt", "receipts has 2 items, which are not the 3 of the run");
      found(good, CHAIN_BROKEN, "receipt", "gate_receipts has 0 items");
      found(good, CHAIN_BROKEN, "receipt", "receipts_root");
      found(good, MISMATCH, "receipt", "audit_head");
      found(good, MISMATCH, "receipt", "is about something else");
    }

    private static void ended(SmallRun run, WorkflowReceipt receipt) {
      run.receipts.add(receipt);
      run.named("FC-RUN-003", "run.ended.v1", Optional.empty(), receipt.hash());
    }
  }

  @Nested
  class Contents {

    @Test
    void that_were_changed_or_that_nobody_names_are_found() {
      var run = SmallRun.completed().evidence();
      var changed = new Exhibit(Exhibit.of(SmallRun.INPUT).hash(), SmallRun.OUTPUT);
      var extra = Exhibit.of(SmallRun.bytes("{}"));

      var report =
          RunVerifier.verify(
              new RunEvidence("run-1", run.entries(), run.receipts(), List.of(changed, extra)));

      assertThat(report.findings()).extracting(Finding::code).containsExactly(CHANGED, EXTRA);
    }
  }

  /// Every byte, changed in one of three ways and in another.
  private static List<Exhibit> mutants(Exhibit exhibit) {
    var mutants = new ArrayList<Exhibit>();
    byte[] bytes = exhibit.bytes();
    for (int i = 0; i < bytes.length; i++) {
      for (int way = i; way < i + 2; way++) {
        byte[] changed = bytes.clone();
        changed[i] ^= MASKS[way % MASKS.length];
        mutants.add(new Exhibit(exhibit.hash(), changed));
      }
    }
    return mutants;
  }

  private static void found(RunEvidence run, String code) {
    assertThat(RunVerifier.verify(run).findings()).extracting(Finding::code).contains(code);
  }

  private static void somethingFound(RunEvidence run) {
    assertThat(RunVerifier.verify(run).verified()).isFalse();
  }

  private static void found(SmallRun run, String code, String where, String what) {
    assertThat(RunVerifier.verify(run.evidence()).findings())
        .anySatisfy(finding -> {
          assertThat(finding.code()).isEqualTo(code);
          assertThat(finding.where()).contains(where);
          assertThat(finding.what()).contains(what);
        });
  }

  private static AuditEntry next(SmallRun run, String type, Optional<String> receipt) {
    return new AuditEntry(
        SmallRun.RUN,
        SmallRun.TENANT,
        run.entries.size(),
        type,
        "some.event.v1",
        Optional.of("s1"),
        Optional.empty(),
        Optional.empty(),
        "ann",
        Optional.empty(),
        receipt,
        "m",
        JsonObject.EMPTY,
        "2026-01-01T10:00:00.000000Z",
        run.head());
  }

  private static AuditEntry withTenant(AuditEntry e, String tenant) {
    return new AuditEntry(
        e.runId(),
        tenant,
        e.seq(),
        e.eventType(),
        e.event(),
        e.stepId(),
        e.previousStatus(),
        e.newStatus(),
        e.actorId(),
        e.decision(),
        e.evidencePackRef(),
        e.message(),
        e.details(),
        e.timestamp(),
        e.prev());
  }

  private static AuditEntry withDetails(AuditEntry e, JsonObject details) {
    return new AuditEntry(
        e.runId(),
        e.tenantId(),
        e.seq(),
        e.eventType(),
        e.event(),
        e.stepId(),
        e.previousStatus(),
        e.newStatus(),
        e.actorId(),
        e.decision(),
        e.evidencePackRef(),
        e.message(),
        details,
        e.timestamp(),
        e.prev());
  }
}
