package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A run, said in the executor's words: `success`, `failed` or `pending`.
///
/// `execution_result.success` is there whenever the execution is over, `error_code` whenever it
/// failed. What is pending has run and gate ids to follow it with.
public final class Outcomes {

  private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "CANCELLED");

  private Outcomes() {}

  /// Whether the run has ended.
  static boolean isOver(JsonObject run) {
    return OVER.contains(JsonFields.of(run, "").string("status"));
  }

  /// What came of a run.
  ///
  /// @param run its JSON, as Federation Core shows it
  /// @param gate the one that it waits for
  static JsonObject of(String traceId, JsonObject run, Optional<String> gate) {
    JsonFields fields = JsonFields.of(run, "");
    var answer =
        JsonObject.builder().put("trace_id", traceId).put("run_id", fields.string("run_id"));
    if (isOver(run)) {
      boolean success = fields.string("status").equals("COMPLETED");
      return answer
          .put("status", success ? "success" : "failed")
          .put("execution_result", result(traceId, run))
          .build();
    }
    gate.ifPresent(id -> answer.put("gate_id", id));
    return answer.put("status", "pending").put("reason", reason(fields)).build();
  }

  /// The result of a run that is over. Also what is told to Bucket.
  ///
  /// @param run its JSON, as Federation Core shows it
  public static JsonObject result(String traceId, JsonObject run) {
    JsonFields fields = JsonFields.of(run, "");
    JsonObject step = (JsonObject) fields.array("steps").getFirst();
    boolean success = fields.string("status").equals("COMPLETED");
    Map<String, JsonValue> result = new LinkedHashMap<>();
    result.put("success", JsonBoolean.of(success));
    result.put("trace_id", new JsonString(traceId));
    result.put("timestamp", new JsonString(fields.string("updated_at")));
    if (success) {
      done(result, step, fields.string("updated_at"));
    } else {
      wentWrong(result, step, fields);
    }
    return JsonObject.of(result);
  }

  /// An execution that never became a run.
  static JsonObject failed(String traceId, String code, String message) {
    return JsonObject.builder()
        .put("trace_id", traceId)
        .put("status", "failed")
        .put(
            "execution_result",
            JsonObject.builder()
                .put("success", false)
                .put("error_code", code)
                .put("message", message)
                .build())
        .build();
  }

  /// A request that is none of the executor's.
  static JsonObject skipped(String traceId) {
    return JsonObject.builder()
        .put("trace_id", traceId)
        .put("status", "skipped")
        .put("reason", "decision_not_workflow")
        .build();
  }

  private static void done(Map<String, JsonValue> result, JsonObject step, String at) {
    JsonFields fields = JsonFields.of(step, "");
    JsonObject output = fields.optionalObject("output").orElse(JsonObject.EMPTY);
    boolean dryRun = output.get("dry_run").equals(Optional.of(JsonBoolean.of(true)));
    output.members().forEach(result::putIfAbsent);
    String effect = fields.optionalString("effect_ref").orElse("");
    fields
        .optionalString("action_type")
        .flatMap(ActionKind::of)
        .ifPresent(kind -> {
          result.put("action_type", new JsonString(kind.actionType()));
          result.put(kind.idName(), new JsonString(effect));
          result.put(kind.timeName(), new JsonString(at));
          result.put(kind.stateName(), new JsonString(dryRun ? "DRY_RUN" : kind.stateDone()));
          if (kind == ActionKind.TASK) {
            result.put("reference", new JsonString("local://tasks/" + effect));
          }
        });
  }

  private static void wentWrong(Map<String, JsonValue> result, JsonObject step, JsonFields run) {
    JsonFields fields = JsonFields.of(step, "");
    JsonFields error = JsonFields.of(fields.optionalObject("error").orElse(JsonObject.EMPTY), "");
    JsonFields details =
        JsonFields.of(run.optionalObject("error_details").orElse(JsonObject.EMPTY), "");
    String code = error.optionalString("code").orElse("");
    fields
        .optionalString("action_type")
        .ifPresent(type -> result.put("action_type", new JsonString(type)));
    if (run.string("status").equals("CANCELLED")) {
      result.put("error_code", new JsonString("cancelled"));
    } else if (details.bool("gate_rejected", false)) {
      result.put("error_code", new JsonString("gate_rejected"));
    } else if (code.equals("denied")) {
      result.put("error_code", new JsonString("policy_denied"));
    } else {
      result.put("error_code", new JsonString("adapter_execution_failed"));
      result.put("adapter_error", new JsonString(code));
    }
    error
        .optionalString("message")
        .ifPresent(message -> result.put("message", new JsonString(message)));
  }

  private static String reason(JsonFields run) {
    List<String> causes = run.strings("paused_for");
    if (causes.contains("GATE")) {
      return "waits_for_approval";
    }
    if (causes.contains("IN_DOUBT")) {
      return "effect_in_doubt";
    }
    return causes.isEmpty() ? "still_running" : "paused_by_operator";
  }
}
