package dev.fedcore.ledger.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The hashes of the entries that were committed last, for whoever follows the log closely: it need
/// not read back what was written a moment ago. Safe for use by many threads.
final class RecentHashes {

  /// Two seconds of writing at full speed, in about 5 MB.
  private static final int ENTRIES_MAX = 65_536;

  private final AtomicReferenceArray<Hashed> ring = new AtomicReferenceArray<>(ENTRIES_MAX);

  /// A hash and the index of its entry.
  private static final class Hashed {

    private final long index;
    private final byte[] hash;

    Hashed(long index, byte[] hash) {
      this.index = index;
      this.hash = hash;
    }
  }

  /// Remembers the hashes of entries that follow on each other. To be told after the commit.
  void add(long firstIndex, List<byte[]> hashes) {
    long index = firstIndex;
    for (byte[] hash : hashes) {
      ring.set(slot(index), new Hashed(index, hash));
      index++;
    }
  }

  /// The hashes from `fromIndex` on, up to the first that is not remembered. Where they end says
  /// nothing of where the log does: what was committed may be told of a moment later.
  List<byte[]> from(long fromIndex, int limit) {
    var hashes = new ArrayList<byte[]>();
    Hashed next = ring.get(slot(fromIndex));
    while (next != null && next.index == fromIndex + hashes.size() && hashes.size() < limit) {
      hashes.add(next.hash.clone());
      next = ring.get(slot(fromIndex + hashes.size()));
    }
    return hashes;
  }

  private static int slot(long index) {
    return Math.floorMod(index, ENTRIES_MAX);
  }
}
