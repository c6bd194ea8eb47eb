package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Arrays;

/// `approval.json`: who approved exactly what. It has no clock, so that it is the same each time.
///
/// @param approvedBy the reviewer whom gate 2 judged
/// @param orchestrator who made the run
/// @param gate2Sha256 SHA-256 of gate 2's verdict
/// @param sha256Root SHA-256 of the run's sums
/// @param workflowRunUrl where the pipeline ran; "" outside of one
record Approval(
    String runId,
    String approvedBy,
    String orchestrator,
    String gate2Sha256,
    String sha256Root,
    String commit,
    String workflowRunUrl) {

  JsonObject document() {
    return JsonObject.builder()
        .put("approved_by", approvedBy)
        .put("commit", commit)
        .put("gate2_sha256", gate2Sha256)
        .put("orchestrator", orchestrator)
        .put("run_id", runId)
        .put("sha256_root", sha256Root)
        .put("workflow_run_url", workflowRunUrl)
        .build();
  }

  /// Reads an approval.
  ///
  /// @throws MalformedInput when `bytes` is not exactly the canonical form of one
  static Approval parse(byte[] bytes) {
    var fields = JsonFields.of(JsonReader.readObject(bytes, JsonLimits.DEFAULT), "");
    var approval =
        new Approval(
            fields.string("run_id"),
            fields.string("approved_by"),
            fields.string("orchestrator"),
            fields.string("gate2_sha256"),
            fields.string("sha256_root"),
            fields.string("commit"),
            fields.string("workflow_run_url"));
    fields.end();
    if (!Arrays.equals(approval.document().canonicalBytes(), bytes)) {
      throw new MalformedInput("", "is not in canonical form");
    }
    return approval;
  }
}
