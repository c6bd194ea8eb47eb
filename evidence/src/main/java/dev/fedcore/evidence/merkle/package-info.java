/// The Merkle tree of RFC 6962 and RFC 9162: hashes, roots, and the proofs that an entry is in a
/// tree and that a tree grew out of an older one.
///
/// Pure arithmetic on hashes; where they are kept is the caller's matter.
///
/// Read in this order: [MerkleTree], [InclusionProof], [ConsistencyProof].
@NullMarked
package dev.fedcore.evidence.merkle;

import org.jspecify.annotations.NullMarked;
