package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// That no document says on which machine a run was, and that every time is one.
record ValueInvariants(RunFiles files, List<String> reasons) {

  private static final Set<String> VOLATILE =
      Set.of("pid", "hostname", "container_id", "pod_uid", "instance_id");
  private static final List<String> DOCUMENTS =
      List.of("environment.json", "index.json", "provenance.json", "run_manifest.json");

  void check() {
    for (String path : DOCUMENTS) {
      document(path).ifPresent(document -> walk(path, "", document));
    }
    times();
  }

  /// A document that can be read; that one cannot is said where it is used.
  private Optional<JsonObject> document(String path) {
    try {
      return files.json(path);
    } catch (MalformedInput e) {
      return Optional.empty();
    }
  }

  private void walk(String path, String at, JsonValue value) {
    if (value instanceof JsonArray(var items)) {
      for (int i = 0; i < items.size(); i++) {
        walk(path, JsonPointers.child(at, i), items.get(i));
      }
    }
    if (value instanceof JsonObject(var members)) {
      members.forEach((name, member) -> {
        String pointer = JsonPointers.child(at, name);
        if (VOLATILE.contains(name) && !isEmpty(member)) {
          reasons.add("volatile:%s%s".formatted(path, pointer));
        }
        if (ClockTimes.isClockName(name) && !isTime(member)) {
          reasons.add("time:%s%s".formatted(path, pointer));
        }
        walk(path, pointer, member);
      });
    }
  }

  /// The times that stand apart.
  private void times() {
    try {
      files
          .json(ClockTimes.FILE)
          .ifPresent(clock ->
              clock
                  .members()
                  .forEach((path, times) -> {
                    if (!isTimes(times)) {
                      reasons.add("time:%s#%s".formatted(ClockTimes.FILE, path));
                    }
                  }));
    } catch (MalformedInput e) {
      reasons.add("not_json:" + ClockTimes.FILE);
    }
  }

  private static boolean isTimes(JsonValue times) {
    return times instanceof JsonObject(var members)
        && members.values().stream().allMatch(ValueInvariants::isTime);
  }

  private static boolean isTime(JsonValue value) {
    return value instanceof JsonNull
        || (value instanceof JsonString(String text) && ClockTimes.isTime(text));
  }

  private static boolean isEmpty(JsonValue value) {
    return value instanceof JsonNull || (value instanceof JsonString(String s) && s.isEmpty());
  }
}
