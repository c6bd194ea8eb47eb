/// The Workflow Executor, port 8003: one action type, one adapter, one path. It decides nothing,
/// repeats nothing and invents no trace id.
///
/// Every request that says `"decision": "workflow"` becomes a governed run of `executor_action` at
/// Federation Core, which decides, asks people, and gives leave to act. Read in this order:
/// [ExecuteRequest], [Executions], [ExecutorRoutes].
///
/// Depends on the engine's adapter port and on HTTP. Federation Core is spoken to over HTTP only.
@NullMarked
package dev.fedcore.pillars.executor;

import org.jspecify.annotations.NullMarked;
