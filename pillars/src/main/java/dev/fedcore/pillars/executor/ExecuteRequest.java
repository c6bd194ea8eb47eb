package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the executor is asked (seed "Workflow Executor Integration", section 1).
///
/// The trace id at the top level is authoritative (DESIGN section 11); one inside the payload must
/// be the same.
///
/// @param traceId 1 to 128 visible ASCII characters, minted by whoever asks
/// @param decision what was decided before; only [Decision#WORKFLOW] is executed
/// @param product the product that asks, in lower case
/// @param payload `data.payload`; empty unless the decision is workflow
record ExecuteRequest(
    String traceId, Decision decision, Optional<String> product, JsonObject payload) {

  /// The longest trace id: that of a correlation id at Federation Core.
  static final int TRACE_LENGTH_MAX = 128;

  private static final String WORKFLOW_TYPE = "workflow";
  private static final Set<String> PRODUCTS = Set.of("EMS", "AI_ASSISTANT", "AI_BEING", "GURUKUL");

  /// What the caller decided.
  enum Decision {
    RESPOND,
    TASK,
    WORKFLOW,
    INSIGHT,
    FALLBACK
  }

  /// Reads a body.
  ///
  /// @throws MalformedInput naming a member of the wrong type, or one that nobody knows
  /// @throws ProblemFound 422 for a value that the contract does not have, 400 if a workflow has no
  ///   payload
  static ExecuteRequest read(JsonObject body) {
    JsonFields fields = JsonFields.of(body, "");
    String traceId = traceId(fields, "trace_id");
    Decision decision = decision(fields);
    Optional<String> product = fields.optionalString("source_product").map(ExecuteRequest::product);
    Optional<JsonObject> data = fields.optionalObject("data");
    fields.end();
    JsonObject payload = data.map(ExecuteRequest::payload).orElse(JsonObject.EMPTY);
    if (decision == Decision.WORKFLOW && payload.members().isEmpty()) {
      throw new ProblemFound(
          Problem.of(ExecutorProblem.MISSING_WORKFLOW_PAYLOAD, "missing_workflow_payload")
              .withErrors(
                  List.of(new Problem.Place("/data/payload", "must say what is to be done"))));
    }
    requireSameTrace(traceId, payload);
    return new ExecuteRequest(traceId, decision, product, payload);
  }

  /// The action's type, if the payload names one.
  Optional<String> actionType() {
    return JsonFields.of(payload, "/data/payload")
        .optionalString("action_type")
        .filter(type -> !type.isBlank());
  }

  private static String traceId(JsonFields fields, String name) {
    String traceId = fields.string(name, TRACE_LENGTH_MAX);
    if (traceId.isEmpty() || !traceId.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new MalformedInput(
          fields.pointer(name), "must have 1 to 128 visible ASCII characters, without spaces");
    }
    return traceId;
  }

  private static Decision decision(JsonFields fields) {
    String text = fields.string("decision");
    for (Decision decision : Decision.values()) {
      if (decision.name().toLowerCase(Locale.ROOT).equals(text)) {
        return decision;
      }
    }
    throw invalid("/decision", "must be respond, task, workflow, insight or fallback");
  }

  private static String product(String text) {
    if (!PRODUCTS.contains(text)) {
      throw invalid("/source_product", "must be EMS, AI_ASSISTANT, AI_BEING or GURUKUL");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static JsonObject payload(JsonObject data) {
    JsonFields fields = JsonFields.of(data, "/data");
    Optional<String> type = fields.optionalString("workflow_type");
    Optional<JsonObject> payload = fields.optionalObject("payload");
    fields.end();
    if (!type.map(WORKFLOW_TYPE::equals).orElse(payload.isEmpty())) {
      throw invalid("/data/workflow_type", "must be \"workflow\"");
    }
    return payload.orElse(JsonObject.EMPTY);
  }

  private static void requireSameTrace(String traceId, JsonObject payload) {
    JsonValue inner = payload.get("trace_id").orElse(JsonNull.NULL);
    if (inner instanceof JsonNull || inner.equals(new JsonString(traceId))) {
      return;
    }
    throw invalid("/data/payload/trace_id", "must be the trace_id of the request, or absent");
  }

  static ProblemFound invalid(String pointer, String detail) {
    return new ProblemFound(Problem.at(ExecutorProblem.INVALID_REQUEST, pointer, detail));
  }
}
