/// The agents' part of the HTTP interface: they register, say that they are there, are found, and
/// leave.
///
/// Calls no agent and makes none up: what is answered is what has registered with the caller's
/// tenant. Ranking and staleness are the registry's, not decided here.
///
/// Read in this order: [AgentRoutes], [DirectoryRoutes].
@NullMarked
package dev.fedcore.server.agents;

import org.jspecify.annotations.NullMarked;
