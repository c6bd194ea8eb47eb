package dev.fedcore.pillars.core.outgoing;

import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.client.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Sends parcels to one service in the background, each once and within the client's time limit.
/// Whoever posts one never waits. Safe for use by many threads.
public final class Outgoing implements AutoCloseable {

  /// Parcels that wait. At two seconds each, the last one leaves after four minutes.
  public static final int WAITING_MAX = 1_000;

  /// The bytes of the bodies that wait or are under way, of which a heap needs up to two each: 32
  /// MiB, or 50 of the largest bodies.
  public static final int BYTES_MAX = 32 << 20;

  /// Parcels under way at once.
  public static final int WORKERS = 8;

  /// How long what waits may still be sent when this is closed.
  private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

  private final ServiceClient client;
  private final Credentials credentials;
  private final ThreadPoolExecutor workers;
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder sent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /// A way out to one service.
  ///
  /// @param credentials say with each parcel who sends
  public Outgoing(ServiceClient client, Credentials credentials) {
    this.client = client;
    this.credentials = credentials;
    this.workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofVirtual().name("outgoing-", 0).factory());
  }

  /// What became of the parcels so far.
  ///
  /// @param waiting not yet tried
  /// @param sent answered with success
  /// @param refused answered otherwise
  /// @param failed not answered in time, or the service cannot be reached
  /// @param dropped never tried: too many waited, or this was closed
  public record Counts(long waiting, long sent, long refused, long failed, long dropped) {}

  /// Takes a parcel; false when it was dropped.
  ///
  /// @param listener is told what came of it if it was tried, on the worker's thread
  public boolean post(Parcel parcel, Consumer<Answer> listener) {
    int size = parcel.body().canonicalBytes().length;
    if (bytes.addAndGet(size) <= BYTES_MAX && taken(parcel, size, listener)) {
      return true;
    }
    bytes.addAndGet(-size);
    dropped.increment();
    return false;
  }

  private boolean taken(Parcel parcel, int size, Consumer<Answer> listener) {
    try {
      workers.execute(() -> {
        Answer answer;
        try {
          answer = send(parcel);
        } finally {
          bytes.addAndGet(-size);
        }
        listener.accept(answer);
      });
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  public Counts counts() {
    return new Counts(
        workers.getQueue().size(), sent.sum(), refused.sum(), failed.sum(), dropped.sum());
  }

  private Answer send(Parcel parcel) {
    var fields = new ArrayList<>(credentials.headers(Optional.empty()));
    Trace.header(parcel.traceId()).ifPresent(fields::add);
    Answer answer = client.post(parcel.path(), parcel.body(), fields);
    switch (answer) {
      case Answer.Heard heard -> (heard.isSuccess() ? sent : refused).increment();
      case Answer.Unreachable _, Answer.Lost _ -> failed.increment();
    }
    return answer;
  }

  /// Sends what waits for a few seconds more, and drops the rest.
  @Override
  public void close() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(DRAIN_MAX.toSeconds(), TimeUnit.SECONDS)) {
        dropped.add(workers.shutdownNow().size());
      }
    } catch (InterruptedException _) {
      dropped.add(workers.shutdownNow().size());
      Thread.currentThread().interrupt();
    }
  }
}
