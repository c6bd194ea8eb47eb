/// Which agents a tenant has: who they are, what they can do, and whether they are there.
///
/// Registration and removal are audited and durable; heartbeats are neither, since a heart that
/// beats is no event. Nothing here calls an agent, or invents one. Read in this order: [Agent],
/// [AgentRegistry], [FoundAgent].
///
/// Depends on the tenants' journal, the ledger port and the evidence module's JSON.
@NullMarked
package dev.fedcore.engine.registry;

import org.jspecify.annotations.NullMarked;
