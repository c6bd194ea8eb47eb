/// The contract between Core and Bucket: what Core may ask, through which channels, and what counts
/// as a violation and leads to what.
///
/// Pure functions over documents; who keeps the violations is another matter. Read in this order:
/// [Constitution], [Channel], [Violation], [Escalation].
@NullMarked
package dev.fedcore.pillars.bucket.constitution;

import org.jspecify.annotations.NullMarked;
