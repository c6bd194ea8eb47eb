package dev.fedcore.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections on which a request is begun and not sent in time, or an answer is not taken:
/// each of them would keep one of a bounded number of places for ever. The HTTP library closes only
/// those on which nothing has begun.
///
/// One thread looks at all of them. A limit of each read would wake one twice for every request.
public final class ConnectionWatch implements ServerConnectionSelector, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  /// So much later than its time a connection is closed at most.
  private static final int LOOKS_PER_LIMIT = 4;

  private final ServerConnectionSelector http;
  private final Duration limit;
  private final Semaphore room;
  private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("connection-watch").daemon().factory());
  private final Future<?> looking;

  /// Begins to look after connections; there are none yet.
  ///
  /// @param http makes the connections
  /// @param limit how long the other end may take to send a request's head, to send its body, and
  ///   to take a piece of the answer
  /// @param roomBytes what all connections together may hold of bodies
  public ConnectionWatch(ServerConnectionSelector http, Duration limit, int roomBytes) {
    this.http = http;
    this.limit = limit;
    this.room = new Semaphore(roomBytes);
    long period = limit.toNanos() / LOOKS_PER_LIMIT;
    this.looking = thread.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var chunk = new BodyRoom(room);
    var bounded = new BoundedContext(context, BoundedReader.over(context.dataReader(), chunk));
    return new WatchedConnection(http.connection(bounded), open, new BodyRoom(room), chunk);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData begin) {
    return http.supports(begin);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public void close() {
    looking.cancel(false);
    thread.shutdown();
  }

  /// Nothing that goes wrong with one connection keeps it from looking at the others.
  private void look() {
    for (WatchedConnection connection : open) {
      try {
        connection.closeIfStalled(limit);
      } catch (RuntimeException | Error e) { // whatever gets out of here ends all later looks
        LOG.warn("event=connection_not_closed next=tried_again", e);
      }
    }
  }
}
