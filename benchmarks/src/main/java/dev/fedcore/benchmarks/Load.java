package dev.fedcore.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Closed-loop clients: each sends a request, waits for its answer, and sends the next. One thread
/// serves them all, and answers that come together are read together: what the clients take the
/// server does not have.
final class Load {

  private static final String COMPLETED = "\"status\":\"COMPLETED\"";

  private final int clients;
  private final Duration duration;

  Load(int clients, Duration duration) {
    this.clients = clients;
    this.duration = duration;
  }

  /// What one client sends, over and over.
  ///
  /// @param body JSON; empty to read
  /// @param expected must stand in every answer
  record Script(URI target, String body, String expected) {

    /// Creates a run, and waits until it is COMPLETED.
    static Script createRun(URI server, String body) {
      return new Script(server.resolve("/workflows/runs"), body, COMPLETED);
    }

    /// Reads a run that is COMPLETED.
    static Script readRun(URI server, String run) {
      return new Script(server.resolve("/workflows/runs/" + run), "", COMPLETED);
    }
  }

  /// How it went.
  ///
  /// @param seconds how long it really took
  record Outcome(Latencies.Sorted times, long failures, double seconds) {

    double perSecond() {
      return times.count() / seconds;
    }
  }

  Outcome run(Script script) throws InterruptedException {
    long begun = System.nanoTime();
    long end = begun + duration.toNanos();
    var running = new ArrayList<LoadClient>();
    try (EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      var sockets = new Bootstrap().group(thread).channel(NioSocketChannel.class);
      for (int i = 0; i < clients; i++) {
        running.add(LoadClient.start(sockets, script, end));
      }
      for (LoadClient client : running) {
        client.await();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Latencies> latencies = running.stream().map(LoadClient::latencies).toList();
    long failures = running.stream().mapToLong(LoadClient::failures).sum();
    return new Outcome(Latencies.sorted(latencies), failures, seconds);
  }
}
