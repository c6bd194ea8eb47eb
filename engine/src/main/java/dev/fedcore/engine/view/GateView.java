package dev.fedcore.engine.view;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.codec.EventEncoder;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import java.util.List;
import java.util.Optional;

/// A gate as readers see it.
public final class GateView {

  private GateView() {}

  /// The row of one of `run`'s gates. The caller holds the run's lock.
  public static GateRow row(LiveRun run, Gate gate) {
    GateRequest request = gate.request();
    return new GateRow(
        request.id(),
        run.header().run(),
        run.header().tenant(),
        gate.status(),
        gate.openedAt(),
        request.expiresAt(),
        view(run, gate));
  }

  private static Payload view(LiveRun run, Gate gate) {
    GateRequest request = gate.request();
    ApprovalRequirement asked = request.requirement();
    var json = new CanonicalWriter().beginObject();
    json.name("action_hash").string(request.action().hex());
    Fields.strings(json, "approved_by", gate.approvedBy());
    json.name("comment_required").bool(asked.commentRequired());
    json.name("consumed").bool(gate.consumed());
    json.name("created_at").string(Timestamp.of(gate.openedAt()));
    json.name("description").string(request.description());
    json.name("expires_at").string(Timestamp.of(request.expiresAt()));
    json.name("gate_id").string(request.id().toString());
    json.name("gate_name").string(request.name());
    Fields.optional(json, "gate_receipt_hash", run.gateReceipt(request.id()));
    json.name("gate_type").string(request.type());
    json.name("quorum").integer(asked.quorum());
    Optional<String> rejection =
        gate.status() == GateStatus.APPROVED ? Optional.empty() : gate.reason();
    Fields.optional(json, "rejection_reason", rejection);
    json.name("requested_by").string(request.requestedBy());
    List<String> approvers = asked.approvers().stream().sorted().toList();
    Fields.strings(json, "required_approvers", approvers);
    Fields.strings(json, "required_roles", DecisionJson.roleWords(asked.roles()));
    Fields.optional(json, "resolved_at", gate.resolvedAt().map(Timestamp::of));
    json.name("run_id").string(run.header().run().toString());
    json.name("self_approval").string(DecisionJson.selfApprovalWord(asked.selfApproval()));
    json.name("status").string(gate.status().name());
    json.name("step_id").string(request.step().value());
    json.name("tier").integer(request.tier());
    json.name("votes").beginArray();
    gate.votes().forEach(vote -> json.value(EventEncoder.vote(vote)));
    json.endArray();
    return new Payload(json.endObject().toBytes());
  }
}
