/// The PT-004 proof: nine trials of a Federation Core over its HTTP interface, and what is kept of
/// them.
///
/// Nothing here decides whether an action may happen: it asks, waits, fetches bytes, and checks
/// them with the evidence module. Read [Prover], then [SpineTrials] and [RunClaims].
@NullMarked
package dev.fedcore.cli.proof;

import org.jspecify.annotations.NullMarked;
