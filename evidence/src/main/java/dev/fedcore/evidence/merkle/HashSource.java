package dev.fedcore.evidence.merkle;

/// Where the hashes of whole subtrees are found.
@FunctionalInterface
public interface HashSource {

  /// The root of the perfect subtree over the leaves from `index << level` to, exclusively, `(index
  /// +
  /// 1) << level`; at level 0, a leaf hash. Never asked for a subtree beyond the tree.
  byte[] hash(int level, long index);
}
