/// What must hold of every AWO run, whoever made it: which files there are, that they agree with
/// each other, and that nothing in them depends on a machine or a clock.
///
/// Read [Invariants]; the other types are its parts.
@NullMarked
package dev.fedcore.evidence.awo.invariants;

import org.jspecify.annotations.NullMarked;
