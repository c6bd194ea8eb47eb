package dev.fedcore.evidence.log;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.EvidenceRejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Compares every hash tile of a log with what its leaves say it must be.
///
/// A root alone is made from a few tiles; this reads them all.
public final class TileComparison {

  private final TileSource tiles;
  private final RightEdge edge = new RightEdge();
  private final List<String> differences = new ArrayList<>();

  TileComparison(TileSource tiles) {
    this.tiles = tiles;
  }

  /// The paths of the tiles that are missing, or differ, for a log of just these leaves.
  ///
  /// @param leafHashes all leaf hashes, in log order
  public static List<String> differences(TileSource tiles, List<byte[]> leafHashes) {
    var comparison = new TileComparison(tiles);
    leafHashes.forEach(comparison::append);
    return comparison.differences();
  }

  /// Takes the next leaf hash, and compares each tile that it fills.
  void append(byte[] leafHash) {
    edge.append(leafHash, this::compare);
  }

  /// The root over the leaves so far.
  byte[] root() {
    return edge.root();
  }

  /// Compares the unfinished tiles too, and gives the paths of all that differ. To be called once.
  List<String> differences() {
    for (int level = 0; level < edge.levels(); level++) {
      if (edge.width(level) > 0) {
        compare(level, edge.index(level), edge.hashes(level));
      }
    }
    return List.copyOf(differences);
  }

  private void compare(int level, long index, byte[] expected) {
    int width = expected.length / Sha256.BYTES;
    if (!Arrays.equals(read(level, index, width), expected)) {
      differences.add(TilePath.tile(level, index, width));
    }
  }

  private byte[] read(int level, long index, int width) {
    try {
      return TileHashes.read(tiles, level, index, width);
    } catch (EvidenceRejected e) {
      return new byte[0];
    }
  }
}
