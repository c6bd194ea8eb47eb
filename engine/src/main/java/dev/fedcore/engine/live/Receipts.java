package dev.fedcore.engine.live;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.codec.EventEncoder;
import dev.fedcore.engine.disclosure.SealedEvents;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.StepContent;
import dev.fedcore.evidence.receipt.StepReceipt;
import dev.fedcore.evidence.receipt.WorkflowReceipt;
import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.run.ActionBinding;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Gives receipts: reads a run's state and notes, writes the document (DESIGN section 6).
final class Receipts {

  private Receipts() {}

  /// What a step receipt is about, beside the step itself.
  record StepWork(StepRecord step, String actor, Optional<String> effect, Optional<GateId> gate) {}

  /// A step receipt and the step hash in it.
  record StepGiven(Document document, String stepHash) {}

  static StepGiven step(LiveRun run, StepWork work) {
    StepRecord step = work.step();
    var sealed = SealedEvents.by(run.sealing());
    var content =
        new StepContent(
            step.step().id().value(),
            step.step().type().name(),
            step.attempt(),
            step.status().name(),
            step.input().map(Digest::hex),
            step.status() == StepStatus.COMPLETED
                ? step.output().map(Digest::hex)
                : Optional.empty(),
            decision(run, step).orElse(JsonObject.EMPTY),
            step.action().map(ActionBinding::hash).map(Digest::hex));
    var receipt =
        new StepReceipt(
            run.header().run().toString(),
            run.receipts().size(),
            content,
            sealed.person(work.actor()),
            sealed.effect(work.effect()),
            work.gate().flatMap(run::gateReceipt),
            previous(run),
            AuditEntry.SEALED);
    byte[] bytes = content.bytes();
    String stepHash = Sha256.hex(bytes);
    return new StepGiven(document(receipt.bytes(bytes, stepHash)), stepHash);
  }

  /// What policy said, as the step's content holds it. Who is asked to approve is sealed there, and
  /// a reason that quotes.
  private static Optional<JsonObject> decision(LiveRun run, StepRecord step) {
    return step.decision().filter(d -> d.approval().isPresent() || d.isQuoting()).isPresent()
        ? step.decision().map(SealedEvents.by(run.sealing())::of).map(DecisionJson::of)
        : run.notes(step.step().id()).decision().or(() -> step.decision().map(DecisionJson::of));
  }

  /// @param opened the gate as the state holds it
  /// @param decision as it is hashed
  static Document gate(LiveRun run, Gate opened, Optional<JsonObject> decision) {
    Gate gate = SealedEvents.by(run.sealing()).of(opened);
    var request = gate.request();
    var receipt =
        new GateReceipt(
            run.header().run().toString(),
            run.receipts().size(),
            request.id().toString(),
            request.step().value(),
            request.action().hex(),
            gate.status().name(),
            request.tier(),
            decision.orElse(JsonObject.EMPTY),
            request.requestedBy(),
            gate.votes().stream().map(EventEncoder::vote).toList(),
            gate.reason(),
            previous(run),
            AuditEntry.SEALED);
    return document(receipt.bytes());
  }

  /// A workflow receipt and the workflow hash in it.
  record WorkflowGiven(Document document, String workflowHash) {}

  static WorkflowGiven workflow(LiveRun run) {
    Course course = RunState.course(run.state());
    var ref = course.plan().definition();
    var gateReceipts =
        course.gates().keySet().stream().map(run::gateReceipt).flatMap(Optional::stream).toList();
    var receipt =
        new WorkflowReceipt(
            run.header().run().toString(),
            ref.id(),
            ref.version(),
            ref.hash().hex(),
            run.header().inputHash().hex(),
            RunState.status(run.state()).name(),
            course.plan().execution().name().toLowerCase(Locale.ROOT),
            run.stepHashes(),
            List.copyOf(run.receipts()),
            Sha256.hexOf(MerkleTree.root(run.receiptLeaves())),
            inOrder(run, gateReceipts),
            unreported(course),
            run.head(),
            run.version());
    return new WorkflowGiven(document(receipt.bytes()), receipt.workflowHash());
  }

  private static List<String> inOrder(LiveRun run, List<String> gateReceipts) {
    return run.receipts().stream().filter(gateReceipts::contains).toList();
  }

  private static List<String> unreported(Course course) {
    return course.plan().execution().isManaged()
        ? List.of()
        : course.steps().stream()
            .filter(s -> s.status() == StepStatus.PENDING)
            .map(s -> s.step().id().value())
            .toList();
  }

  private static Optional<String> previous(LiveRun run) {
    return run.receipts().isEmpty() ? Optional.empty() : Optional.of(run.receipts().getLast());
  }

  private static Document document(byte[] bytes) {
    return new Document(bytes, Sha256.hex(bytes));
  }
}
