package dev.fedcore.cli.offline;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.TlogProof;
import java.nio.charset.StandardCharsets;

/// Checks one checkpoint or one inclusion proof, offline.
public final class ProofCheck {

  private static final String PROOF_HEADER = "c2sp.org/tlog-proof@";

  private ProofCheck() {}

  /// Whether `file` says that it is a tlog-proof.
  public static boolean isProof(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).startsWith(PROOF_HEADER);
  }

  /// Verifies a signed checkpoint.
  public static Checkpoint checkpoint(byte[] note, CheckpointTrust trust) {
    try {
      return trust.open(note);
    } catch (EvidenceRejected e) {
      throw rejected("the checkpoint does not verify", e);
    }
  }

  /// Verifies that the entry of that hash is in the log.
  public static Checkpoint proof(byte[] file, String entryHash, CheckpointTrust trust) {
    try {
      return TlogProof.parse(file).verify(Sha256.parseHex(entryHash), trust);
    } catch (EvidenceRejected e) {
      throw rejected("the proof does not verify", e);
    }
  }

  static Failure rejected(String what, EvidenceRejected why) {
    return new Failure(ExitCode.FAILED, what + ": " + why.reason());
  }
}
