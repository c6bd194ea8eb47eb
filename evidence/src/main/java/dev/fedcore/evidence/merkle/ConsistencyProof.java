package dev.fedcore.evidence.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The hashes that prove that a tree begins with all leaves of an older one, unchanged.
///
/// @param from size of the older tree; a proof from an empty one is no proof, and never verifies
/// @param to size of the newer tree
/// @param hashes 32 bytes each; at most 64
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4">RFC 9162, 2.1.4</a>
public record ConsistencyProof(long from, long to, List<byte[]> hashes) {

  public ConsistencyProof {
    hashes = List.copyOf(hashes);
  }

  /// Makes the proof between the first `from` and the first `to` leaves.
  ///
  /// @throws IllegalArgumentException unless 1 ≤ `from` ≤ `to`
  public static ConsistencyProof build(HashSource source, long from, long to) {
    if (from < 1 || from > to) {
      throw new IllegalArgumentException("no consistency from %d to %d".formatted(from, to));
    }
    var rootToLeaf = new ArrayList<byte[]>();
    long start = 0;
    long old = from;
    long width = to;
    while (old < width) {
      long left = Subtrees.split(width);
      if (old <= left) {
        rootToLeaf.add(Subtrees.root(source, start + left, width - left));
        width = left;
      } else {
        rootToLeaf.add(Subtrees.root(source, start, left));
        start += left;
        old -= left;
        width -= left;
      }
    }
    if (start > 0) {
      rootToLeaf.add(Subtrees.root(source, start, width));
    }
    return new ConsistencyProof(from, to, rootToLeaf.reversed());
  }

  /// Whether this proves that the tree with `toRoot` begins with the one with `fromRoot`.
  ///
  /// Follows RFC 9162, 2.1.4.2 to the letter.
  public boolean verify(byte[] fromRoot, byte[] toRoot) {
    if (from < 1 || from > to) {
      return false;
    }
    if (from == to) {
      return hashes.isEmpty() && Arrays.equals(fromRoot, toRoot);
    }
    var path = new ArrayList<>(hashes);
    if (from == Long.highestOneBit(from)) {
      path.addFirst(fromRoot);
    }
    if (path.isEmpty()) {
      return false;
    }
    int shift = Long.numberOfTrailingZeros(~(from - 1));
    return climb(path, (from - 1) >>> shift, (to - 1) >>> shift, fromRoot, toRoot);
  }

  private static boolean climb(
      List<byte[]> path, long oldNode, long lastNode, byte[] fromRoot, byte[] toRoot) {
    long node = oldNode;
    long last = lastNode;
    byte[] older = path.getFirst();
    byte[] newer = path.getFirst();
    for (byte[] hash : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = MerkleTree.nodeHash(hash, older);
        newer = MerkleTree.nodeHash(hash, newer);
        int shift = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= shift;
        last >>>= shift;
      } else {
        newer = MerkleTree.nodeHash(newer, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(older, fromRoot) && Arrays.equals(newer, toRoot);
  }
}
