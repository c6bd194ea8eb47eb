/// Entries as they come, for whoever listens.
///
/// Read [EventRoutes], then [OpenStreams].
@NullMarked
package dev.fedcore.server.events;

import org.jspecify.annotations.NullMarked;
