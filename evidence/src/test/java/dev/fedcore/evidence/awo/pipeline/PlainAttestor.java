package dev.fedcore.evidence.awo.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.Arrays;
import java.util.List;

/// Attests without a signature, and whatever it is given: what is left when an attestor does not
/// verify. It still binds what it attests, so that a chain holds.
///
/// @param namesReviewer whether the reviewer's hash is in the attestation
record PlainAttestor(boolean namesReviewer) implements Attestor {

  @Override
  public List<Finding> attest(Workspace staged, Workspace target, RunName run) {
    Workspace.write(
        staged.attestations(run).resolve(ATTESTATION), attestation(staged.snapshot(run)));
    return List.of();
  }

  @Override
  public List<Finding> verify(Workspace workspace, RunName run) {
    byte[] expected = attestation(workspace.snapshot(run));
    byte[] actual = Workspace.read(workspace.attestations(run).resolve(ATTESTATION));
    return Arrays.equals(expected, actual)
        ? List.of()
        : List.of(new Finding(AwoCode.ATT_002, ATTESTATION, "it is of another approval"));
  }

  private byte[] attestation(Snapshot run) {
    byte[] approval = run.file(HashedRegion.APPROVAL).orElse(new byte[0]);
    String reviewer = approval.length == 0 ? "" : approvedBy(approval);
    var attestation = JsonObject.builder().put("approval", Sha256.hex(approval));
    if (namesReviewer) {
      attestation.put("reviewer_identity_sha256", Sha256.hex(reviewer.getBytes(UTF_8)));
    }
    return attestation.build().canonicalBytes();
  }

  private static String approvedBy(byte[] approval) {
    return Approval.parse(approval).approvedBy();
  }
}
