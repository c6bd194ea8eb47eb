package dev.fedcore.engine.adapter;

/// An adapter was asked to act without leave. Nothing was done.
public final class PermitRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param reason why, in one sentence
  public PermitRefused(String reason) {
    super(reason);
  }
}
