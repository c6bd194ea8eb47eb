package dev.fedcore.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A connection that knows whom it waits for. Its own thread says so; the one that looks after all
/// connections closes it when that takes too long.
public final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {

  /// The connection that the present thread serves.
  public static final ScopedValue<WatchedConnection> CURRENT = ScopedValue.newInstance();

  private static final State CLOSED = new State(Waiting.FOR_NOBODY, 0);

  private final ServerConnection connection;
  private final Set<WatchedConnection> open;
  private final BodyRoom body;
  private final BodyRoom chunk;
  private final AtomicReference<State> state =
      new AtomicReference<>(new State(Waiting.FOR_A_REQUEST, System.nanoTime()));

  /// Used by the thread that looks after connections alone: the state in which a head was first
  /// seen to have begun, and when that was.
  private State headSeenIn = CLOSED;

  private long headSeenAt;

  /// What a connection waits for.
  public enum Waiting {
    /// For a request that has not begun, or whose head is not whole.
    FOR_A_REQUEST,
    FOR_ITS_BODY,
    /// For ourselves, as long as it takes.
    FOR_AN_ANSWER,
    /// For the other end to take a piece of the answer.
    FOR_ITS_READER,
    /// It is closed.
    FOR_NOBODY
  }

  /// @param since of [System#nanoTime()]
  private record State(Waiting waiting, long since) {}

  /// @param connection reads requests and has them answered
  /// @param open where it is found as long as it is open
  /// @param body room for the body of the request that is at work
  /// @param chunk room for a piece of a body that is being read
  WatchedConnection(
      ServerConnection connection, Set<WatchedConnection> open, BodyRoom body, BodyRoom chunk) {
    this.connection = connection;
    this.open = open;
    this.body = body;
    this.chunk = chunk;
  }

  /// Room for the body of the request that is at work. For the connection's thread.
  public BodyRoom body() {
    return body;
  }

  /// Says what is waited for from now on. For the connection's thread.
  ///
  /// @return false if the connection was closed meanwhile; the thread is interrupted then, now or
  ///   in a moment, and must begin nothing more
  public boolean waits(Waiting what) {
    if (what == Waiting.FOR_A_REQUEST) {
      body.clear();
    }
    State before = state.get();
    return before.waiting != Waiting.FOR_NOBODY
        && state.compareAndSet(before, new State(what, System.nanoTime()));
  }

  /// Whether a request is here whose answer is not yet sent.
  public boolean isAnswering() {
    return state.get().waiting != Waiting.FOR_A_REQUEST;
  }

  /// Closes the connection if the other end has let us wait for longer than `limit` amid a request
  /// or an answer. A head is seen only by who looks again and again, and finds the same one twice.
  void closeIfStalled(Duration limit) {
    State seen = state.get();
    if (isStalled(seen, System.nanoTime(), limit.toNanos()) && state.compareAndSet(seen, CLOSED)) {
      connection.close(true);
    }
  }

  private boolean isStalled(State seen, long now, long limit) {
    return switch (seen.waiting) {
      case FOR_AN_ANSWER, FOR_NOBODY -> false;
      case FOR_ITS_BODY, FOR_ITS_READER -> now - seen.since > limit;
      case FOR_A_REQUEST -> isAmidHead(seen, now) && now - headSeenAt > limit;
    };
  }

  private boolean isAmidHead(State seen, long now) {
    if (canInterrupt()) {
      headSeenIn = CLOSED;
      return false;
    }
    if (!headSeenIn.equals(seen)) {
      headSeenIn = seen;
      headSeenAt = now;
    }
    return true;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    open.add(this);
    try {
      ScopedValue.where(CURRENT, this).call(() -> handled(limit));
    } finally {
      body.clear();
      chunk.clear();
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
