package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.Arrays;
import java.util.Optional;

/// What an attestation takes from `approval.json`.
///
/// @param hash the SHA-256 of the file
/// @param orchestrator who made the run, where the file says it
record Approval(
    String hash,
    String approvedBy,
    Optional<String> orchestrator,
    Optional<String> workflowRunUrl) {

  /// Reads the approval of a run, or finds why it binds nothing.
  ///
  /// @param root the run's SHA256 root
  static Optional<Approval> read(String runId, Snapshot run, String root, Findings findings) {
    Optional<byte[]> file = run.file(HashedRegion.APPROVAL);
    if (file.isEmpty()) {
      findings.add(AwoCode.STR_001, HashedRegion.APPROVAL, "nobody has approved this run");
      return Optional.empty();
    }
    Optional<JsonObject> canonical = canonical(file.get(), findings);
    return canonical.flatMap(json -> of(json, Sha256.hex(file.get()), runId, root, findings));
  }

  private static Optional<JsonObject> canonical(byte[] file, Findings findings) {
    try {
      JsonObject json = JsonReader.readObject(file, JsonLimits.DEFAULT);
      if (findings.require(
          Arrays.equals(json.canonicalBytes(), file),
          AwoCode.ATT_002,
          HashedRegion.APPROVAL,
          "it is not in canonical form")) {
        return Optional.of(json);
      }
    } catch (MalformedInput e) {
      findings.add(AwoCode.ATT_002, HashedRegion.APPROVAL, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<Approval> of(
      JsonObject json, String hash, String runId, String root, Findings findings) {
    String approvedBy = text(json, "approved_by").orElse("");
    boolean bound =
        findings.require(
            text(json, "run_id").equals(Optional.of(runId)),
            AwoCode.ATT_002,
            HashedRegion.APPROVAL,
            "its run_id is not that of this run");
    bound &=
        findings.require(
            text(json, "sha256_root").equals(Optional.of(root)),
            AwoCode.ATT_002,
            HashedRegion.APPROVAL,
            "its sha256_root is not the SHA-256 of SHA256SUMS.txt, " + root);
    bound &=
        findings.require(
            !approvedBy.isBlank(),
            AwoCode.ATT_001,
            HashedRegion.APPROVAL,
            "its approved_by names nobody");
    if (!bound) {
      return Optional.empty();
    }
    return Optional.of(
        new Approval(hash, approvedBy, text(json, "orchestrator"), text(json, "workflow_run_url")));
  }

  static Optional<String> text(JsonObject json, String name) {
    return json.get(name).orElse(null) instanceof JsonString(String value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
