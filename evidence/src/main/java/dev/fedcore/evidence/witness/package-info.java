/// What witnesses of a log do, and whom an outsider believes because of them.
///
/// A witness remembers the last tree it saw of each log and cosigns a checkpoint only when that
/// tree has grown into it: a log that shows different people different trees finds no witness for
/// both. [WitnessPolicy] says which logs, which witnesses, and how many of them; [AddCheckpoint] is
/// what a log asks of a witness; [WitnessRule] is what the witness answers, a pure function.
///
/// Nothing here keeps anything, sends anything or reads a clock.
///
/// Read in this order: [WitnessPolicy], [Quorum], [PolicyReader], [AddCheckpoint], [WitnessRule].
///
/// @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>
/// @see <a href="https://c2sp.org/tlog-policy">C2SP tlog-policy</a>
@NullMarked
package dev.fedcore.evidence.witness;

import org.jspecify.annotations.NullMarked;
