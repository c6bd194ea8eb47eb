package dev.fedcore.benchmarks.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the clients know for sure: which requests were acknowledged, and with which run. Safe for
/// use by many threads.
final class Journal {

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, String> contradicted = new ConcurrentHashMap<>();

  /// The request of this name was answered with this run.
  void acknowledged(String name, String run) {
    String earlier = acknowledged.putIfAbsent(name, run);
    if (earlier != null && !earlier.equals(run)) {
      contradicted.put(name, earlier + " and then " + run);
    }
  }

  /// Runs by the name of the request that made them.
  Map<String, String> runs() {
    return acknowledged;
  }

  /// Requests that were answered with two different runs.
  Map<String, String> contradicted() {
    return contradicted;
  }
}
