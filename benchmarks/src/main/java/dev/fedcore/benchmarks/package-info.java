/// How fast it is, measured and never asserted: a server of its own on fresh data, closed-loop
/// clients over HTTP, and beside it, in the same run, the floor that the disk and SQLite set.
///
/// And what evidence costs: [EvidenceBench].
///
/// On no ship path. Read [BenchMain].
@NullMarked
package dev.fedcore.benchmarks;

import org.jspecify.annotations.NullMarked;
