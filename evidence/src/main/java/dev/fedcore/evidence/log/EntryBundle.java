package dev.fedcore.evidence.log;

import dev.fedcore.evidence.note.EvidenceRejected;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Up to 256 entries in one file, each after its length as a big-endian `uint16`.
///
/// @see <a href="https://c2sp.org/tlog-tiles#log-entries">C2SP tlog-tiles, "Log Entries"</a>
public final class EntryBundle {

  /// The longest entry, in bytes: what a `uint16` can say.
  public static final int ENTRY_BYTES_MAX = (1 << 16) - 1;

  private static final int LENGTH_BYTES = 2;

  private EntryBundle() {}

  /// The entries of bundle `index` of a log of `size` entries, at most 256.
  ///
  /// @throws EvidenceRejected when the bundle is missing or is not framed properly
  public static List<byte[]> read(TileSource source, long index, long size) {
    int width = TilePath.width(0, index, size);
    if (width == 0) {
      throw new EvidenceRejected("the log of size %,d has no bundle %d".formatted(size, index));
    }
    String path = TilePath.entries(index, width);
    Optional<byte[]> partial = source.tile(path);
    byte[] bytes =
        partial
            .or(() -> source.tile(TilePath.entries(index, TilePath.FULL)))
            .orElseThrow(() -> new EvidenceRejected("the bundle " + path + " is missing"));
    int expected = partial.isPresent() ? width : TilePath.FULL;
    List<byte[]> entries = parse(bytes);
    if (entries.size() != expected) {
      throw new EvidenceRejected(
          "the bundle %s has %d entries, not %d".formatted(path, entries.size(), expected));
    }
    return entries.subList(0, width);
  }

  static byte[] format(List<byte[]> entries) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      bytes.write(entry.length >>> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  static List<byte[]> parse(byte[] bundle) {
    var entries = new ArrayList<byte[]>();
    int at = 0;
    while (at < bundle.length) {
      int start = at + LENGTH_BYTES;
      int end =
          start > bundle.length
              ? start
              : start + (((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff));
      if (end > bundle.length) {
        throw new EvidenceRejected("an entry bundle is cut off");
      }
      entries.add(Arrays.copyOfRange(bundle, start, end));
      at = end;
    }
    return entries;
  }
}
