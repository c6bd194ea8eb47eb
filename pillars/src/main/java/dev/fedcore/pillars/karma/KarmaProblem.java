package dev.fedcore.pillars.karma;

import dev.fedcore.http.ProblemType;

/// What can be wrong with a request to Karma, beside what can be wrong with any.
enum KarmaProblem implements ProblemType {
  UNKNOWN_EVENT_TYPE,
  UNKNOWN_SOURCE,
  SOURCE_MISMATCH,
  SOURCE_NOT_ALLOWED,
  READ_NOT_ALLOWED,
  UNKNOWN_USER,
  UNKNOWN_PLAN,
  EVENT_ID_REUSED,
  NOTHING_TO_APPEAL,
  BALANCE_TOO_LOW,
  PLAN_IS_OPEN,
  STORE_UNAVAILABLE;

  @Override
  public int status() {
    return switch (this) {
      case UNKNOWN_EVENT_TYPE -> 400;
      case UNKNOWN_SOURCE, SOURCE_MISMATCH, SOURCE_NOT_ALLOWED, READ_NOT_ALLOWED -> 403;
      case UNKNOWN_USER, UNKNOWN_PLAN -> 404;
      case EVENT_ID_REUSED, NOTHING_TO_APPEAL, BALANCE_TOO_LOW, PLAN_IS_OPEN -> 409;
      case STORE_UNAVAILABLE -> 503;
    };
  }
}
