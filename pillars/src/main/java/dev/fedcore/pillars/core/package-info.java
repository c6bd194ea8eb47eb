/// Core: reads what a user says, decides whether a workflow is needed, and hands it to the Workflow
/// Executor without anybody waiting. It never acts itself.
///
/// Read in this order: [Core], [TaskRoutes], [TaskService]; agents are in the packages `agent`,
/// `intent` and `chat`, and what is sent in `outgoing`.
@NullMarked
package dev.fedcore.pillars.core;

import org.jspecify.annotations.NullMarked;
