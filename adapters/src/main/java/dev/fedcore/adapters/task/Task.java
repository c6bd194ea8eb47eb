package dev.fedcore.adapters.task;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.kernel.identity.RunId;
import java.nio.charset.StandardCharsets;

/// A task that was made.
///
/// @param createdAt RFC 3339, UTC, microseconds
record Task(
    String taskId,
    String effectKey,
    String tenant,
    String runId,
    String actor,
    String createdAt,
    TaskParameters parameters) {

  /// How many hexadecimal digits of a version 7 UUID tell when it was made, to the millisecond.
  private static final int TIME_DIGITS = 12;

  /// How many hexadecimal digits of the hash follow: 80 bits, so that no two effects of runs that
  /// were made in one millisecond ever share an id.
  private static final int HASH_DIGITS = 20;

  /// The id of the task that an effect key makes, the same however often it is asked for.
  ///
  /// It begins with the time of its run: what is made together stands together in an index, where
  /// ids that are all hash would touch another page with each task.
  static String id(RunId run, String effectKey) {
    String time = run.toString().replace("-", "").substring(0, TIME_DIGITS);
    String hash = Sha256.hex(effectKey.getBytes(StandardCharsets.UTF_8));
    return "task_" + time + hash.substring(0, HASH_DIGITS);
  }

  /// Reads parameters as they were kept.
  static TaskParameters parameters(String canonical) {
    return TaskParameters.read(
        JsonReader.readObject(canonical.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }

  /// The task as readers see it: all members always there, null where it has none.
  JsonObject json() {
    JsonObject normal = parameters.normal();
    return JsonObject.builder()
        .put("task_id", taskId)
        .put("title", parameters.title())
        .put("description", parameters.description())
        .put("list", parameters.list())
        .put("priority", parameters.priority().text())
        .put("assignee", orNull(normal, "assignee"))
        .put("due", orNull(normal, "due"))
        .put("labels", orNull(normal, "labels"))
        .put("amount_minor", parameters.amountMinor())
        .put("key", orNull(normal, "key"))
        .put("parent_key", orNull(normal, "parent_key"))
        .put("created_at", createdAt)
        .put("effect_key", effectKey)
        .build();
  }

  private static JsonValue orNull(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL);
  }
}
