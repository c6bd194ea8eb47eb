package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;

/// Answers of an adapter, as one process tells them to another.
final class Wire {

  private static final String KIND = "kind";

  private Wire() {}

  static JsonObject of(AdapterOutcome outcome) {
    return switch (outcome) {
      case AdapterOutcome.Done(String effect, JsonObject output) -> found("done", effect, output);
      case AdapterOutcome.Rejected(String code, String message) ->
          refused("rejected", code, message);
      case AdapterOutcome.NotNow(String code, String message) -> refused("not_now", code, message);
      case AdapterOutcome.InDoubt(String cause) ->
          JsonObject.builder().put(KIND, "in_doubt").put("cause", cause).build();
    };
  }

  /// @throws MalformedInput if it is no such answer
  static AdapterOutcome outcome(JsonObject json) {
    JsonFields fields = JsonFields.of(json, "");
    String kind = fields.string(KIND);
    return switch (kind) {
      case "done" -> new AdapterOutcome.Done(fields.string("effect"), fields.object("output"));
      case "rejected" ->
          new AdapterOutcome.Rejected(fields.string("code"), fields.string("message"));
      case "not_now" -> new AdapterOutcome.NotNow(fields.string("code"), fields.string("message"));
      case "in_doubt" -> new AdapterOutcome.InDoubt(fields.string("cause"));
      default -> throw new MalformedInput(fields.pointer(KIND), "is no outcome: " + kind);
    };
  }

  static JsonObject of(Lookup lookup) {
    return switch (lookup) {
      case Lookup.Found(String effect, JsonObject output) -> found("found", effect, output);
      case Lookup.Absent _ -> JsonObject.builder().put(KIND, "absent").build();
      case Lookup.Unknowable(String why) ->
          JsonObject.builder().put(KIND, "unknowable").put("why", why).build();
    };
  }

  /// @throws MalformedInput if it is no such answer
  static Lookup lookup(JsonObject json) {
    JsonFields fields = JsonFields.of(json, "");
    String kind = fields.string(KIND);
    return switch (kind) {
      case "found" -> new Lookup.Found(fields.string("effect"), fields.object("output"));
      case "absent" -> new Lookup.Absent();
      case "unknowable" -> new Lookup.Unknowable(fields.string("why"));
      default -> throw new MalformedInput(fields.pointer(KIND), "is no look-up: " + kind);
    };
  }

  private static JsonObject found(String kind, String effect, JsonObject output) {
    return JsonObject.builder().put(KIND, kind).put("effect", effect).put("output", output).build();
  }

  private static JsonObject refused(String kind, String code, String message) {
    return JsonObject.builder().put(KIND, kind).put("code", code).put("message", message).build();
  }
}
