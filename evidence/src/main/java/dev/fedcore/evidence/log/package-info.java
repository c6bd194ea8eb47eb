/// A Merkle log as files: C2SP tlog-tiles in one directory, written by one, readable by anyone.
///
/// Tiles hold the hashes, entry bundles the entries. What is written never changes, so a proof is
/// made from files alone, here or by anybody's reader. Nothing here signs; see the `note` package.
///
/// Read in this order: [TilePath], [TileSource], [TileLog], [LogProofs].
///
/// @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
@NullMarked
package dev.fedcore.evidence.log;

import org.jspecify.annotations.NullMarked;
