/// What acts on the real world: one package an `action_type`.
///
/// An adapter decides nothing and retries nothing; it acts once, with a permit, and says how it
/// went. `task`, `email`, `whatsapp` and `ai` do not know each other; beneath them are `outbox`,
/// `wire`, `form` and `settings`, which they share. Each has a form that is public and pure, and
/// says how its parameters are written. Begin with [dev.fedcore.adapters.task].
///
/// Depends on the engine's port, the module `sqlite`, and the libraries that each adapter needs.
@NullMarked
package dev.fedcore.adapters;

import org.jspecify.annotations.NullMarked;
