package dev.fedcore.engine;

import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.RunLoader;
import dev.fedcore.kernel.identity.RunId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The runs in memory. Two copies of one run may exist for a moment; the ledger's expected version
/// then lets one of them win.
final class LiveRuns {

  /// How many runs are kept at most; a run takes a few kilobytes beside its payloads.
  private static final int RUNS_MAX = 4_096;

  /// What the payloads of all of them weigh at most; they take several times as much memory.
  private static final long WEIGHT_MAX = 32 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, LiveRun> runs = new LinkedHashMap<>();
  private final RunLoader loader;

  LiveRuns(RunLoader loader) {
    this.loader = loader;
  }

  /// The run, from memory or from the ledger.
  Optional<LiveRun> get(RunId id) {
    Optional<LiveRun> known = inMemory(id);
    return known.isPresent() ? known : loader.load(id).map(this::keep);
  }

  Optional<LiveRun> inMemory(RunId id) {
    lock.lock();
    try {
      return Optional.ofNullable(runs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Keeps `run`, or says which copy is there already.
  LiveRun keep(LiveRun run) {
    lock.lock();
    try {
      LiveRun known = runs.putIfAbsent(run.header().run(), run);
      forgetOldest();
      return known == null ? run : known;
    } finally {
      lock.unlock();
    }
  }

  void forget(LiveRun run) {
    lock.lock();
    try {
      runs.remove(run.header().run(), run);
    } finally {
      lock.unlock();
    }
  }

  /// All but the newest, if need be.
  private void forgetOldest() {
    long weight = runs.values().stream().mapToLong(LiveRun::weight).sum();
    Iterator<LiveRun> oldest = runs.values().iterator();
    while (runs.size() > 1 && (runs.size() > RUNS_MAX || weight > WEIGHT_MAX)) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
