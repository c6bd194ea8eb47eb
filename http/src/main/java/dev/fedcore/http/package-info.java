/// HTTP as all services here speak it: requests and responses as values, routes, limits, problem
/// documents, and the one class that knows the HTTP library.
///
/// Knows nothing of runs, gates or policies, and holds no business rule. A handler never sees a
/// library type, and a client never sees an exception's text.
///
/// Read in this order: [Route], [Handler], [Request], [Response], [Problem], [Router],
/// [HttpServer].
@NullMarked
package dev.fedcore.http;

import org.jspecify.annotations.NullMarked;
