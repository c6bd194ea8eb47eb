/// Proves bytes, whatever they mean: writes documents in one canonical form, hashes and chains
/// them, keeps them in a Merkle log, signs its checkpoints, and checks all of that again offline.
///
/// The packages, in the order in which they build on each other: `json`, `hash`, `merkle`,
/// `receipt`, `note`, `witness`, `log`, `verify`, `awo`, `sums`, `tar`, `keys`, `dsse`,
/// `awo.attest`. Nothing here knows a workflow rule, reads a clock, or needs anything but the JDK.
@NullMarked
package dev.fedcore.evidence;

import org.jspecify.annotations.NullMarked;
