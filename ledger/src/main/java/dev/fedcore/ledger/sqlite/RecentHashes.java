package dev.fedcore.ledger.sqlite;

import dev.fedcore.evidence.hash.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The hashes of the entries that were committed last, for whoever follows the log closely: it need
/// not read back what was written a moment ago. Safe for use by many threads.
///
/// Kept in one array, since as many small objects would outlive every young collection.
final class RecentHashes {

  /// More than a second of writing at full speed, in 2.5 MB.
  static final int ENTRIES_MAX = 65_536;

  private static final long NONE = Long.MIN_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final long[] indices = new long[ENTRIES_MAX];
  private final byte[] hashes = new byte[ENTRIES_MAX * Sha256.BYTES];

  RecentHashes() {
    Arrays.fill(indices, NONE);
  }

  /// Remembers the hashes of entries that follow on each other. To be told after the commit.
  void add(long firstIndex, List<byte[]> fresh) {
    lock.lock();
    try {
      long index = firstIndex;
      for (byte[] hash : fresh) {
        int slot = slot(index);
        indices[slot] = index++;
        System.arraycopy(hash, 0, hashes, slot * Sha256.BYTES, Sha256.BYTES);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The hashes from `fromIndex` on, up to the first that is not remembered. Where they end says
  /// nothing of where the log does: what was committed may be told of a moment later.
  List<byte[]> from(long fromIndex, int limit) {
    var found = new ArrayList<byte[]>();
    lock.lock();
    try {
      int slot = slot(fromIndex);
      while (found.size() < limit && indices[slot] == fromIndex + found.size()) {
        int at = slot * Sha256.BYTES;
        found.add(Arrays.copyOfRange(hashes, at, at + Sha256.BYTES));
        slot = slot(fromIndex + found.size());
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private static int slot(long index) {
    return Math.floorMod(index, ENTRIES_MAX);
  }
}
