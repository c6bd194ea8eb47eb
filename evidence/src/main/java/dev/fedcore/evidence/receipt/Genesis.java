package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;

/// What a run is before its first entry. Its hash is the `prev` of entry 0, so that a chain can
/// neither be moved to another run nor be given another definition or input.
///
/// @param definitionHash SHA-256 of the canonical workflow definition
/// @param inputHash SHA-256 of the canonical input
public record Genesis(
    String runId,
    String tenantId,
    String workflowId,
    String workflowVersion,
    String definitionHash,
    String inputHash) {

  public static final String TYPE = "https://fedcore.dev/genesis/v1";

  public Genesis {
    CanonicalDocument.requireHash("definition_hash", definitionHash);
    CanonicalDocument.requireHash("input_hash", inputHash);
  }

  /// The genesis of a chain of entries that belong to no run, such as a tenant's refusals.
  public static StreamGenesis ofStream(String streamId, String tenantId) {
    return new StreamGenesis(streamId, tenantId);
  }

  /// The canonical document.
  public byte[] bytes() {
    return new CanonicalWriter()
        .beginObject()
        .name("_type")
        .string(TYPE)
        .name("definition_hash")
        .string(definitionHash)
        .name("input_hash")
        .string(inputHash)
        .name("run_id")
        .string(runId)
        .name("tenant_id")
        .string(tenantId)
        .name("workflow_id")
        .string(workflowId)
        .name("workflow_version")
        .string(workflowVersion)
        .endObject()
        .toBytes();
  }

  /// The SHA-256 of [#bytes()].
  public String hash() {
    return Sha256.hex(bytes());
  }
}
