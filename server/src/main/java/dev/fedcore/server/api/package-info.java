/// The operations of the HTTP interface: each turns a request into a command or a read, and the
/// result into a response.
///
/// Holds no business rule: what may happen is decided behind `CommandService`, who may ask is
/// settled before a handler is called. `openapi.json` describes the same operations, and a test
/// holds the two together. Another tenant's things are answered as if they did not exist.
///
/// Read in this order: [RunCommands], [RunReads], [GateRoutes], [Commanding], [RefusalProblems].
@NullMarked
package dev.fedcore.server.api;

import org.jspecify.annotations.NullMarked;
