/// The one log over all entries: a Merkle tree in tiles, with signed checkpoints, a moment behind
/// the ledger.
///
/// The tree's leaves are entry hashes, never what they are hashes of. Read [Checkpointer], then
/// [Publication].
///
/// Depends on the ledger port and on the evidence module.
@NullMarked
package dev.fedcore.engine.log;

import org.jspecify.annotations.NullMarked;
