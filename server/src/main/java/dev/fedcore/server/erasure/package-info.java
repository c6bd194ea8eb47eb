/// Erasing a person over HTTP: the operation, and what it reaches beside the ledger.
///
/// Read [ErasureRoutes] first, then [PeopleService]. Depends on the engine, the adapters and the
/// HTTP library.
@NullMarked
package dev.fedcore.server.erasure;

import org.jspecify.annotations.NullMarked;
