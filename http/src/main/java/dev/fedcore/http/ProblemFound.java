package dev.fedcore.http;

import java.io.Serial;

/// Stops a handler with an answer for the client. Carries no stack trace: it is a normal answer,
/// and may be thrown often.
public final class ProblemFound extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public ProblemFound(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
