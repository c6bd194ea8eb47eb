/// What can be counted and timed, for Prometheus: answers, decisions, endings of runs, entries.
///
/// Reads nothing and asks nobody: it looks at what passes by. A number here is not evidence; the
/// ledger is.
@NullMarked
package dev.fedcore.server.metrics;

import org.jspecify.annotations.NullMarked;
