package dev.fedcore.pillars.core;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.outgoing.Outgoing;
import dev.fedcore.pillars.core.outgoing.Parcel;
import java.util.Optional;

/// Tells Bucket what Core decided and what went wrong. Holds nothing that a user wrote.
final class Telling {

  private static final String PATH = "/core/write-event";

  /// A decision is worth one, a question back nothing.
  private static final double DECIDED = 1;

  private final Optional<Outgoing> bucket;

  Telling(Optional<Outgoing> bucket) {
    this.bucket = bucket;
  }

  /// Tells a decision, and what it is worth to whoever learns from it.
  ///
  /// @param seconds that the agent took
  void decided(String traceId, String agent, Decision decision, double seconds) {
    var result =
        JsonObject.builder()
            .put("status", "success")
            .put("response", decision.text())
            .put("processing_time", JsonNumber.of(seconds));
    var metadata = JsonObject.builder().put("decision", decision.text());
    if (decision instanceof Decision.Workflow(var type, var _)) {
      result.put("action_type", type.text());
      metadata.put("action_type", type.text());
    }
    double reward = decision instanceof Decision.Ask ? 0 : DECIDED;
    tell(traceId, event("agent_result", traceId, agent).put("result", result.build()));
    tell(
        traceId,
        event("rl_outcome", traceId, agent)
            .put("reward", JsonNumber.of(reward))
            .put("metadata", metadata.build()));
  }

  /// Tells that a workflow did not reach the Executor.
  void failed(String traceId, String agent, String error) {
    tell(
        traceId, event("task_error", traceId, agent).put("error", error).put("input_type", "text"));
  }

  private static JsonObject.Builder event(String type, String traceId, String agent) {
    return JsonObject.builder()
        .put("event_type", type)
        .put("trace_id", traceId)
        .put("agent_id", agent);
  }

  private void tell(String traceId, JsonObject.Builder event) {
    JsonObject body =
        JsonObject.builder()
            .put("requester_id", CoreSettings.ACTOR)
            .put("event_data", event.build())
            .build();
    bucket.ifPresent(outgoing -> outgoing.post(new Parcel(traceId, PATH, body), _ -> {}));
  }
}
