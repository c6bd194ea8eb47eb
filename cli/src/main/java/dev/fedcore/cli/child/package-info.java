/// A Federation Core server as a child process: started on a data directory, waited for, stopped.
///
/// The server's code is never loaded here: the child has a class path of its own.
@NullMarked
package dev.fedcore.cli.child;

import org.jspecify.annotations.NullMarked;
