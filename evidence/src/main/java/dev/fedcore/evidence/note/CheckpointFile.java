package dev.fedcore.evidence.note;

import dev.fedcore.evidence.merkle.ConsistencyProof;
import dev.fedcore.evidence.merkle.HashSource;
import dev.fedcore.evidence.merkle.MerkleTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The newest signed checkpoint of one log, replaced atomically, and never by one that contradicts
/// it.
///
/// A signature leaves this class only when the file that holds it is durable, so that a crash can
/// not lead to two checkpoints that disagree. One writer at a time; readers may read the file
/// whenever they like.
public final class CheckpointFile {

  private final Path file;
  private final NoteSigner signer;
  private Optional<Published> last;

  private CheckpointFile(Path file, NoteSigner signer, Optional<Published> last) {
    this.file = file;
    this.signer = signer;
    this.last = last;
  }

  /// @param here whether it is in this file, and not in the other one only
  private record Published(Checkpoint checkpoint, String note, boolean here) {

    long size() {
      return checkpoint.size();
    }
  }

  /// Opens the file at its place in the log, which need not exist yet.
  ///
  /// @throws EvidenceRejected when a checkpoint is there that `signer` did not sign
  public static CheckpointFile open(Path file, NoteSigner signer) {
    return new CheckpointFile(file, signer, read(file, signer, true));
  }

  /// Opens the file, where the log may have come further in another one: the larger checkpoint of
  /// the two is not contradicted.
  ///
  /// @param other where the same log's checkpoints were signed at other times; need not exist
  /// @throws EvidenceRejected when a checkpoint is in either that `signer` did not sign
  public static CheckpointFile open(Path file, NoteSigner signer, Path other) {
    Optional<Published> here = read(file, signer, true);
    Optional<Published> there = read(other, signer, false);
    boolean isFurther =
        there.isPresent() && there.get().checkpoint.size() > here.map(Published::size).orElse(-1L);
    return new CheckpointFile(file, signer, isFurther ? there : here);
  }

  /// The checkpoint that was signed last.
  public synchronized Optional<Checkpoint> last() {
    return last.map(Published::checkpoint);
  }

  /// The signed note that was kept last.
  public synchronized Optional<String> lastNote() {
    return last.map(Published::note);
  }

  /// Signs and keeps `next`, and returns the signed note. Publishing the same once more gives the
  /// same note again.
  ///
  /// @param hashes subtree hashes of the tree that `next` describes; what they say is checked
  /// @throws EvidenceRejected when `next` is smaller than the last one, or does not contain it
  public synchronized String publish(Checkpoint next, HashSource hashes) {
    if (last.isPresent() && last.get().here && last.get().checkpoint.equals(next)) {
      return last.get().note;
    }
    requireRoot(next, hashes);
    if (last.isPresent()) {
      requireGrowth(last.get().checkpoint, next, hashes);
    }
    String note = signer.sign(next.text());
    DurableFile.replace(file, note.getBytes(StandardCharsets.UTF_8));
    last = Optional.of(new Published(next, note, true));
    return note;
  }

  private static Optional<Published> read(Path file, NoteSigner signer, boolean here) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] note = Files.readAllBytes(file);
      String text = Note.open(note, List.of(NoteVerifier.parse(signer.verifierKey())));
      return Optional.of(
          new Published(Checkpoint.parse(text), new String(note, StandardCharsets.UTF_8), here));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireRoot(Checkpoint next, HashSource hashes) {
    if (!Arrays.equals(MerkleTree.root(hashes, next.size()), next.root())) {
      throw new EvidenceRejected("the tree does not have the root of the checkpoint to sign");
    }
  }

  private static void requireGrowth(Checkpoint from, Checkpoint to, HashSource hashes) {
    if (!from.origin().equals(to.origin())) {
      throw new EvidenceRejected("the checkpoint to sign is of another log: " + to.origin());
    }
    if (to.size() < from.size()) {
      throw new EvidenceRejected(
          "the log would shrink from %d to %d".formatted(from.size(), to.size()));
    }
    if (from.size() == 0) {
      return; // every tree begins with the empty one
    }
    var proof = ConsistencyProof.build(hashes, from.size(), to.size());
    if (!proof.verify(from.root(), to.root())) {
      throw new EvidenceRejected(
          "size %d is not a continuation of size %d".formatted(to.size(), from.size()));
    }
  }
}
