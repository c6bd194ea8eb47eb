/// Five services in five processes, tried as their callers see them: what is sent, what is killed
/// meanwhile, and what Federation Core, Bucket, Karma and the task table say of it afterwards.
///
/// The judge is what the clients know for sure. Read in this order: [FivePillars], [Errand],
/// [Journal], [CrossCheck].
@NullMarked
package dev.fedcore.benchmarks.pillars;

import org.jspecify.annotations.NullMarked;
