package dev.fedcore.adapters.wire;

import java.util.Optional;

/// How a request went.
public sealed interface HttpAnswer {

  /// The whole answer was read.
  final class Complete implements HttpAnswer {

    private final int status;
    private final Optional<String> retryAfter;
    private final byte[] body;

    Complete(int status, Optional<String> retryAfter, byte[] body) {
      this.status = status;
      this.retryAfter = retryAfter;
      this.body = body.clone();
    }

    public int status() {
      return status;
    }

    public byte[] body() {
      return body.clone();
    }

    /// In how many seconds the server wants to be asked again, to be read after a sentence; empty
    /// if it did not say.
    public String patience() {
      return retryAfter
          .filter(text -> text.matches("\\d{1,6}"))
          .map(text -> "; it asks for " + text + " s of patience")
          .orElse("");
    }
  }

  /// Nothing of the body was sent, so nobody can have acted on it.
  ///
  /// @param cause why, for people
  record NotSent(String cause) implements HttpAnswer {}

  /// Some of it was sent, and no complete answer was read.
  ///
  /// @param cause why, for people
  record Lost(String cause) implements HttpAnswer {}
}
