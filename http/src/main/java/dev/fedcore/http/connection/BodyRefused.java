package dev.fedcore.http.connection;

import io.helidon.webserver.CloseConnectionException;

/// A body that is not read on. What follows of it would be taken for a request, so the connection
/// ends, after an answer if there is one.
public final class BodyRefused extends CloseConnectionException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// Why it is not read on.
  public enum Reason {
    TOO_LARGE,
    /// Others have all the room for bodies that there is; later there may be some.
    NO_ROOM
  }

  BodyRefused(Reason reason) {
    super("the body is not read: " + reason);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
