/// How the command line speaks: text for people, JSON for programs, exit codes for scripts.
///
/// Nothing here talks to a server or reads a file. [Terminal] is the only place of the program that
/// prints. Read [Terminal], then [Failure].
@NullMarked
package dev.fedcore.cli.terminal;

import org.jspecify.annotations.NullMarked;
