/// The policy bundles of a running server: which are active, and how one becomes so.
///
/// Decides nothing about steps: the policy engine does. An activation is an entry on the tenant's
/// stream before it decides anything.
@NullMarked
package dev.fedcore.server.policies;

import org.jspecify.annotations.NullMarked;
