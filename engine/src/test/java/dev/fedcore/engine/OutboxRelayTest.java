package dev.fedcore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.outbox.Delivery;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Lag;
import dev.fedcore.engine.outbox.OutboxRelay;
import dev.fedcore.engine.outbox.Pace;
import dev.fedcore.kernel.identity.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

  private static final String BUCKET = "bucket";
  private static final Set<Thread.State> IS_WAITING =
      Set.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING);
  private static final Pace QUICK = new Pace(Duration.ofMillis(1), Duration.ofMillis(8), 5);

  @Nested
  class A_receiver {

    @Test
    void that_was_away_gets_everything_once_and_in_order() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        bucket.away(true);
        try (var _ = relay(rig, rig.disk(), bucket)) {
          List<RunId> runs = List.of(rig.run("allow", "done"), rig.run("deny", "done"));
          bucket.until(() -> bucket.attempts.get() >= 20);
          RunId last = rig.run("allow", "done");
          bucket.away(false);
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());

          assertThat(bucket.accepted).hasSize(Math.toIntExact(rig.disk().size()));
          assertThat(bucket.repeated.get()).isZero();
          for (RunId run : runs) {
            assertInOrder(bucket, run);
          }
          assertInOrder(bucket, last);
        }
      }
    }

    @Test
    void that_refuses_one_stream_gets_all_others() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId poisoned = rig.run("allow", "done");
        bucket.refuse(StreamId.of(poisoned));
        try (var _ = relay(rig, rig.disk(), bucket)) {
          RunId other = rig.run("allow", "done");
          bucket.until(() -> bucket.of(StreamId.of(other)).size() == 19);

          assertThat(bucket.of(StreamId.of(poisoned))).isEmpty();
          bucket.refuse(StreamId.of(other));
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
          assertInOrder(bucket, poisoned);
        }
      }
    }

    @Test
    void whose_stream_is_refused_in_the_middle_is_not_overtaken_by_its_own_messages() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId run = rig.run("allow", "done");
        bucket.failOnceAt(run + ":7:" + BUCKET);
        try (var _ = relay(rig, rig.disk(), bucket)) {
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
          assertInOrder(bucket, run);
        }
      }
    }

    @Test
    void that_is_slow_is_told_of_several_streams_at_once() throws Exception {
      try (var rig = EngineRig.started()) {
        for (int i = 0; i < 8; i++) {
          rig.run("allow", "done");
        }
        var meeting = new Meeting(4);
        try (var _ = relay(rig, rig.disk(), meeting)) {
          assertThat(meeting.took.await(20, TimeUnit.SECONDS)).isTrue();
        }
      }
    }

    @Test
    void that_throws_is_tried_again() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId run = rig.run("allow", "done");
        bucket.throwOnceAt(run + ":3:" + BUCKET);
        try (var _ = relay(rig, rig.disk(), bucket)) {
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
          assertInOrder(bucket, run);
        }
      }
    }

    @Test
    void that_is_away_holds_up_no_other() {
      try (var rig = EngineRig.started()) {
        var away = new Receiver();
        away.away(true);
        var bucket = new Receiver();
        RunId run = rig.run("allow", "done");
        try (var _ =
            OutboxRelay.start(
                rig.disk(),
                rig.engine().commits(),
                List.of(new Named("karma", away), bucket),
                QUICK,
                rig.engine().clock(),
                () -> new Random(1))) {
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
          assertInOrder(bucket, run);
        }
      }
    }
  }

  @Nested
  class A_process_that_dies {

    @Test
    void between_delivery_and_acknowledgement_repeats_messages_under_the_same_ids_only() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId run = rig.run("allow", "done");
        var line = new LedgerLine(rig.disk());
        bucket.afterAccepting(5, line::cut);
        try (var _ = relay(rig, line, bucket)) {
          bucket.until(() -> bucket.accepted.size() >= 5);
        }
        assertThat(rig.disk().outbox(BUCKET, 100)).hasSize(19);

        try (var _ = relay(rig, rig.disk(), bucket)) {
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
        }

        assertThat(bucket.repeated.get()).isPositive();
        assertInOrder(bucket, run);
      }
    }

    @Test
    void is_not_needed_to_survive_a_ledger_that_is_away() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId run = rig.run("allow", "done");
        var line = new LedgerLine(rig.disk());
        bucket.afterAccepting(5, line::cut);
        try (var _ = relay(rig, line, bucket)) {
          bucket.until(() -> bucket.accepted.size() == 19);
          line.mend();
          bucket.until(() -> rig.disk().outbox(BUCKET, 1).isEmpty());
        }

        assertThat(bucket.repeated.get()).isZero();
        assertInOrder(bucket, run);
      }
    }
  }

  @Nested
  class A_destination_that_fails_again_and_again {

    @Test
    void rests_and_is_tried_with_one_message_at_a_time() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        bucket.away(true);
        for (int i = 0; i < 8; i++) {
          rig.run("deny", "done");
        }
        var slow = new Pace(Duration.ofMinutes(10), Duration.ofMinutes(10), 3);
        try (var relay =
            OutboxRelay.start(
                rig.disk(),
                rig.engine().commits(),
                List.of(bucket),
                slow,
                rig.engine().clock(),
                () -> new Random(1))) {
          bucket.until(() -> relay.lag().getFirst().resting());

          assertThat(bucket.attempts.get()).isEqualTo(3);
        }
      }
    }

    @Test
    void is_found_to_be_back_by_a_stream_that_has_not_failed() {
      try (var rig = EngineRig.started()) {
        var bucket = new Receiver();
        RunId poisoned = rig.run("allow", "done");
        bucket.refuse(StreamId.of(poisoned));
        var touchy = new Pace(Duration.ofMillis(1), Duration.ofMillis(4), 1);
        try (var _ =
            OutboxRelay.start(
                rig.disk(),
                rig.engine().commits(),
                List.of(bucket),
                touchy,
                rig.engine().clock(),
                () -> new Random(1))) {
          bucket.until(() -> bucket.attempts.get() > 3);
          RunId other = rig.run("allow", "done");

          bucket.until(() -> bucket.of(StreamId.of(other)).size() == 19);
        }
      }
    }
  }

  @Nested
  class Closing {

    @Test
    void waits_for_the_delivery_at_hand_and_starts_no_other() throws Exception {
      try (var rig = EngineRig.started()) {
        rig.run("allow", "done");
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var bucket = new Receiver();
        bucket.afterAccepting(
            1,
            () -> {
              entered.countDown();
              await(release);
            });
        var relay = relay(rig, rig.disk(), bucket);
        await(entered);
        Thread closer = Thread.ofVirtual().start(relay::close);
        rig.until(() -> IS_WAITING.contains(closer.getState()));
        release.countDown();
        closer.join();

        assertThat(bucket.accepted.size()).isLessThan(19);
        assertThat(rig.disk().outbox(BUCKET, 100)).hasSize(19 - bucket.accepted.size());
      }
    }
  }

  @Test
  void the_lag_is_counted_and_aged() {
    try (var rig = EngineRig.started()) {
      var bucket = new Receiver();
      bucket.away(true);
      rig.run("allow", "done");
      rig.advance(Duration.ofMinutes(3));
      try (var relay = relay(rig, rig.disk(), bucket)) {
        Lag lag = relay.lag().getFirst();
        assertThat(lag.destination()).isEqualTo(BUCKET);
        assertThat(lag.undelivered()).isEqualTo(19);
        assertThat(lag.oldest()).isEqualTo(Duration.ofMinutes(3));

        bucket.away(false);
        bucket.until(() -> relay.lag().getFirst().undelivered() == 0);
        assertThat(relay.lag().getFirst()).isEqualTo(new Lag(BUCKET, 0, Duration.ZERO, false));
      }
    }
  }

  /// Counts how many messages are on their way at a time, and holds each until so many are, or it
  /// is known that they will not be.
  private static final class Meeting implements Destination {

    private final int wanted;
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch took = new CountDownLatch(1);

    Meeting(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public String name() {
      return BUCKET;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
      if (underWay.incrementAndGet() >= wanted) {
        took.countDown();
      }
      try {
        took.await(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      underWay.decrementAndGet();
      return new Delivery.Delivered();
    }
  }

  private static OutboxRelay relay(EngineRig rig, Ledger ledger, Destination destination) {
    return OutboxRelay.start(
        ledger,
        rig.engine().commits(),
        List.of(destination),
        QUICK,
        rig.engine().clock(),
        () -> new Random(1));
  }

  private static void assertInOrder(Receiver bucket, RunId run) {
    List<String> received = bucket.of(StreamId.of(run));
    for (int i = 0; i < received.size(); i++) {
      assertThat(received.get(i)).isEqualTo(run + ":" + i + ":" + BUCKET);
    }
    assertThat(received).isNotEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("waited for in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The same receiver under another name.
  private record Named(String name, Receiver receiver) implements Destination {

    @Override
    public Delivery deliver(OutboxMessage message) {
      return receiver.deliver(message);
    }
  }

  /// A receiver that knows ids again, and can be away. Guarded by its lock.
  private static final class Receiver implements Destination {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final List<OutboxMessage> messages = new ArrayList<>();
    private StreamId refused = new StreamId("none");
    private String failAt = "";
    private String throwAt = "";
    private int stopAfter = -1;
    private Runnable stop = () -> {};
    private boolean away;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    @Override
    public String name() {
      return BUCKET;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
      Delivery delivery = answer(message);
      if (accepted.size() == stopAfter) {
        stopAfter = -1;
        stop.run();
      }
      return delivery;
    }

    private Delivery answer(OutboxMessage message) {
      lock.lock();
      try {
        attempts.incrementAndGet();
        changed.signalAll();
        if (message.id().equals(throwAt)) {
          throwAt = "";
          throw new IllegalStateException("the receiver has a fault");
        }
        if (away || message.stream().equals(refused) || message.id().equals(failAt)) {
          failAt = "";
          return new Delivery.TryLater("away");
        }
        if (accepted.add(message.id())) {
          messages.add(message);
        } else {
          repeated.incrementAndGet();
        }
        return new Delivery.Delivered();
      } finally {
        lock.unlock();
      }
    }

    void away(boolean isAway) {
      locked(() -> away = isAway);
    }

    void refuse(StreamId stream) {
      locked(() -> refused = stream);
    }

    void failOnceAt(String id) {
      locked(() -> failAt = id);
    }

    void throwOnceAt(String id) {
      locked(() -> throwAt = id);
    }

    void afterAccepting(int count, Runnable then) {
      locked(() -> {
        stopAfter = count;
        stop = then;
      });
    }

    List<String> of(StreamId stream) {
      lock.lock();
      try {
        return messages.stream()
            .filter(m -> m.stream().equals(stream))
            .map(OutboxMessage::id)
            .toList();
      } finally {
        lock.unlock();
      }
    }

    /// Waits until `condition` holds, looking again after each delivery.
    void until(BooleanSupplier condition) {
      long left = Duration.ofSeconds(20).toNanos();
      lock.lock();
      try {
        while (!condition.getAsBoolean() && left > 0) {
          long slice = TimeUnit.MILLISECONDS.toNanos(20);
          left -= slice - Math.max(changed.awaitNanos(slice), 0);
        }
        assertThat(left).as("patience").isPositive();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        lock.unlock();
      }
    }

    private void locked(Runnable change) {
      lock.lock();
      try {
        change.run();
      } finally {
        lock.unlock();
      }
    }
  }
}
