/// The way of a run from made to published: seal, verify, gates, approval, attestation, index,
/// chain, and a rename at the end. What fails on the way ends it, with an AWO code and a reason.
///
/// The 25 tests of AWO v4.2 are in here too, since they switch single defences off to see whether
/// they are missed, and nobody else may.
///
/// Read in this order: [Sealing], [Gate2], [Chain], [Finalizer], [Suite].
@NullMarked
package dev.fedcore.evidence.awo.pipeline;

import org.jspecify.annotations.NullMarked;
