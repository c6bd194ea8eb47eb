/// The stable form of every event: its code, its type and version, and the members of `details`.
///
/// What is written here is read for ever. A released event type keeps its members; to say something
/// new, add a type. Read [EventForm], then [EventEncoder] and [EventDecoder].
///
/// Depends on the kernel and on the evidence module's JSON and receipts.
@NullMarked
package dev.fedcore.engine.codec;

import org.jspecify.annotations.NullMarked;
