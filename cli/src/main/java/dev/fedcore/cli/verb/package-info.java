/// The verbs of `fedcore`, one class for each word.
///
/// A verb reads its options, asks, shows, and says an exit code; what it finds wrong is a
/// [dev.fedcore.cli.terminal.Failure]. Read [Fedcore], then [RunVerbs].
@NullMarked
package dev.fedcore.cli.verb;

import org.jspecify.annotations.NullMarked;
