package dev.fedcore.evidence.log;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unfinished tile of each level: all of a log that must be held to make it grow, at most 64
/// KiB.
final class RightEdge {

  /// Told of each tile that is full, lowest level first.
  @FunctionalInterface
  interface FullTiles {
    void accept(int level, long index, byte[] hashes);
  }

  private final List<PartialTile> levels = new ArrayList<>();
  private long size;

  /// The unfinished tile of a level, which may be empty.
  private static final class PartialTile {
    private final byte[] hashes = new byte[TilePath.FULL * Sha256.BYTES];
    private long index;
    private int width;
  }

  /// Takes up a log of that size where it was left, and checks that its tiles fit together.
  static RightEdge load(TileSource tiles, long size) {
    var edge = new RightEdge();
    edge.size = size;
    var source = new TileHashes(tiles, size);
    for (int level = 0; size >>> (8 * level) > 0 && level < TilePath.LEVELS_MAX; level++) {
      var tile = edge.level(level);
      long hashes = size >>> (8 * level);
      tile.index = hashes / TilePath.FULL;
      tile.width = (int) (hashes % TilePath.FULL);
      for (int i = 0; i < tile.width; i++) {
        byte[] hash = source.hash(8 * level, tile.index * TilePath.FULL + i);
        System.arraycopy(hash, 0, tile.hashes, i * Sha256.BYTES, Sha256.BYTES);
      }
    }
    return edge;
  }

  long size() {
    return size;
  }

  void append(byte[] leafHash, FullTiles full) {
    size++;
    byte[] hash = leafHash;
    for (int level = 0; ; level++) {
      var tile = level(level);
      System.arraycopy(hash, 0, tile.hashes, tile.width * Sha256.BYTES, Sha256.BYTES);
      tile.width++;
      if (tile.width < TilePath.FULL) {
        return;
      }
      full.accept(level, tile.index, tile.hashes.clone());
      hash = TileHashes.perfectRoot(tile.hashes, 0, TilePath.FULL);
      tile.index++;
      tile.width = 0;
    }
  }

  int levels() {
    return levels.size();
  }

  long index(int level) {
    return levels.get(level).index;
  }

  int width(int level) {
    return levels.get(level).width;
  }

  /// The hashes of a level's unfinished tile; a copy.
  byte[] hashes(int level) {
    var tile = levels.get(level);
    return Arrays.copyOf(tile.hashes, tile.width * Sha256.BYTES);
  }

  /// The root over all leaves so far.
  byte[] root() {
    byte[] root = null;
    for (PartialTile tile : levels) {
      root = join(tile, root);
    }
    return root == null ? MerkleTree.emptyRoot() : root;
  }

  /// Joins what is right of it to the perfect subtrees of one tile, smallest first.
  private static byte @Nullable [] join(PartialTile tile, byte @Nullable [] right) {
    byte[] root = right;
    int rest = tile.width;
    while (rest > 0) {
      int count = Integer.lowestOneBit(rest);
      rest -= count;
      byte[] left = TileHashes.perfectRoot(tile.hashes, rest, count);
      root = root == null ? left : MerkleTree.nodeHash(left, root);
    }
    return root;
  }

  private PartialTile level(int level) {
    if (level == levels.size()) {
      levels.add(new PartialTile());
    }
    return levels.get(level);
  }
}
