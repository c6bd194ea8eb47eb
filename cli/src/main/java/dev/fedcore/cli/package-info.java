/// `fedcore` on the command line. [Main] gathers the surroundings; the verbs are in
/// [dev.fedcore.cli.verb].
///
/// The program asks a server over HTTP or verifies bytes by itself. It decides nothing, and has
/// neither the server nor a database driver inside.
@NullMarked
package dev.fedcore.cli;

import org.jspecify.annotations.NullMarked;
