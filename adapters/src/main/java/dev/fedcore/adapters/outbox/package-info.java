/// What has left this house, and what would have.
///
/// [dev.fedcore.adapters.outbox.EffectJournal] writes down that something is about to leave, then
/// what became of it, so that one key has one effect and a crash in between is seen. A dry run
/// leaves the exact bytes in the folder `outbox` instead.
///
/// Depends on the engine's port and the module `sqlite`.
@NullMarked
package dev.fedcore.adapters.outbox;

import org.jspecify.annotations.NullMarked;
