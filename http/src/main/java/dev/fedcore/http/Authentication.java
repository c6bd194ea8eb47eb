package dev.fedcore.http;

import dev.fedcore.kernel.identity.Principal;

/// Finds out who sends a request, and whether that one may use a route.
public interface Authentication {

  /// The one who sends this, who may use a route with this access.
  ///
  /// @throws ProblemFound 401 if nobody can be made out, 403 if that one may not, 400 if a header
  ///   cannot be read
  Principal authenticate(Incoming incoming, Access access);
}
