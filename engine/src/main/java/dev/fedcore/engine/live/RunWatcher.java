package dev.fedcore.engine.live;

import dev.fedcore.kernel.run.RunEvent;
import java.util.List;

/// Is told what has happened to runs, once it is durable: to count it, not to act on it.
///
/// Called on the thread of the command, under the run's lock, so it is quick and throws nothing.
@FunctionalInterface
public interface RunWatcher {

  /// The events of one append, in their order.
  void happened(LiveRun run, List<RunEvent> events);
}
