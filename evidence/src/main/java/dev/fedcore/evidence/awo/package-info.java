/// What AWO v4.2 calls a failure: the codes of its taxonomy, and findings that carry them.
///
/// Read in this order: [AwoCode], [Finding], [Findings].
@NullMarked
package dev.fedcore.evidence.awo;

import org.jspecify.annotations.NullMarked;
