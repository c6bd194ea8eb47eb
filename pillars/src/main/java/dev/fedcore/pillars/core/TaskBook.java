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

  /// How many tasks are remembered; the oldest is forgotten first. A kilobyte each.
  static final int TASKS_MAX = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  private record Key(String tenant, String taskId) {}

  /// A task.
  ///
  /// @param requestHash of the request's body, to tell a repeated one from another
  /// @param answer as it was given; empty while it is being made
  /// @param state as the user is told it
  private record Entry(String requestHash, Optional<JsonObject> answer, JsonObject state) {}

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
        put(new Key(tenant, taskId), new Entry(requestHash, Optional.empty(), state("open")));
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
      entries.remove(new Key(tenant, taskId));
    } finally {
      lock.unlock();
    }
  }

  void answered(String tenant, String taskId, JsonObject answer) {
    lock.lock();
    try {
      var key = new Key(tenant, taskId);
      Entry entry = entries.get(key);
      if (entry != null) {
        entries.put(key, new Entry(entry.requestHash(), Optional.of(answer), entry.state()));
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
        entries.put(key, new Entry(entry.requestHash(), entry.answer(), state));
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
    var state = JsonObject.builder().put("status", new JsonString(status)).put("detail", detail);
    for (String name : List.of("run_id", "gate_id", "reason")) {
      state.put(name, told.get(name).filter(JsonString.class::isInstance).orElse(JsonNull.NULL));
    }
    return state.build();
  }

  private void put(Key key, Entry entry) {
    entries.put(key, entry);
    if (entries.size() > TASKS_MAX) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
