package dev.fedcore.server;

import java.io.Serial;

/// The configuration does not let the server start. The message is one sentence for the operator,
/// with the remedy.
public final class StartRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  public StartRefused(String message) {
    super(message);
  }
}
