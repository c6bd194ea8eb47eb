package dev.fedcore.evidence.awo.provenance;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;

/// What the index says of one finalised run.
///
/// @param commit that the run was made from
/// @param workflowRunUrl where the pipeline ran; "" outside of one
/// @param approvedBy who approved
/// @param attestationPath the folder of attestations, relative to the workspace
/// @param sha256Root SHA-256 of the run's `SHA256SUMS.txt`
/// @param approvalSha256 SHA-256 of its `approval.json`
/// @param attestationSha256 SHA-256 of its `ATTESTATION.json`
public record ProvenanceEntry(
    String runId,
    String commit,
    String workflowRunUrl,
    String approvedBy,
    String attestationPath,
    String sha256Root,
    String approvalSha256,
    String attestationSha256) {

  /// As the index holds it.
  public JsonObject json() {
    return JsonObject.builder()
        .put("approval_sha256", approvalSha256)
        .put("approved_by", approvedBy)
        .put("attestation_path", attestationPath)
        .put("attestation_sha256", attestationSha256)
        .put("commit", commit)
        .put("run_id", runId)
        .put("sha256_root", sha256Root)
        .put("workflow_run_url", workflowRunUrl)
        .build();
  }

  /// Reads an entry.
  ///
  /// @throws MalformedInput when `object` is none
  static ProvenanceEntry parse(JsonObject object, String pointer) {
    var fields = JsonFields.of(object, pointer);
    var entry =
        new ProvenanceEntry(
            fields.string("run_id"),
            fields.string("commit"),
            fields.string("workflow_run_url"),
            fields.string("approved_by"),
            fields.string("attestation_path"),
            hash(fields, "sha256_root"),
            hash(fields, "approval_sha256"),
            hash(fields, "attestation_sha256"));
    fields.end();
    return entry;
  }

  private static String hash(JsonFields fields, String name) {
    String hash = fields.string(name);
    if (!Sha256.isHex(hash)) {
      throw new MalformedInput(fields.pointer(name), "must be a SHA-256 in lower-case hexadecimal");
    }
    return hash;
  }
}
