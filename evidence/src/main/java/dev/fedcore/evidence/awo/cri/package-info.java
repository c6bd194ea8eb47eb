/// Makes AWO runs: a workflow file in, a run folder out, with the six operators of the CRI runtime
/// and back ends that answer the same for ever.
///
/// Nothing here reads a clock, the environment or the locale; equal inputs give equal bytes. What
/// it makes satisfies the invariants that runs are checked by.
///
/// Read in this order: [CriWorkflow], [Operator], [CriRunner].
@NullMarked
package dev.fedcore.evidence.awo.cri;

import org.jspecify.annotations.NullMarked;
