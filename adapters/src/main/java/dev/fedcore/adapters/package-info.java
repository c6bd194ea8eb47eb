/// What acts on the real world: one package an `action_type`.
///
/// An adapter decides nothing and retries nothing; it acts once, with a permit, and says how it
/// went. The packages do not know each other. Begin with [dev.fedcore.adapters.task].
///
/// Depends on the engine's port and the libraries that each adapter needs.
@NullMarked
package dev.fedcore.adapters;

import org.jspecify.annotations.NullMarked;
