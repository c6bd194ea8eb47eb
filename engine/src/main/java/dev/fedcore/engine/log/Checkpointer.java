package dev.fedcore.engine.log;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.TileHashes;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointFile;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteSigner;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Follows the ledger: appends the hashes of new entries to the tree, makes the tiles durable, and
/// then publishes a checkpoint over them.
///
/// Each call of [#catchUp] goes as far as the ledger does at that moment. Called at least once a
/// second, it keeps every entry under a checkpoint a second after it was written (DESIGN section
/// 6). Safe for use by many threads; they take turns.
public final class Checkpointer {

  /// How many of the newest entries are compared with the tree at the start. Older ones are checked
  /// by `fedcore verify`.
  private static final long TAIL_ENTRIES = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Ledger ledger;
  private final Path directory;
  private final TileLog log;
  private final CheckpointFile file;
  private final NoteSigner signer;
  private final Optional<Publication> publication;
  private boolean isTold;

  private Checkpointer(
      Ledger ledger, Path directory, NoteSigner signer, Optional<Publication> publication) {
    this.ledger = ledger;
    this.directory = directory;
    this.file = file(directory, signer, publication.isPresent());
    this.log =
        file.last()
            .map(last -> TileLog.open(directory, last))
            .orElseGet(() -> TileLog.open(directory, 0));
    this.signer = signer;
    this.publication = publication;
    requireSameTail();
  }

  /// Whether others make checkpoints public may change between two starts, and neither file may be
  /// contradicted.
  private static CheckpointFile file(
      Path directory, NoteSigner signer, boolean isPublishedByOthers) {
    Path published = directory.resolve(TileLog.CHECKPOINT);
    Path signed = directory.resolve(Publication.SIGNED);
    return isPublishedByOthers
        ? CheckpointFile.open(signed, signer, published)
        : CheckpointFile.open(published, signer, signed);
  }

  /// Opens the log in `directory`, where its last checkpoint left it.
  ///
  /// @param signer its name is the log's origin
  /// @throws dev.fedcore.evidence.note.EvidenceRejected if tiles, checkpoint and key do not belong
  ///   together
  public static Checkpointer open(Ledger ledger, Path directory, NoteSigner signer) {
    return new Checkpointer(ledger, directory, signer, Optional.empty());
  }

  /// Opens the log where somebody else makes its checkpoints public, with whatever that takes.
  public static Checkpointer open(
      Ledger ledger, Path directory, NoteSigner signer, Publication publication) {
    return new Checkpointer(ledger, directory, signer, Optional.of(publication));
  }

  /// Signs a checkpoint over everything that the ledger holds by now, and publishes it. Without
  /// anything new it does nothing, but for the first checkpoint of all, and the first turn.
  public void catchUp() {
    lock.lock();
    try {
      List<byte[]> hashes = ledger.hashes(log.size(), Ledger.ROWS_MAX);
      boolean isBehind = !hashes.isEmpty() || file.last().isEmpty();
      while (!hashes.isEmpty()) {
        log.append(hashes);
        hashes =
            hashes.size() < Ledger.ROWS_MAX
                ? List.of()
                : ledger.hashes(log.size(), Ledger.ROWS_MAX);
      }
      if (isBehind || !isTold) {
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many entries the published checkpoint covers.
  public long publishedSize() {
    return publication
        .map(Publication::publishedSize)
        .orElseGet(() -> file.last().map(Checkpoint::size).orElse(0L));
  }

  /// The ledger must hold what the last checkpoint was signed over; its newest entries are
  /// compared.
  private void requireSameTail() {
    long size = log.size();
    if (ledger.size() < size) {
      throw new EvidenceRejected(
          "the ledger holds %d entries, and its checkpoint was signed over %d: entries are missing"
              .formatted(ledger.size(), size));
    }
    long from = Math.max(0, size - TAIL_ENTRIES);
    var tiles = new TileHashes(new DirectoryTiles(directory), size);
    List<byte[]> tail = ledger.hashes(from, (int) (size - from));
    for (int i = 0; i < tail.size(); i++) {
      byte[] leaf = tiles.hash(0, from + i);
      if (!Arrays.equals(MerkleTree.leafHash(tail.get(i)), leaf)) {
        throw new EvidenceRejected(
            "entry %d of the ledger is not the one its checkpoint was signed over"
                .formatted(from + i));
      }
    }
  }

  private void publish() {
    log.flush();
    var tiles = new TileHashes(new DirectoryTiles(directory), log.size());
    var checkpoint = new Checkpoint(signer.name(), log.size(), log.root());
    isTold = false;
    file.publish(checkpoint, tiles);
    publication.ifPresent(others -> others.signed(checkpoint, signer.sign(checkpoint.text())));
    isTold = true;
    log.removeSupersededPartials(publishedSize());
  }
}
