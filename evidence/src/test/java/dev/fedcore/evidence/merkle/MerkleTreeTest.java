package dev.fedcore.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.hash.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checked against the reference vectors of RFC 6962 implementations: transparency-dev/merkle,
/// `testonly/constants.go` and the proofs of `testdata` that hold. Those that do not hold are these
/// with one thing changed; [ProofRejectionTest] changes every such thing of every proof.
class MerkleTreeTest {

  @ParameterizedTest(name = "{0} leaves")
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  })
  void the_root_over_the_reference_entries_is(int size, String expected) {
    assertThat(Sha256.hexOf(MerkleTree.root(Trees.REFERENCE.subList(0, size)))).isEqualTo(expected);
    assertThat(Sha256.hexOf(MerkleTree.root(Trees.source(Trees.REFERENCE), size)))
        .isEqualTo(expected);
  }

  /// The hashes of the published proofs, by the leaves that they are over.
  private static final Map<String, String> NODES =
      Map.ofEntries(
          Map.entry("0", "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="),
          Map.entry("01", "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="),
          Map.entry("0123", "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc="),
          Map.entry("1", "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="),
          Map.entry("2", "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="),
          Map.entry("23", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4="),
          Map.entry("3", "B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c="),
          Map.entry("4", "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="),
          Map.entry("45", "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o="),
          Map.entry("4567", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="),
          Map.entry("6", "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8="),
          Map.entry("67", "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA="));

  @ParameterizedTest(name = "leaf {0} of {1}")
  @CsvSource({"0, 1, ''", "0, 8, 1 23 4567", "5, 8, 4 67 0123", "2, 3, 01", "1, 5, 0 23 4"})
  void the_reference_inclusion_proofs_are_built_and_verify(int leaf, int size, String nodes) {
    var proof = InclusionProof.build(Trees.source(Trees.REFERENCE), leaf, size);

    assertThat(base64(proof.hashes())).isEqualTo(published(nodes));
    assertThat(
            proof.verify(
                Trees.REFERENCE.get(leaf), MerkleTree.root(Trees.REFERENCE.subList(0, size))))
        .isTrue();
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "1, 1, ''",
    "1, 8, 1 23 4567",
    "3, 8, 2 3 01 4567",
    "6, 8, 45 67 0123",
    "2, 5, 23 4",
    "6, 7, 45 6 0123"
  })
  void the_reference_consistency_proofs_are_built_and_verify(int from, int to, String nodes) {
    var proof = ConsistencyProof.build(Trees.source(Trees.REFERENCE), from, to);

    assertThat(base64(proof.hashes())).isEqualTo(published(nodes));
    assertThat(
            proof.verify(
                MerkleTree.root(Trees.REFERENCE.subList(0, from)),
                MerkleTree.root(Trees.REFERENCE.subList(0, to))))
        .isTrue();
  }

  @Test
  void a_proof_of_nothing_is_not_built() {
    HashSource source = Trees.source(Trees.REFERENCE);

    assertThatIllegalArgumentException().isThrownBy(() -> InclusionProof.build(source, 8, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> InclusionProof.build(source, -1, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.build(source, 0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.build(source, 8, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.root(source, -1));
  }

  @Test
  void an_inner_node_is_no_leaf() {
    byte[] left = Trees.REFERENCE.get(0);
    byte[] right = Trees.REFERENCE.get(1);
    byte[] both = new byte[2 * Sha256.BYTES];
    System.arraycopy(left, 0, both, 0, Sha256.BYTES);
    System.arraycopy(right, 0, both, Sha256.BYTES, Sha256.BYTES);

    assertThat(MerkleTree.leafHash(both)).isNotEqualTo(MerkleTree.nodeHash(left, right));
  }

  @Test
  void proofs_are_built_from_the_log_of_any_size() {
    List<byte[]> leaves = Trees.leaves(300);
    HashSource source = Trees.source(leaves);
    byte[] root = MerkleTree.root(leaves);
    for (int index = 0; index < 300; index += 7) {
      assertThat(InclusionProof.build(source, index, 300).verify(leaves.get(index), root)).isTrue();
    }
    for (int from = 1; from <= 300; from += 7) {
      assertThat(
              ConsistencyProof.build(source, from, 300)
                  .verify(MerkleTree.root(leaves.subList(0, from)), root))
          .isTrue();
    }
  }

  private static List<String> published(String nodes) {
    return Arrays.stream(nodes.split(" ", -1))
        .filter(each -> !each.isEmpty())
        .map(node -> NODES.getOrDefault(node, "unknown"))
        .toList();
  }

  private static List<String> base64(List<byte[]> hashes) {
    var texts = new ArrayList<String>();
    hashes.forEach(hash -> texts.add(Base64.getEncoder().encodeToString(hash)));
    return texts;
  }
}
