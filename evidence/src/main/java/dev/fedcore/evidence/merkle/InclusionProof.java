package dev.fedcore.evidence.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The hashes that lead from one leaf up to the root of a tree, and so prove that the leaf is in
/// it.
///
/// @param index of the leaf, from 0
/// @param size how many leaves the tree has
/// @param hashes the siblings, from the leaf to the root, 32 bytes each; at most 63
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3">RFC 9162, 2.1.3</a>
public record InclusionProof(long index, long size, List<byte[]> hashes) {

  public InclusionProof {
    hashes = List.copyOf(hashes);
  }

  /// Makes the proof for the leaf at `index` of the first `size` leaves.
  ///
  /// @throws IllegalArgumentException when there is no such leaf
  public static InclusionProof build(HashSource source, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf %d among %d".formatted(index, size));
    }
    var rootToLeaf = new ArrayList<byte[]>();
    long from = 0;
    long width = size;
    while (width > 1) {
      long left = Subtrees.split(width);
      if (index - from < left) {
        rootToLeaf.add(Subtrees.root(source, from + left, width - left));
        width = left;
      } else {
        rootToLeaf.add(Subtrees.root(source, from, left));
        from += left;
        width -= left;
      }
    }
    return new InclusionProof(index, size, rootToLeaf.reversed());
  }

  /// Whether this proves that `leafHash` is where it says, in the tree with that root.
  ///
  /// Follows RFC 9162, 2.1.3.2 to the letter: an index beyond the tree, a hash too few, a hash too
  /// many and a wrong size are all refused.
  public boolean verify(byte[] leafHash, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : hashes) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        int shift = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= shift;
        last >>>= shift;
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }
}
