package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.StreamId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Serves one destination, on one thread of its own and a few for deliveries at the same time.
///
/// Messages of different streams go at the same time, those of one stream one after the other. How
/// many go at a time begins at one, grows by one with each that is delivered, and is one again
/// after the first failure, so that a destination that is away is not stormed.
///
/// A message that fails stalls its stream, so that nothing overtakes it, and no other stream. After
/// several failures in a row the destination rests; then one message, of the stream that has failed
/// least, finds out whether it is back.
final class Courier {

  /// Messages read, and acknowledged, at once.
  private static final int BATCH = 256;

  /// The most messages on their way at once: enough to fill a receiver's group commit, and few
  /// connections.
  private static final int AT_ONCE_MAX = 32;

  /// How often an idle courier looks without being woken; also the longest it takes to close.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /// How often while streams are stalled, whose messages are all passed over each time.
  private static final Duration LOOK_PAST_STALLED = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Commits commits;
  private final Destination destination;
  private final Pace pace;
  private final Supplier<RandomGenerator> random;
  private final CountDownLatch closing;

  private final Map<StreamId, Stall> stalls = new HashMap<>();
  private final Set<String> unacknowledged = new LinkedHashSet<>();
  private int failuresInARow;
  private int atOnce = 1;
  private volatile boolean resting;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Courier(
      Ledger ledger,
      Commits commits,
      Destination destination,
      Pace pace,
      Supplier<RandomGenerator> random,
      CountDownLatch closing) {
    this.ledger = ledger;
    this.commits = commits;
    this.destination = destination;
    this.pace = pace;
    this.random = random;
    this.closing = closing;
  }

  /// A stream that waits.
  ///
  /// @param until on the machine's own clock of nanoseconds
  private record Stall(int failures, long until) {}

  String name() {
    return destination.name();
  }

  boolean isResting() {
    return resting;
  }

