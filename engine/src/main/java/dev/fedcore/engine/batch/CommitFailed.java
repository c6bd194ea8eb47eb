package dev.fedcore.engine.batch;

import org.jspecify.annotations.Nullable;

/// A caller's work has no result. [#fate()] says what that means for the work.
public final class CommitFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Fate fate;

  CommitFailed(Fate fate, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fate = fate;
  }

  public Fate fate() {
    return fate;
  }

  /// What became of the work.
  public enum Fate {
    /// It was never handed to the writer, and never will be.
    NOT_TRIED,
    /// The writer threw; what that means is for whoever wrote it to say. It is the cause.
    FAILED,
    /// The writer has it and has not answered in time. It may still happen.
    UNANSWERED
  }
}
