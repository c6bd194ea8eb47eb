/// What may act on the real world, and with whose leave.
///
/// An adapter carries out one `action_type` and nothing else; it acts only with a [Permit] for the
/// exact action. Read [Adapter], then [Permit].
///
/// Depends on the kernel and on the evidence module's JSON.
@NullMarked
package dev.fedcore.engine.adapter;

import org.jspecify.annotations.NullMarked;
