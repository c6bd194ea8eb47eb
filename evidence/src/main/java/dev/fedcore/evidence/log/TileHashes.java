package dev.fedcore.evidence.log;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.HashSource;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.EvidenceRejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The subtree hashes of a log of a given size, out of its tiles. Holds the last few tiles that it
/// read. Not for several threads.
public final class TileHashes implements HashSource {

  /// Tree levels in one tile.
  private static final int LEVELS_PER_TILE = 8;

  /// Tiles held, of 8 KiB each: a proof needs at most two a tile level.
  private static final int TILES_HELD_MAX = 32;

  private final TileSource source;
  private final long size;
  private final Map<String, byte[]> held = new LinkedHashMap<>();

  /// Hashes of the first `size` entries.
  public TileHashes(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /// The root of one subtree.
  ///
  /// @throws EvidenceRejected when the tile that must hold it is missing or has a wrong length
  @Override
  public byte[] hash(int level, long index) {
    int tileLevel = level / LEVELS_PER_TILE;
    int below = level % LEVELS_PER_TILE;
    long first = index << below;
    byte[] tile = tile(tileLevel, first / TilePath.FULL);
    int offset = (int) (first % TilePath.FULL);
    if ((offset + (1 << below)) * Sha256.BYTES > tile.length) {
      throw new EvidenceRejected("the log of size %,d does not reach that far".formatted(size));
    }
    return perfectRoot(tile, offset, 1 << below);
  }

  /// The root over `count` hashes, a power of two, in `tile` from hash `offset` on.
  static byte[] perfectRoot(byte[] tile, int offset, int count) {
    var hashes = new ArrayList<byte[]>(count);
    for (int i = offset; i < offset + count; i++) {
      hashes.add(Arrays.copyOfRange(tile, i * Sha256.BYTES, (i + 1) * Sha256.BYTES));
    }
    return MerkleTree.root(List.copyOf(hashes));
  }

  private byte[] tile(int level, long index) {
    int width = TilePath.width(level, index, size);
    if (width == 0) {
      throw new EvidenceRejected("the log of size %,d does not reach that far".formatted(size));
    }
    String path = TilePath.tile(level, index, width);
    byte[] known = held.get(path);
    if (known != null) {
      return known;
    }
    byte[] read = read(source, level, index, width);
    if (held.size() == TILES_HELD_MAX) {
      held.remove(held.keySet().iterator().next());
    }
    held.put(path, read);
    return read;
  }

  /// The first `width` hashes of a tile; out of the full one, where the partial one is gone.
  static byte[] read(TileSource source, int level, long index, int width) {
    String path = TilePath.tile(level, index, width);
    Optional<byte[]> partial = source.tile(path);
    if (partial.isPresent()) {
      return requireHashes(path, partial.get(), width);
    }
    String fullPath = TilePath.tile(level, index, TilePath.FULL);
    byte[] full =
        source
            .tile(fullPath)
            .orElseThrow(() -> new EvidenceRejected("the tile " + path + " is missing"));
    return Arrays.copyOf(requireHashes(fullPath, full, TilePath.FULL), width * Sha256.BYTES);
  }

  private static byte[] requireHashes(String path, byte[] tile, int width) {
    if (tile.length != width * Sha256.BYTES) {
      throw new EvidenceRejected(
          "the tile %s has %d bytes, not %d".formatted(path, tile.length, width * Sha256.BYTES));
    }
    return tile;
  }
}
