/// The path of a command: the only way in. What is asked of a run is decided, appended to the
/// ledger as a whole, and answered; what it set going is done after that, and comes back as a
/// command.
///
/// Read in this order: [CommandService], [Request], [CommandResult], then [Committer], which makes
/// the append, and [Dispatcher], which carries actions out.
///
/// Depends on the kernel, the evidence module, and the packages below this one.
@NullMarked
package dev.fedcore.engine;

import org.jspecify.annotations.NullMarked;
