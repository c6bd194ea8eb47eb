package dev.fedcore.evidence.merkle;

/// Roots of ranges of leaves that begin where a subtree begins.
final class Subtrees {

  private Subtrees() {}

  /// The root over `size` leaves from `from` on; `from` is a multiple of a power of two that is not
  /// below `size`. Asks for one hash per set bit of `size`.
  static byte[] root(HashSource hashes, long from, long size) {
    if (size == Long.highestOneBit(size)) {
      int level = Long.numberOfTrailingZeros(size);
      return hashes.hash(level, from >>> level);
    }
    long left = split(size);
    return MerkleTree.nodeHash(root(hashes, from, left), root(hashes, from + left, size - left));
  }

  /// The largest power of two below `size`, which is at least 2.
  static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
