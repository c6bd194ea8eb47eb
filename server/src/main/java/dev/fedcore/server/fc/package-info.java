/// `/api/fc`: the same runs, in the shape that the published Federation Core client expects, so
/// that existing clients work unchanged.
///
/// Translates and nothing else: lower-case statuses, `{run, logs, gates}` wrappers, `{detail}`
/// errors. What may happen is decided by the same rules as everywhere. Runs created here are
/// external, because their clients move them themselves.
///
/// Read in this order: [FcShape], [FcRuns], [FcGates].
@NullMarked
package dev.fedcore.server.fc;

import org.jspecify.annotations.NullMarked;
