package dev.fedcore.pillars.core;

import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What became of the latest tasks, in memory. The record that lasts is Federation Core's; this one
/// answers a user who asks a little later. Safe for use by many threads.
final class TaskBook {

  /// How many tasks are remembered; the oldest is forgotten first.
  static final int TASKS_MAX = 10_000;

  /// How many bytes the remembered tasks have as canonical JSON, of which a heap needs up to two
  /// each: 32 MiB, or three kilobytes a task. An answer that quotes a file has up to 600,000.
  static final int BYTES_MAX = 32 << 20;

  /// The longest text of a neighbour's that is remembered, in UTF-16 units: an id, a status or a
  /// reason in words. A longer one is cut.
  static final int TOLD_LENGTH_MAX = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /// Of all entries; guarded by the lock.
  private long bytes;

  private record Key(String tenant, String taskId) {}

  /// A task.
  ///
  /// @param requestHash of the request's body, to tell a repeated one from another
  /// @param answer as it was given; empty while it is being made, and of a task without a key,
  ///   which nobody can send again
  /// @param state as the user is told it
  /// @param bytes of the answer and the state
  private record Entry(
      String requestHash, Optional<JsonObject> answer, JsonObject state, long bytes) {

    static Entry of(String requestHash, Optional<JsonObject> answer, JsonObject state) {
      long bytes = answer.map(TaskBook::bytes).orElse(0L) + TaskBook.bytes(state);
      return new Entry(requestHash, answer, state, bytes);
    }
  }

  /// How a task begins.
  sealed interface Beginning {

    record Fresh() implements Beginning {}

    /// The same request was answered before.
    record Answered(JsonObject answer) implements Beginning {}

    /// The same request is being answered.
    record UnderWay() implements Beginning {}

    /// Another request has this name.
    record OtherRequest() implements Beginning {}
  }

  Beginning begin(String tenant, String taskId, String requestHash) {
    lock.lock();
    try {
      Entry entry = entries.get(new Key(tenant, taskId));
      if (entry == null) {
        put(new Key(tenant, taskId), Entry.of(requestHash, Optional.empty(), state("open")));
        return new Beginning.Fresh();
      }
      if (!entry.requestHash().equals(requestHash)) {
        return new Beginning.OtherRequest();
      }
      return entry
          .answer()
          .<Beginning>map(Beginning.Answered::new)
          .orElseGet(Beginning.UnderWay::new);
    } finally {
      lock.unlock();
    }
  }

  /// Forgets a task that came to nothing, so that it may be asked again.
  void forget(String tenant, String taskId) {
    lock.lock();
    try {
      remove(new Key(tenant, taskId));
    } finally {
      lock.unlock();
    }
  }

  /// Remembers an answer for whoever sends the same request again.
  void answered(String tenant, String taskId, JsonObject answer) {
    lock.lock();
    try {
      var key = new Key(tenant, taskId);
      Entry entry = entries.get(key);
      if (entry != null) {
        put(key, Entry.of(entry.requestHash(), Optional.of(answer), entry.state()));
      }
    } finally {
      lock.unlock();
    }
  }

  void become(String tenant, String taskId, JsonObject state) {
    lock.lock();
    try {
      var key = new Key(tenant, taskId);
      Entry entry = entries.get(key);
      if (entry != null) {
        put(key, Entry.of(entry.requestHash(), entry.answer(), state));
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<JsonObject> state(String tenant, String taskId) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(new Key(tenant, taskId))).map(Entry::state);
    } finally {
      lock.unlock();
    }
  }

  /// A state in which the Executor has said nothing yet.
  static JsonObject state(String status) {
    return state(status, JsonNull.NULL);
  }

  /// A state that the Executor had no part in.
  static JsonObject state(String status, JsonValue detail) {
    return state(status, detail, JsonObject.EMPTY);
  }

  /// A state.
  ///
  /// @param told what the Executor has told: `run_id`, and `gate_id` and `reason` of a run that
  ///   waits
  static JsonObject state(String status, JsonValue detail, JsonObject told) {
    var state =
        JsonObject.builder().put("status", new JsonString(status)).put("detail", text(detail));
    for (String name : List.of("run_id", "gate_id", "reason")) {
      state.put(name, text(told.get(name).orElse(JsonNull.NULL)));
    }
    return state.build();
  }

  /// A neighbour's text, of a length that can be kept; null for what is none.
  private static JsonValue text(JsonValue told) {
    if (!(told instanceof JsonString(String text))) {
      return JsonNull.NULL;
    }
    if (text.length() <= TOLD_LENGTH_MAX) {
      return told;
    }
    int end = TOLD_LENGTH_MAX - 1;
    boolean isInPair = Character.isHighSurrogate(text.charAt(end - 1));
    return new JsonString(text.substring(0, isInPair ? end - 1 : end) + "…");
  }

  private static long bytes(JsonObject kept) {
    return kept.canonicalBytes().length;
  }

  private void put(Key key, Entry entry) {
    Entry before = entries.put(key, entry);
    bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    while (entries.size() > TASKS_MAX || bytes > BYTES_MAX) {
      remove(entries.keySet().iterator().next());
    }
  }

  private void remove(Key key) {
    Entry gone = entries.remove(key);
    bytes -= gone == null ? 0 : gone.bytes();
  }
}
