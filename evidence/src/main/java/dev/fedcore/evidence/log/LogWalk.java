package dev.fedcore.evidence.log;

import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.EvidenceRejected;
import java.util.List;
import java.util.function.Consumer;

/// All of a log, read again from its entries: which root they have, and which tiles do not follow
/// from them.
public final class LogWalk {

  /// Entries between two lines of progress: 256 bundles.
  private static final long PROGRESS_ENTRIES = 1 << 16;

  private final byte[] root;
  private final List<String> differences;

  private LogWalk(byte[] root, List<String> differences) {
    this.root = root;
    this.differences = List.copyOf(differences);
  }

  /// Reads the first `size` entries and every tile above them. Holds one bundle at a time.
  ///
  /// @throws EvidenceRejected when a bundle is missing or is not framed properly
  public static LogWalk over(TileSource tiles, long size, Consumer<String> progress) {
    var comparison = new TileComparison(tiles);
    for (long first = 0; first < size; first += TilePath.FULL) {
      EntryBundle.read(tiles, first / TilePath.FULL, size)
          .forEach(entry -> comparison.append(MerkleTree.leafHash(entry)));
      if (first > 0 && first % PROGRESS_ENTRIES == 0) {
        progress.accept("%,d of %,d entries read".formatted(first, size));
      }
    }
    return new LogWalk(comparison.root(), comparison.differences());
  }

  /// The root over the entries; 32 bytes.
  public byte[] root() {
    return root.clone();
  }

  /// Paths of tiles that are missing or differ.
  public List<String> differences() {
    return differences;
  }
}
