package dev.fedcore.benchmarks.pillars;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What the clients know for sure. Safe for use by many threads.
final class Journal {

  private final Map<String, Errand> sent = new ConcurrentHashMap<>();
  private final Map<String, String> runs = new ConcurrentHashMap<>();
  private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Long>> latencies = new ConcurrentHashMap<>();
  private final AtomicInteger replayed = new AtomicInteger();
  private final AtomicInteger refusedReuses = new AtomicInteger();
  private final AtomicInteger approved = new AtomicInteger();

  void sent(Errand errand) {
    sent.put(errand.traceId(), errand);
  }

  /// A trace id was answered with this run.
  void answered(String traceId, String run) {
    String earlier = runs.putIfAbsent(traceId, run);
    if (earlier != null && !earlier.equals(run)) {
      contradictions.add("%s was answered with %s and then %s".formatted(traceId, earlier, run));
    }
  }

  /// A first answer came after so many nanoseconds.
  ///
  /// @param when what was away at that time
  void took(String when, long nanos) {
    latencies.computeIfAbsent(when, _ -> new ConcurrentLinkedQueue<>()).add(nanos);
  }

  void approved() {
    approved.incrementAndGet();
  }

  /// The same request was sent again.
  void replayed(Errand errand, String first, String again) {
    replayed.incrementAndGet();
    if (!first.equals(again)) {
      contradictions.add(
          "%s was answered %s and then %s".formatted(errand.traceId(), first, again));
    }
  }

  /// Another request was sent under a used trace id.
  void reused(Errand errand, int status) {
    refusedReuses.incrementAndGet();
    if (status != 409) {
      contradictions.add(
          "another request under %s was answered %d".formatted(errand.traceId(), status));
    }
  }

  /// Something was answered that never should be.
  void contradicted(String what) {
    contradictions.add(what);
  }

  List<Errand> errands() {
    return List.copyOf(sent.values());
  }

  int count() {
    return sent.size();
  }

  /// The run that a trace id was answered with.
  Optional<String> run(String traceId) {
    return Optional.ofNullable(runs.get(traceId));
  }

  List<String> contradictions() {
    return new ArrayList<>(contradictions);
  }

  int replays() {
    return replayed.get();
  }

  int refusedReuses() {
    return refusedReuses.get();
  }

  int approvals() {
    return approved.get();
  }

  /// How long first answers took, by what was away meanwhile.
  Map<String, Times> latencies() {
    var times = new TreeMap<String, Times>();
    latencies.forEach((when, nanos) -> times.put(when, Times.of(nanos)));
    return times;
  }
}