  void run() {
    try (threads) {
      while (!isClosing(Duration.ZERO)) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    try {
      long seen = commits.latestWithMessages();
      acknowledge();
      List<OutboxMessage> ready = ready();
      if (ready.isEmpty()) {
        forgetPast();
        awaitMore(seen);
      } else {
        deliver(resting ? List.of(probe(ready)) : ready);
        acknowledge();
      }
      rest();
    } catch (LedgerUnavailable e) {
      isClosing(pace.wait(1, random.get()));
    }
  }

  /// Waits until there is more, until a stall ends, or until it is time to look all the same.
  private void awaitMore(long seen) throws InterruptedException {
    Duration pause = stalls.isEmpty() ? LOOK_AGAIN : LOOK_PAST_STALLED;
    long end = System.nanoTime() + shorter(untilNextStallEnds(), pause).toNanos();
    Duration left = Duration.ofNanos(end - System.nanoTime());
    while (left.isPositive()
        && !commits.awaitMessagesBeyond(seen, shorter(left, LOOK_AGAIN))
        && !isClosing(Duration.ZERO)) {
      left = Duration.ofNanos(end - System.nanoTime());
    }
  }

  /// Delivers, oldest first, as many at once as may go. One that has failed takes with it what
  /// waits behind it in its stream.
  private void deliver(List<OutboxMessage> messages) throws InterruptedException {
    var waiting = new ArrayDeque<>(messages);
    var underWay = new HashSet<StreamId>();
    var attempts = new ExecutorCompletionService<Attempt>(threads);
    boolean pausing = false;
    while (true) {
      Optional<OutboxMessage> next = next(waiting, underWay);
      while (!pausing && underWay.size() < atOnce && next.isPresent()) {
        OutboxMessage message = next.get();
        waiting.remove(message);
        underWay.add(message.stream());
        attempts.submit(() -> new Attempt(message, delivery(message)));
        next = next(waiting, underWay);
      }
      if (underWay.isEmpty()) {
        return;
      }
      Attempt attempt = attempts.take().resultNow();
      underWay.remove(attempt.message().stream());
      settle(attempt, waiting);
      pausing = failuresInARow >= pace.failuresToOpen() || isClosing(Duration.ZERO);
    }
  }

  /// A delivery that has come to its end.
  private record Attempt(OutboxMessage message, Delivery outcome) {}

  private void settle(Attempt attempt, Collection<OutboxMessage> waiting) {
    if (isDelivered(attempt.message(), attempt.outcome())) {
      atOnce = Math.min(atOnce + 1, AT_ONCE_MAX);
    } else {
      atOnce = 1;
      waiting.removeIf(message -> message.stream().equals(attempt.message().stream()));
    }
  }

  /// The oldest message of a stream of which none is under way.
  private static Optional<OutboxMessage> next(
      Collection<OutboxMessage> waiting, Set<StreamId> underWay) {
    return waiting.stream().filter(message -> !underWay.contains(message.stream())).findFirst();
  }

  private boolean isDelivered(OutboxMessage message, Delivery outcome) {
    return switch (outcome) {
      case Delivery.Delivered _ -> {
        unacknowledged.add(message.id());
        stalls.remove(message.stream());
        failuresInARow = 0;
        resting = false;
        yield true;
      }
      case Delivery.TryLater later -> {
        int failures = failures(message.stream()) + 1;
        long wait = pace.wait(failures, random.get()).toNanos();
        stalls.put(message.stream(), new Stall(failures, System.nanoTime() + wait));
        failuresInARow++;
        System.getLogger(Courier.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "not_delivered destination=%s id=%s failures=%d reason=%s"
                    .formatted(name(), message.id(), failures, later.reason()));
        yield false;
      }
    };
  }

  private Delivery delivery(OutboxMessage message) {
    try {
      return destination.deliver(message);
    } catch (RuntimeException | Error fault) { // whatever gets out of here ends all deliveries
      return new Delivery.TryLater("the destination failed: " + fault);
    }
  }

  /// The messages that may go now, oldest first.
  private List<OutboxMessage> ready() {
    return resting ? probes() : ledger.outbox(name(), stalled(), BATCH);
  }

  /// While the destination rests, only its own wait counts: the probe may be of any stream, and is
  /// of one that has not failed if there is one.
  private List<OutboxMessage> probes() {
    List<OutboxMessage> fresh = ledger.outbox(name(), Set.copyOf(stalls.keySet()), 1);
    return fresh.isEmpty() ? ledger.outbox(name(), BATCH) : fresh;
  }

  private Set<StreamId> stalled() {
    long now = System.nanoTime();
    return stalls.entrySet().stream()
        .filter(stall -> stall.getValue().until() - now > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private OutboxMessage probe(List<OutboxMessage> ready) {
    return ready.stream().min(Comparator.comparingInt(m -> failures(m.stream()))).orElseThrow();
  }

  private void acknowledge() {
    if (!unacknowledged.isEmpty()) {
      ledger.delivered(List.copyOf(unacknowledged));
      unacknowledged.clear();
    }
  }

  private void rest() throws InterruptedException {
    if (failuresInARow >= pace.failuresToOpen()) {
      resting = true;
      int beyond = failuresInARow - pace.failuresToOpen() + 1;
      isClosing(pace.wait(beyond, random.get()));
    }
  }

  /// Streams whose wait is over and that still have nothing to deliver need not be remembered.
  private void forgetPast() {
    long now = System.nanoTime();
    stalls.values().removeIf(stall -> now - stall.until() >= 0);
  }

  private int failures(StreamId stream) {
    Stall stall = stalls.get(stream);
    return stall == null ? 0 : stall.failures();
  }

  private Duration untilNextStallEnds() {
    long now = System.nanoTime();
    long nanos =
        stalls.values().stream().mapToLong(s -> s.until() - now).min().orElse(Long.MAX_VALUE);
    return Duration.ofNanos(Math.max(nanos, 0));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private boolean isClosing(Duration atMost) throws InterruptedException {
    return closing.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
