package dev.fedcore.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every proof for every tree of up to 32 leaves, and everything near to it that is no proof.
class ProofRejectionTest {

  private static final int SIZE_MAX = 32;
  private static final List<byte[]> LEAVES = Trees.leaves(SIZE_MAX);
  private static final HashSource SOURCE = Trees.source(LEAVES);

  @Test
  void an_inclusion_proof_holds_for_its_leaf_index_size_and_root_alone() {
    long rejected = 0;
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int index = 0; index < size; index++) {
        var proof = InclusionProof.build(SOURCE, index, size);
        assertThat(proof.verify(LEAVES.get(index), root(size))).isTrue();
        rejected += wrongPlaces(proof) + wrongHashes(proof);
      }
    }
    assertThat(rejected).isGreaterThan(40_000);
  }

  @Test
  void a_consistency_proof_holds_for_its_sizes_and_roots_alone() {
    long rejected = 0;
    for (int to = 1; to <= SIZE_MAX; to++) {
      for (int from = 1; from <= to; from++) {
        var proof = ConsistencyProof.build(SOURCE, from, to);
        assertThat(proof.verify(root(from), root(to))).isTrue();
        rejected += wrongSizes(proof) + wrongRoots(proof);
      }
    }
    assertThat(rejected).isGreaterThan(20_000);
  }

  @Test
  void nothing_is_consistent_with_the_empty_tree_by_proof() {
    var proof = new ConsistencyProof(0, 4, List.of());

    assertThat(proof.verify(MerkleTree.emptyRoot(), root(4))).isFalse();
    assertThat(new ConsistencyProof(0, 0, List.of()).verify(root(0), root(0))).isFalse();
    assertThat(new ConsistencyProof(-1, 4, List.of()).verify(root(0), root(4))).isFalse();
  }

  private static long wrongPlaces(InclusionProof proof) {
    byte[] leaf = LEAVES.get((int) proof.index());
    byte[] root = root((int) proof.size());
    long rejected = 0;
    for (int index = -1; index <= SIZE_MAX + 1; index++) {
      boolean holds = new InclusionProof(index, proof.size(), proof.hashes()).verify(leaf, root);
      assertThat(holds).isEqualTo(index == proof.index());
      rejected += holds ? 0 : 1;
    }
    for (int size = -1; size <= SIZE_MAX + 1; size++) {
      boolean holds = new InclusionProof(proof.index(), size, proof.hashes()).verify(leaf, root);
      // Trees of other sizes may have a path of the same shape for this leaf; then only the signed
      // size tells them apart. With the other tree's own root, none of them may hold.
      if (size >= 0 && size <= SIZE_MAX && size != proof.size()) {
        assertThat(new InclusionProof(proof.index(), size, proof.hashes()).verify(leaf, root(size)))
            .isFalse();
      }
      rejected += holds ? 0 : 1;
    }
    return rejected;
  }

  private static long wrongHashes(InclusionProof proof) {
    byte[] leaf = LEAVES.get((int) proof.index());
    byte[] root = root((int) proof.size());
    assertThat(proof.verify(Trees.flipped(leaf), root)).isFalse();
    assertThat(proof.verify(leaf, Trees.flipped(root))).isFalse();
    assertThat(proof.verify(root, root)).isEqualTo(proof.size() == 1);
    List<List<byte[]>> mutants = mutants(proof.hashes(), root);
    for (List<byte[]> mutant : mutants) {
      assertThat(new InclusionProof(proof.index(), proof.size(), mutant).verify(leaf, root))
          .isFalse();
    }
    return mutants.size() + 2L;
  }

  private static long wrongSizes(ConsistencyProof proof) {
    byte[] fromRoot = root((int) proof.from());
    byte[] toRoot = root((int) proof.to());
    long rejected = 0;
    for (int size = -1; size <= SIZE_MAX + 1; size++) {
      if (size != proof.from()) {
        var moved = new ConsistencyProof(size, proof.to(), proof.hashes());
        boolean sameRoot = size >= 0 && size <= SIZE_MAX;
        assertThat(sameRoot && moved.verify(root(Math.max(size, 0)), toRoot)).isFalse();
        rejected++;
      }
      if (size != proof.to() && size >= 0 && size <= SIZE_MAX) {
        var moved = new ConsistencyProof(proof.from(), size, proof.hashes());
        assertThat(moved.verify(fromRoot, root(size))).isFalse();
        rejected++;
      }
    }
    return rejected;
  }

  private static long wrongRoots(ConsistencyProof proof) {
    byte[] fromRoot = root((int) proof.from());
    byte[] toRoot = root((int) proof.to());
    assertThat(proof.verify(Trees.flipped(fromRoot), toRoot)).isFalse();
    assertThat(proof.verify(fromRoot, Trees.flipped(toRoot))).isFalse();
    assertThat(proof.verify(toRoot, fromRoot)).isEqualTo(proof.from() == proof.to());
    List<List<byte[]>> mutants = mutants(proof.hashes(), fromRoot);
    for (List<byte[]> mutant : mutants) {
      assertThat(new ConsistencyProof(proof.from(), proof.to(), mutant).verify(fromRoot, toRoot))
          .isFalse();
    }
    return mutants.size() + 2L;
  }

  /// Every proof that differs in one hash: one changed, one left out, one too many, two exchanged.
  private static List<List<byte[]>> mutants(List<byte[]> hashes, byte[] root) {
    var mutants = new ArrayList<List<byte[]>>();
    for (int i = 0; i < hashes.size(); i++) {
      var changed = new ArrayList<>(hashes);
      changed.set(i, Trees.flipped(hashes.get(i)));
      mutants.add(changed);
      var shorter = new ArrayList<>(hashes);
      shorter.remove(i);
      mutants.add(shorter);
      if (i > 0) {
        var swapped = new ArrayList<>(hashes);
        swapped.set(i, hashes.get(i - 1));
        swapped.set(i - 1, hashes.get(i));
        mutants.add(swapped);
      }
    }
    for (int i = 0; i <= hashes.size(); i++) {
      for (byte[] extra : List.of(new byte[Sha256.BYTES], root)) {
        var longer = new ArrayList<>(hashes);
        longer.add(i, extra);
        mutants.add(longer);
      }
    }
    return mutants;
  }

  private static byte[] root(int size) {
    return MerkleTree.root(LEAVES.subList(0, size));
  }
}
