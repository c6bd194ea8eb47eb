package dev.fedcore.pillars.bucket.api;

import dev.fedcore.http.ProblemType;

/// The kinds of problems that only Bucket has.
public enum BucketProblem implements ProblemType {
  UNKNOWN_REQUESTER(403),
  OPERATION_FORBIDDEN(403),
  CROSS_PRODUCT_ACCESS(403),
  THREAT_DETECTED(403),
  INTEGRATION_REJECTED(403),
  OPERATION_REJECTED(403),
  CONSTITUTION_VIOLATED(403),
  CONTRACT_VIOLATED(400),
  UNKNOWN_THREAT(404),
  EVENT_ID_REUSED(409),
  PRODUCT_LIMIT_REACHED(409),
  METADATA_TOO_LARGE(413),
  COOLING_OFF(429),
  RATE_LIMITED(429),
  WORKFLOW_EVENTS_DISABLED(503),
  STORE_UNAVAILABLE(503),
  VERIFICATION_UNDER_WAY(503),
  STORAGE_QUOTA_REACHED(507);

  private final int status;

  BucketProblem(int status) {
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }
}
