package dev.fedcore.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;

/// A connection that knows whom it waits for. Its own thread says so; the one that looks after all
/// connections asks.
public final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {

  /// The connection whose request is being answered. Empty where nobody watches.
  public static final ScopedValue<WatchedConnection> CURRENT = ScopedValue.newInstance();

  private final ServerConnection connection;
  private final Set<WatchedConnection> open;
  private volatile Waiting waiting = Waiting.FOR_A_REQUEST;
  private volatile long since = System.nanoTime();

  /// The next three are used by the thread that looks after connections alone: whether a head has
  /// begun, after which moment, and since when that is known.
  private boolean headSeen;

  private long headAfter;
  private long headSince;

  /// What happens on a connection.
  public enum Waiting {
    /// For a request that has not begun, or whose head is not whole.
    FOR_A_REQUEST,
    FOR_ITS_BODY,
    /// For ourselves, as long as it takes.
    FOR_AN_ANSWER,
    /// For the other end to take the answer.
    FOR_ITS_READER
  }

  /// @param connection reads requests and has them answered
  /// @param open where it is found as long as it is open
  WatchedConnection(ServerConnection connection, Set<WatchedConnection> open) {
    this.connection = connection;
    this.open = open;
  }

  /// Says what is waited for from now on. For the connection's thread.
  public void waits(Waiting what) {
    since = System.nanoTime();
    waiting = what;
  }

  /// Whether the other end has let us wait for longer than `limit` amid a request or an answer. A
  /// head is seen only by who looks again and again, and finds the same one twice.
  ///
  /// @param now of [System#nanoTime()]
  boolean isStalled(long now, Duration limit) {
    return switch (waiting) {
      case FOR_AN_ANSWER -> false;
      case FOR_ITS_BODY, FOR_ITS_READER -> now - since > limit.toNanos();
      case FOR_A_REQUEST -> isAmidHead(now) && now - headSince > limit.toNanos();
    };
  }

  private boolean isAmidHead(long now) {
    if (canInterrupt()) {
      headSeen = false;
      return false;
    }
    long after = since;
    if (!headSeen || headAfter != after) {
      headSeen = true;
      headAfter = after;
      headSince = now;
    }
    return true;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    open.add(this);
    try {
      ScopedValue.where(CURRENT, this).call(() -> handled(limit));
    } finally {
      open.remove(this);
    }
  }

  private boolean handled(Limit limit) throws InterruptedException {
    connection.handle(limit);
    return true;
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }

  /// Whether it waits for a request to begin.
  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}
