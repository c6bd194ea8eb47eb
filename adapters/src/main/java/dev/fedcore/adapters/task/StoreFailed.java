package dev.fedcore.adapters.task;

/// The task table did not take or give what was asked.
final class StoreFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean maybeDone;

  /// @param maybeDone whether what was asked may have happened all the same
  StoreFailed(String message, Throwable cause, boolean maybeDone) {
    super(message, cause);
    this.maybeDone = maybeDone;
  }

  boolean maybeDone() {
    return maybeDone;
  }
}
