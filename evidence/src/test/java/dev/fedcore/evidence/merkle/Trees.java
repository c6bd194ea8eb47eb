package dev.fedcore.evidence.merkle;

import dev.fedcore.evidence.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Small trees for tests.
final class Trees {

  /// The leaf hashes of the eight reference entries.
  static final List<byte[]> REFERENCE =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .map(MerkleTree::leafHash)
          .toList();

  private Trees() {}

  static List<byte[]> leaves(int count) {
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      leaves.add(MerkleTree.leafHash(("entry " + i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }

  /// Subtree hashes by the definition of the tree, slowly.
  static HashSource source(List<byte[]> leaves) {
    return (level, index) -> {
      int from = Math.toIntExact(index << level);
      return MerkleTree.root(leaves.subList(from, from + (1 << level)));
    };
  }

  /// A hash with one bit changed.
  static byte[] flipped(byte[] hash) {
    byte[] other = hash.clone();
    other[Sha256.BYTES / 2] ^= 1;
    return other;
  }
}
