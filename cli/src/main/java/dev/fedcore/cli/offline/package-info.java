/// Verification with bytes in hand: proofs, checkpoints, exported folders and whole data
/// directories. What is verified is not asked; only [LogProver] fetches what it then checks.
///
/// Read [DataDirectory], then [ProofCheck].
@NullMarked
package dev.fedcore.cli.offline;

import org.jspecify.annotations.NullMarked;
