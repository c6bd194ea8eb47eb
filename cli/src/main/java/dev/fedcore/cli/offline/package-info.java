/// Verification with bytes in hand: proofs, checkpoints, exported folders and whole data
/// directories. What is verified is not asked; only [LogProver] and [LogMonitor] fetch what they
/// then check.
///
/// Read [DataDirectory], then [ProofCheck], [LogProver] and [LogMonitor].
@NullMarked
package dev.fedcore.cli.offline;

import org.jspecify.annotations.NullMarked;
