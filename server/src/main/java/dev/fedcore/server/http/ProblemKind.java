package dev.fedcore.server.http;

import java.util.Locale;

/// Every kind of problem there is. The name is the contract: the type's URI, the code and the title
/// are made from it, so no two kinds can share one.
public enum ProblemKind {
  MALFORMED_REQUEST,
  MALFORMED_HEADER,
  INVALID_QUERY,
  INVALID_CURSOR,
  UNAUTHENTICATED,
  FORBIDDEN,
  IDENTITY_MISMATCH,
  NOT_AN_APPROVER,
  SEPARATION_OF_DUTIES,
  UNKNOWN_ROUTE,
  UNKNOWN_RUN,
  UNKNOWN_GATE,
  UNKNOWN_STEP,
  UNKNOWN_RECEIPT,
  UNKNOWN_DEFINITION,
  UNKNOWN_POLICY,
  UNKNOWN_AGENT,
  UNKNOWN_LOG_FILE,
  METHOD_NOT_ALLOWED,
  RUN_EXISTS,
  ILLEGAL_TRANSITION,
  MANAGED_RUN,
  WRONG_STEP,
  WRONG_STEP_STATUS,
  WRONG_ATTEMPT,
  STEPS_OPEN,
  NOT_RETRYABLE,
  WAITS_FOR_GATE,
  WAITS_FOR_SETTLEMENT,
  GATE_RESOLVED_ALREADY,
  GATE_EXPIRED,
  GATE_NOT_EXPIRED,
  GATE_ACTION_MISMATCH,
  VOTED_ALREADY,
  DEFINITION_EXISTS,
  REGISTRY_FULL,
  IDEMPOTENCY_IN_PROGRESS,
  STALE_VERSION,
  BODY_TOO_LARGE,
  UNSUPPORTED_MEDIA_TYPE,
  COMMENT_MISSING,
  SETTLEMENT_UNKNOWN,
  UNKNOWN_WORKFLOW,
  INVALID_INPUT,
  DEFINITION_INVALID,
  POLICY_REJECTED,
  IDEMPOTENCY_KEY_REUSED,
  INTERNAL_ERROR,
  LEDGER_UNAVAILABLE,
  CONTENDED,
  TOO_MANY_STREAMS;

  /// The rule of that name in the governance taxonomy.
  private static final String SEPARATION_OF_DUTIES_CODE = "GOV-001";

  /// The HTTP status, the same wherever the kind occurs.
  public int status() {
    return switch (this) {
      case MALFORMED_REQUEST, MALFORMED_HEADER, INVALID_QUERY, INVALID_CURSOR -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, IDENTITY_MISMATCH, NOT_AN_APPROVER, SEPARATION_OF_DUTIES -> 403;
      case UNKNOWN_ROUTE,
          UNKNOWN_RUN,
          UNKNOWN_GATE,
          UNKNOWN_STEP,
          UNKNOWN_RECEIPT,
          UNKNOWN_DEFINITION,
          UNKNOWN_POLICY,
          UNKNOWN_AGENT,
          UNKNOWN_LOG_FILE ->
          404;
      case METHOD_NOT_ALLOWED -> 405;
      case RUN_EXISTS,
          ILLEGAL_TRANSITION,
          MANAGED_RUN,
          WRONG_STEP,
          WRONG_STEP_STATUS,
          WRONG_ATTEMPT,
          STEPS_OPEN,
          NOT_RETRYABLE,
          WAITS_FOR_GATE,
          WAITS_FOR_SETTLEMENT,
          GATE_RESOLVED_ALREADY,
          GATE_EXPIRED,
          GATE_NOT_EXPIRED,
          GATE_ACTION_MISMATCH,
          VOTED_ALREADY,
          DEFINITION_EXISTS,
          REGISTRY_FULL,
          IDEMPOTENCY_IN_PROGRESS ->
          409;
      case STALE_VERSION -> 412;
      case BODY_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case COMMENT_MISSING,
          SETTLEMENT_UNKNOWN,
          UNKNOWN_WORKFLOW,
          INVALID_INPUT,
          DEFINITION_INVALID,
          POLICY_REJECTED,
          IDEMPOTENCY_KEY_REUSED ->
          422;
      case INTERNAL_ERROR -> 500;
      case LEDGER_UNAVAILABLE, CONTENDED, TOO_MANY_STREAMS -> 503;
    };
  }

  /// Such as `unknown-run`: the last part of the type's URI.
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Such as `UNKNOWN_RUN`, for programs.
  public String code() {
    return this == SEPARATION_OF_DUTIES ? SEPARATION_OF_DUTIES_CODE : name();
  }

  /// Such as `Unknown run`, for people.
  public String title() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
