package dev.fedcore.evidence.log;

import dev.fedcore.evidence.merkle.ConsistencyProof;
import dev.fedcore.evidence.merkle.InclusionProof;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.EvidenceRejected;

/// Proofs out of a log's tiles, without its entries. Each reads a few tiles, whatever the size.
public final class LogProofs {

  private LogProofs() {}

  /// That the entry at `index` is among the first `size`.
  ///
  /// @throws EvidenceRejected when tiles are missing
  /// @throws IllegalArgumentException when there is no such entry
  public static InclusionProof inclusion(TileSource tiles, long index, long size) {
    return InclusionProof.build(new TileHashes(tiles, size), index, size);
  }

  /// That the log of size `to` begins with the log of size `from`.
  ///
  /// @throws EvidenceRejected when tiles are missing
  /// @throws IllegalArgumentException unless 1 ≤ `from` ≤ `to`
  public static ConsistencyProof consistency(TileSource tiles, long from, long to) {
    return ConsistencyProof.build(new TileHashes(tiles, to), from, to);
  }

  /// The root over the first `size` entries; of no entries, the empty root.
  ///
  /// @throws EvidenceRejected when tiles are missing
  public static byte[] root(TileSource tiles, long size) {
    return MerkleTree.root(new TileHashes(tiles, size), size);
  }
}
