package dev.fedcore.server;

import dev.fedcore.engine.adapter.Permits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Map;

/// Makes what acts for a server, in its process or in the executor's.
@FunctionalInterface
interface ActingMaker {

  /// Makes it.
  ///
  /// @param permits where adapters of this process hand their permits in
  /// @param closing gets what is to be closed
  /// @throws StartRefused if something is configured by half
  Acting make(Path data, Permits permits, InstantSource clock, Deque<Runnable> closing);

  /// Adapters in this process.
  ///
  /// @param environment what is configured; what is not runs dry
  static ActingMaker here(Map<String, String> environment) {
    return (data, permits, clock, closing) ->
        Acting.here(data, permits, environment, clock, closing);
  }
}
