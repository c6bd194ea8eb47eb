package dev.fedcore.evidence.awo.folder;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Takes the clock out of a run's own documents: every member that states when something was is
/// moved to `timestamps/clock.json`, which is neither hashed nor archived, so that a run that is
/// made again has the same hashes.
///
/// A member states a time when its name is or ends in `at`, `time`, `timestamp`, `started`,
/// `finished` or `ts`, divided by `_`, and its value is an ISO 8601 time in UTC or null. Documents
/// that others name by hash, and what a workflow wrote, are left as they are.
public final class ClockTimes {

  /// Where the times go: file, then JSON pointer, then time.
  public static final String FILE = "timestamps/clock.json";

  private static final Pattern CLOCK_NAME =
      Pattern.compile("(?:.*_)?(?:at|time|timestamp|started|finished|ts)");
  private static final Pattern ISO =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z");

  private static final Set<String> UNTOUCHED_FOLDERS =
      Set.of("artifacts", "audit", "gates", "proofs", "receipts", "timestamps");
  private static final Set<String> UNTOUCHED = Set.of("approval.json", "workflow_frozen.json");

  private ClockTimes() {}

  /// A time as AWO's documents state it: whole seconds, UTC.
  public static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// A time as AWO's file names state it: `2026-01-01_09-30-00Z`.
  public static String fileText(Instant at) {
    return text(at).replace('T', '_').replace(':', '-');
  }

  /// Whether a member of this name is to state a time.
  public static boolean isClockName(String name) {
    return CLOCK_NAME.matcher(name).matches();
  }

  /// Whether `text` is an ISO 8601 time in UTC that exists.
  public static boolean isTime(String text) {
    if (!ISO.matcher(text).matches()) {
      return false;
    }
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// The run with its own documents in canonical form and without clock times, which are added to
  /// those already apart. Doing it twice changes nothing more.
  ///
  /// @throws MalformedInput when a document is no JSON
  public static RunFiles isolate(RunFiles files) {
    Map<String, JsonValue> clock = new TreeMap<>();
    files.json(FILE).ifPresent(known -> clock.putAll(known.members()));
    RunFiles isolated = files;
    for (String path : files.paths()) {
      Optional<JsonObject> document = isOwn(path) ? files.json(path) : Optional.empty();
      if (document.isPresent()) {
        Map<String, JsonValue> times = new LinkedHashMap<>();
        isolated = isolated.with(path, strip(document.get(), "", times));
        if (!times.isEmpty()) {
          clock.put(path, merged(clock.getOrDefault(path, JsonNull.NULL), times));
        }
      }
    }
    return clock.isEmpty() ? isolated : isolated.with(FILE, JsonObject.of(clock));
  }

  /// The times that were taken out of the document at `path`, by JSON pointer.
  ///
  /// @throws MalformedInput when the file of times is no JSON
  public static Map<String, String> of(RunFiles files, String path) {
    Map<String, String> times = new TreeMap<>();
    JsonValue known = files.json(FILE).flatMap(clock -> clock.get(path)).orElse(JsonNull.NULL);
    if (known instanceof JsonObject(var members)) {
      members.forEach((pointer, time) -> {
        if (time instanceof JsonString(String text)) {
          times.put(pointer, text);
        }
      });
    }
    return times;
  }

  /// Whether the document is the run's own: one that nobody names by hash.
  private static boolean isOwn(String path) {
    int slash = path.indexOf('/');
    String folder = slash < 0 ? "" : path.substring(0, slash);
    return (path.endsWith(".json") || path.equals("gate_decision.yml"))
        && !UNTOUCHED.contains(path)
        && !UNTOUCHED_FOLDERS.contains(folder);
  }

  private static JsonValue merged(JsonValue known, Map<String, JsonValue> times) {
    var all = new LinkedHashMap<String, JsonValue>();
    if (known instanceof JsonObject(var members)) {
      all.putAll(members);
    }
    all.putAll(times);
    return JsonObject.of(all);
  }

  private static JsonObject strip(JsonObject object, String at, Map<String, JsonValue> times) {
    var kept = new LinkedHashMap<String, JsonValue>();
    object
        .members()
        .forEach((name, value) -> {
          String pointer = JsonPointers.child(at, name);
          if (isClockName(name) && isTimeOrNull(value)) {
            times.put(pointer, value);
          } else {
            kept.put(name, strip(value, pointer, times));
          }
        });
    return JsonObject.of(kept);
  }

  private static JsonValue strip(JsonValue value, String at, Map<String, JsonValue> times) {
    if (value instanceof JsonObject object) {
      return strip(object, at, times);
    }
    if (value instanceof JsonArray(var items)) {
      List<JsonValue> kept = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        kept.add(strip(items.get(i), JsonPointers.child(at, i), times));
      }
      return new JsonArray(kept);
    }
    return value;
  }

  private static boolean isTimeOrNull(JsonValue value) {
    return value instanceof JsonNull || (value instanceof JsonString(String s) && isTime(s));
  }
}
