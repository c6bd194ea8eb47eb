/// Tasks: the adapter for `action_type` `task`, and the table that its tasks stand in.
///
/// The table is a SQLite file of its own, so that what was done outside the ledger is really
/// outside it. Nothing here decides whether a task may be made, and no task is made without a
/// permit. A task is never changed or removed here. Read in this order: [TaskAdapter],
/// [TaskParameters], [TaskStore].
///
/// Depends on the engine's ports, the evidence module's JSON, and the module `sqlite`.
@NullMarked
package dev.fedcore.adapters.task;

import org.jspecify.annotations.NullMarked;
