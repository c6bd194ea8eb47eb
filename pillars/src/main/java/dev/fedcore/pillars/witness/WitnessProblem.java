package dev.fedcore.pillars.witness;

import dev.fedcore.http.ProblemType;

/// What can be wrong with a request to a witness, beside what can be wrong with any. The statuses
/// are the standard's.
enum WitnessProblem implements ProblemType {
  UNKNOWN_LOG,
  NOTHING_COSIGNED,
  NOT_SIGNED_BY_LOG,
  OLD_SIZE_TOO_LARGE,
  NOT_CONSISTENT,
  TOO_MANY_REQUESTS;

  @Override
  public int status() {
    return switch (this) {
      case OLD_SIZE_TOO_LARGE -> 400;
      case NOT_SIGNED_BY_LOG -> 403;
      case UNKNOWN_LOG, NOTHING_COSIGNED -> 404;
      case NOT_CONSISTENT -> 422;
      case TOO_MANY_REQUESTS -> 429;
    };
  }
}
