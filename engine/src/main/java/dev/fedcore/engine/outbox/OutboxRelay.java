package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Brings the outbox to its receivers, each served by a thread of its own, so that one that is slow
/// or away holds up no other.
///
/// At least once, in order within a stream; together with a receiver that knows an id again,
/// exactly once. Two relays on one ledger would deliver twice, so one process runs it.
public final class OutboxRelay implements AutoCloseable {

  /// Deeper than any message goes.
  private static final int DEPTH_MAX = 128;

  private final Ledger ledger;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Courier> couriers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private OutboxRelay(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Starts to deliver.
  ///
  /// @param clock for the age of messages only
  /// @param random gives the calling thread's generator
  public static OutboxRelay start(
      Ledger ledger,
      Commits commits,
      List<Destination> destinations,
      Pace pace,
      InstantSource clock,
      Supplier<RandomGenerator> random) {
    var relay = new OutboxRelay(ledger, clock);
    for (Destination destination : destinations) {
      var courier = new Courier(ledger, commits, destination, pace, random, relay.closing);
      relay.couriers.add(courier);
      relay.threads.add(
          Thread.ofVirtual().name("outbox-" + destination.name()).start(courier::run));
    }
    return relay;
  }

  /// How far each destination is behind, in the order they were given.
  public List<Lag> lag() {
    return couriers.stream().map(this::lag).toList();
  }

  /// Stops. What is being delivered is waited for; what is not yet, comes after the next start.
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= !joined(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Lag lag(Courier courier) {
    Duration oldest =
        ledger.outbox(courier.name(), 1).stream()
            .findFirst()
            .flatMap(OutboxRelay::writtenAt)
            .map(written -> Duration.between(written, clock.instant()))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    return new Lag(
        courier.name(),
        ledger.undelivered(courier.name(), Lag.COUNT_MAX),
        oldest,
        courier.isResting());
  }

  /// Every message says when it was written, as [Subscription] asks; of one that does not, nobody
  /// knows. It is our own, so that it is read however large it is.
  private static Optional<Instant> writtenAt(OutboxMessage message) {
    byte[] body = message.body().utf8();
    var limits = new JsonLimits(Math.max(body.length, 1), DEPTH_MAX, body.length);
    try {
      var fields = JsonFields.of(JsonReader.readObject(body, limits), "");
      return Optional.of(Instant.parse(fields.string("timestamp")));
    } catch (MalformedInput | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
