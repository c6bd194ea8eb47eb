package dev.fedcore.engine.live;

import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What never changes about a run.
///
/// @param salt what its payloads are hashed with
/// @param input canonical bytes and tree of the run's input
/// @param correlationId the caller's own name for what this run belongs to
public record RunHeader(
    RunId run,
    TenantId tenant,
    String actor,
    WorkflowDefinition definition,
    PayloadSalt salt,
    Payloads.Body input,
    JsonObject metadata,
    List<String> tags,
    Optional<RunId> parent,
    Optional<String> correlationId,
    Instant createdAt) {

  public RunHeader {
    tags = List.copyOf(tags);
  }

  Digest inputHash() {
    return input.hash();
  }

  /// The salt as the run's readers are given it; empty when there is none.
  public Optional<String> hashSalt() {
    return Optional.of(salt.hex()).filter(hex -> !hex.isEmpty());
  }

  /// Canonicalises and hashes a payload of the run.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput if it is too large
  public Payloads.Body payload(JsonObject json) {
    return Payloads.bounded(json, salt);
  }

  /// The same for one that was kept, of whatever size.
  Payloads.Body kept(JsonObject json) {
    return Payloads.of(json, salt);
  }
}
