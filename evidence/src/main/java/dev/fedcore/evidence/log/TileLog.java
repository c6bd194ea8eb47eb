package dev.fedcore.evidence.log;

import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The writer of a log in a directory. Appends in memory, and makes durable with [#flush()]; a
/// checkpoint may be published for what was flushed, and not before.
///
/// Holds the right edge of the tree and what was not flushed, at most 64 KiB and 1,024 files.
/// Whoever reopens a log appends again what came after its checkpoint, and gets the same files:
/// nothing that a checkpoint covers is ever changed. One writer at a time, in one thread; readers
/// need no leave.
public final class TileLog {

  /// Where the checkpoint is, in the log's directory.
  public static final String CHECKPOINT = "checkpoint";

  /// Full tiles and bundles held before they are written without waiting for a flush: 8 MiB or so,
  /// 130,000 entries.
  private static final int PENDING_MAX = 1_024;

  private final Path directory;
  private final RightEdge edge;
  private final List<byte[]> bundle;
  private final PendingFiles pending;
  private long flushedSize;

  private TileLog(Path directory, RightEdge edge, List<byte[]> bundle) {
    this.directory = directory;
    this.edge = edge;
    this.bundle = new ArrayList<>(bundle);
    this.pending = new PendingFiles(directory);
    this.flushedSize = edge.size();
  }

  /// Opens the log at the size that its checkpoint names; without one, at size 0.
  ///
  /// @throws EvidenceRejected when the tiles do not lead to the checkpoint's root
  public static TileLog open(Path directory) {
    Path file = directory.resolve(CHECKPOINT);
    if (!Files.exists(file)) {
      return open(directory, 0);
    }
    try {
      return open(directory, Checkpoint.parse(Note.parse(Files.readAllBytes(file)).text()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /// Opens the log where `checkpoint` was signed.
  ///
  /// @throws EvidenceRejected when the tiles do not lead to the checkpoint's root
  public static TileLog open(Path directory, Checkpoint checkpoint) {
    var log = open(directory, checkpoint.size());
    if (!Arrays.equals(log.root(), checkpoint.root())) {
      throw new EvidenceRejected("the log's tiles do not have the root of its checkpoint");
    }
    return log;
  }

  /// Opens the log at `size`, whatever files are there beyond; they are written again as the log
  /// grows.
  ///
  /// @throws EvidenceRejected when tiles are missing or do not fit together
  public static TileLog open(Path directory, long size) {
    var tiles = new DirectoryTiles(directory);
    var edge = RightEdge.load(tiles, size);
    requireFittingLevels(tiles, edge);
    int width = (int) (size % TilePath.FULL);
    List<byte[]> bundle =
        width == 0 ? List.of() : EntryBundle.read(tiles, size / TilePath.FULL, size);
    requireFittingBundle(bundle, edge);
    return new TileLog(directory, edge, bundle);
  }

  /// How many entries were appended, flushed or not.
  public long size() {
    return edge.size();
  }

  /// How many entries are durable.
  public long flushedSize() {
    return flushedSize;
  }

  /// The root over all entries so far.
  public byte[] root() {
    return edge.root();
  }

  /// Appends entries in order.
  ///
  /// @param entries leaf data, at most 65,535 bytes each
  /// @throws IllegalArgumentException when one is longer; then none is appended
  public void append(List<byte[]> entries) {
    for (byte[] entry : entries) {
      if (entry.length > EntryBundle.ENTRY_BYTES_MAX) {
        throw new IllegalArgumentException(
            "entry has %,d bytes, at most %,d fit"
                .formatted(entry.length, EntryBundle.ENTRY_BYTES_MAX));
      }
    }
    for (byte[] entry : entries) {
      append(entry);
    }
  }

  /// Makes all entries durable: bundles and tiles, then their names.
  public void flush() {
    if (flushedSize == edge.size()) {
      return;
    }
    if (!bundle.isEmpty()) {
      pending.bundle(TilePath.entries(edge.index(0), bundle.size()), EntryBundle.format(bundle));
    }
    for (int level = 0; level < edge.levels(); level++) {
      if (edge.width(level) > 0) {
        pending.partial(
            TilePath.tile(level, edge.index(level), edge.width(level)), edge.hashes(level));
      }
    }
    pending.write();
    pending.sync();
    flushedSize = edge.size();
  }

  /// Removes the partial tiles of tiles that are full and durable by now.
  ///
  /// @param publishedSize of the newest checkpoint; partial tiles of tiles that it does not fill
  ///   stay, since readers may ask for them
  public void removeSupersededPartials(long publishedSize) {
    pending.removePartials(Math.min(publishedSize, flushedSize));
  }

  @Override
  public String toString() {
    return "log of %,d entries in %s".formatted(size(), directory.getFileName());
  }

  private void append(byte[] entry) {
    bundle.add(entry.clone());
    long bundleIndex = edge.size() / TilePath.FULL;
    edge.append(
        MerkleTree.leafHash(entry),
        (level, index, hashes) ->
            pending.fullTile(level, index, TilePath.tile(level, index, TilePath.FULL), hashes));
    if (bundle.size() == TilePath.FULL) {
      pending.bundle(TilePath.entries(bundleIndex, TilePath.FULL), EntryBundle.format(bundle));
      bundle.clear();
      if (pending.count() >= PENDING_MAX) {
        pending.write();
      }
    }
  }

  private static void requireFittingLevels(TileSource tiles, RightEdge edge) {
    for (int level = 1; level < edge.levels(); level++) {
      if (edge.width(level) == 0) {
        continue;
      }
      int last = edge.width(level) - 1;
      long below = edge.index(level) * TilePath.FULL + last;
      byte[] tile = TileHashes.read(tiles, level - 1, below, TilePath.FULL);
      byte[] expected = TileHashes.perfectRoot(edge.hashes(level), last, 1);
      if (!Arrays.equals(TileHashes.perfectRoot(tile, 0, TilePath.FULL), expected)) {
        throw new EvidenceRejected("tiles at level %d and below do not fit".formatted(level));
      }
    }
  }

  private static void requireFittingBundle(List<byte[]> bundle, RightEdge edge) {
    for (int i = 0; i < bundle.size(); i++) {
      byte[] expected = TileHashes.perfectRoot(edge.hashes(0), i, 1);
      if (!Arrays.equals(MerkleTree.leafHash(bundle.get(i)), expected)) {
        throw new EvidenceRejected(
            "entry %d of the last bundle does not fit its tile".formatted(i));
      }
    }
  }
}
