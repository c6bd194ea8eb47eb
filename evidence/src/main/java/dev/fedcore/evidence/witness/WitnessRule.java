package dev.fedcore.evidence.witness;

import dev.fedcore.evidence.merkle.ConsistencyProof;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a witness answers. Pure: who asks this keeps what it decides, in one transaction with what
/// it read, before the cosignature leaves.
///
/// @see <a href="https://c2sp.org/tlog-witness#add-checkpoint">C2SP tlog-witness</a>
public final class WitnessRule {

  private WitnessRule() {}

  /// What becomes of a request that a known log has signed.
  public sealed interface Verdict {

    /// Cosign, and remember this checkpoint instead of the last.
    record Cosign() implements Verdict {}

    /// The old size is larger than the checkpoint's.
    record Backwards() implements Verdict {}

    /// The old size is not what was cosigned last.
    ///
    /// @param size what was cosigned last; 0 for nothing
    record Stale(long size) implements Verdict {}

    /// The log has signed another root for the size that was cosigned last.
    record Fork(long size) implements Verdict {}

    /// The hashes do not prove that the last tree has grown into this one.
    record Unproven(String why) implements Verdict {}
  }

  /// The signature lines of those `keys` that signed the checkpoint, each by its origin's name;
  /// none when none did.
  ///
  /// @param keys of the logs that a witness knows by the checkpoint's origin
  public static List<SignatureLine> signed(AddCheckpoint request, List<NoteVerifier> keys) {
    var lines = new ArrayList<SignatureLine>();
    for (NoteVerifier key : keys) {
      try {
        request.note().signatureOf(key).ifPresent(lines::add);
      } catch (EvidenceRejected _) {
        return List.of(); // a known key's bad signature spoils the note
      }
    }
    return lines;
  }

  /// Judges a request.
  ///
  /// @param latest what was cosigned last for this origin
  public static Verdict judge(AddCheckpoint request, Optional<Checkpoint> latest) {
    Checkpoint next = request.checkpoint();
    if (request.oldSize() > next.size()) {
      return new Verdict.Backwards();
    }
    long known = latest.map(Checkpoint::size).orElse(0L);
    if (request.oldSize() != known) {
      return new Verdict.Stale(known);
    }
    if (latest.isPresent() && known == next.size()) {
      return sameSize(request, latest.get());
    }
    if (known == 0) {
      return fromNothing(request);
    }
    var proof = new ConsistencyProof(known, next.size(), request.proof());
    return proof.verify(latest.orElseThrow().root(), next.root())
        ? new Verdict.Cosign()
        : new Verdict.Unproven(
            "the proof does not lead from size %d to size %d".formatted(known, next.size()));
  }

  private static Verdict sameSize(AddCheckpoint request, Checkpoint latest) {
    if (!Arrays.equals(latest.root(), request.checkpoint().root())) {
      return new Verdict.Fork(latest.size());
    }
    return request.proof().isEmpty()
        ? new Verdict.Cosign()
        : new Verdict.Unproven("between equal sizes there is nothing to prove");
  }

  /// Every tree begins with the empty one, so there is nothing to prove, and nothing may be.
  private static Verdict fromNothing(AddCheckpoint request) {
    if (!request.proof().isEmpty()) {
      return new Verdict.Unproven("from size 0 there is nothing to prove");
    }
    boolean isRoot =
        request.checkpoint().size() > 0
            || Arrays.equals(request.checkpoint().root(), MerkleTree.emptyRoot());
    return isRoot
        ? new Verdict.Cosign()
        : new Verdict.Unproven("that is not the root of an empty tree");
  }
}
