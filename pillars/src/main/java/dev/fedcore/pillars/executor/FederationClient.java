package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Response.Field;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.client.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Federation Core as the executor sees it: makes runs and looks at them.
final class FederationClient {

  private static final String RUNS = "/workflows/runs";

  private final ServiceClient http;
  private final Credentials credentials;
  private final Duration wait;

  /// @param wait how long Federation Core may wait for a run to end before it answers
  FederationClient(ServiceClient http, Credentials credentials, Duration wait) {
    this.http = http;
    this.credentials = credentials;
    this.wait = wait;
  }

  /// Starts a run, once for each trace id, and waits for it.
  ///
  /// @param body of `POST /workflows/runs`
  /// @param userId on whose behalf
  Answer start(String traceId, String userId, JsonObject body) {
    List<Field> headers = headers(traceId, userId);
    headers.add(new Field("Idempotency-Key", "executor:" + traceId));
    headers.add(new Field("Prefer", "wait=" + wait.toSeconds()));
    return http.post(RUNS, body, headers);
  }

  Answer run(String traceId, String userId, String runId) {
    return http.get(RUNS + "/" + runId, headers(traceId, userId));
  }

  Answer gates(String traceId, String userId, String runId) {
    return http.get(RUNS + "/" + runId + "/gates", headers(traceId, userId));
  }

  private List<Field> headers(String traceId, String userId) {
    var headers = new ArrayList<>(credentials.headers(userId));
    headers.add(new Field("X-Correlation-Id", traceId));
    Trace.header(traceId).ifPresent(headers::add);
    return headers;
  }
}
