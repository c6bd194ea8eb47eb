/// What a killed server loses: nothing that it acknowledged, and no effect twice.
///
/// The judge is the client's own journal of acknowledged runs, and the task table; never what the
/// server says of itself. Read [KillLoop].
@NullMarked
package dev.fedcore.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
