/// A witness for other people's logs: remembers the newest tree of each, and cosigns what has grown
/// out of it, and nothing else.
///
/// No pillar, and of no use beside the log it watches: it is for another machine, of somebody else.
/// Who asks needs no credentials but the log's signature on the checkpoint. The rule is in the
/// evidence module ([dev.fedcore.evidence.witness.WitnessRule]); here are its memory and its HTTP.
///
/// Read in this order: [Witness], [WitnessRoutes], [WitnessStore], [WitnessSession].
///
/// @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>
@NullMarked
package dev.fedcore.pillars.witness;

import org.jspecify.annotations.NullMarked;
