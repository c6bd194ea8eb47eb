package dev.fedcore.evidence.merkle;

import dev.fedcore.evidence.hash.Sha256;
import java.security.MessageDigest;
import java.util.List;

/// The hashes of a Merkle tree, as RFC 9162 defines them.
///
/// Leaves and inner nodes are hashed with different first bytes, so that no inner node can be
/// passed off as an entry. All hashes have 32 bytes.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1">RFC 9162, section 2.1.1</a>
public final class MerkleTree {

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private MerkleTree() {}

  /// The hash of one entry: SHA-256 over `0x00 || entry`.
  public static byte[] leafHash(byte[] entry) {
    MessageDigest digest = Sha256.start();
    digest.update(LEAF);
    return digest.digest(entry);
  }

  /// The hash of an inner node: SHA-256 over `0x01 || left || right`.
  public static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.start();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /// The root of the tree without leaves: SHA-256 of no bytes at all.
  public static byte[] emptyRoot() {
    return Sha256.digest(new byte[0]);
  }

  /// The root over `leafHashes`, oldest first.
  ///
  /// Takes time linear in the number of leaves and holds one hash per level.
  public static byte[] root(List<byte[]> leafHashes) {
    return switch (leafHashes.size()) {
      case 0 -> emptyRoot();
      case 1 -> leafHashes.getFirst().clone();
      default -> {
        int split = Integer.highestOneBit(leafHashes.size() - 1);
        yield nodeHash(
            root(leafHashes.subList(0, split)), root(leafHashes.subList(split, leafHashes.size())));
      }
    };
  }

  /// The root over the first `size` leaves, out of subtree hashes that are kept somewhere.
  public static byte[] root(HashSource hashes, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must be 0 or more, is " + size);
    }
    return size == 0 ? emptyRoot() : Subtrees.root(hashes, 0, size);
  }
}
