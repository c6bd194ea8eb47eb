package dev.fedcore.server.fc;

import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Response;
import dev.fedcore.server.api.RunText;
import dev.fedcore.server.entries.EntryPages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs, gates, entries and problems in the published client's shape.
final class FcShape {

  /// Members of a run that the client's model has.
  private static final List<String> RUN_MEMBERS =
      List.of(
          "run_id",
          "workflow_id",
          "workflow_version",
          "current_step",
          "step_index",
          "tenant_id",
          "actor_id",
          "correlation_id",
          "parent_run_id",
          "output_payload",
          "error_details",
          "receipt_chain",
          "workflow_receipt_hash",
          "evidence_pack_hash",
          "evidence_pack_refs",
          "created_at",
          "started_at",
          "completed_at",
          "updated_at",
          "metadata",
          "tags");

  /// Members of a gate that the client's model has.
  private static final List<String> GATE_MEMBERS =
      List.of(
          "gate_id",
          "run_id",
          "step_id",
          "gate_type",
          "gate_name",
          "description",
          "required_approvers",
          "approved_by",
          "rejection_reason",
          "created_at",
          "resolved_at",
          "expires_at");

  /// Members of an entry that the client's model has.
  private static final List<String> ENTRY_MEMBERS =
      List.of(
          "log_id",
          "run_id",
          "event_type",
          "step_id",
          "actor_id",
          "message",
          "details",
          "timestamp");

  private static final String STATUS = "status";

  private FcShape() {}

  static JsonObject run(Payload view) {
    JsonObject run = RunText.parse(view);
    return picked(run, RUN_MEMBERS)
        .put(
            "input_payload",
            run.get("input_payload").filter(FcShape::isThere).orElse(JsonObject.EMPTY))
        .put(STATUS, lower(run.get(STATUS)))
        .putNull("keon_receipt_id")
        .build();
  }

  static JsonObject gate(GateRow row) {
    JsonObject gate = RunText.parse(row.view());
    return picked(gate, GATE_MEMBERS)
        .put(STATUS, lower(gate.get(STATUS)))
        .putNull("evidence_pack_hash")
        .build();
  }

  static JsonObject entry(EntryPages.Shown entry) {
    JsonObject stored = JsonReader.readObject(entry.json().utf8(), JsonLimits.DEFAULT);
    boolean ofGate = stored.get("event_type").filter(FcShape::isOfGate).isPresent();
    return picked(stored, ENTRY_MEMBERS)
        .put("event_category", ofGate ? "gate" : "workflow")
        .put("previous_status", lower(stored.get("previous_status")))
        .put("new_status", lower(stored.get("new_status")))
        .putNull("duration_ms")
        .put("evidence_hash", entry.entry().document().hash())
        .build();
  }

  /// `{run, logs, gates}`.
  static JsonObject wrapped(Payload run, JsonArray logs, List<GateRow> gates) {
    return JsonObject.builder()
        .put("run", run(run))
        .put("logs", logs)
        .put("gates", gates(gates))
        .build();
  }

  static JsonArray entries(EntryPages.Page page) {
    return new JsonArray(page.shown().stream().<JsonValue>map(FcShape::entry).toList());
  }

  static JsonArray gates(List<GateRow> gates) {
    return new JsonArray(gates.stream().<JsonValue>map(FcShape::gate).toList());
  }

  /// `{detail}`, with the problem's status.
  static Response problem(Problem problem) {
    JsonObject body = JsonObject.builder().put("detail", problem.detail()).build();
    return new Response(
        problem.kind().status(),
        MediaTypes.JSON,
        problem.headers(),
        new Response.Body.Bytes(body.canonicalBytes()));
  }

  /// The client's model knows no run without an input; one that was erased has an empty one.
  private static boolean isThere(JsonValue value) {
    return !(value instanceof JsonNull);
  }

  private static boolean isOfGate(JsonValue eventType) {
    return eventType instanceof JsonString(String code) && code.startsWith("FC-GATE-");
  }

  private static JsonObject.Builder picked(JsonObject from, List<String> members) {
    var picked = JsonObject.builder();
    for (String name : members) {
      picked.put(name, from.get(name).orElse(JsonNull.NULL));
    }
    return picked;
  }

  private static JsonValue lower(Optional<JsonValue> word) {
    return word.orElse(JsonNull.NULL) instanceof JsonString(String text)
        ? new JsonString(text.toLowerCase(Locale.ROOT))
        : JsonNull.NULL;
  }
}
