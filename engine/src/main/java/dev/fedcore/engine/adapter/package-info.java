/// What may act on the real world, and with whose leave.
///
/// An adapter carries out one `action_type` and nothing else; it acts only with a [Permit] for the
/// exact action. What an action looks like is known apart from that, so that a process which may
/// not act can still name it. Read [ActionForm], then [Adapter] and [Permit].
///
/// Depends on the kernel and on the evidence module's JSON.
@NullMarked
package dev.fedcore.engine.adapter;

import org.jspecify.annotations.NullMarked;
