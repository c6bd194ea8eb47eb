package dev.fedcore.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.outbox.Delivery;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Lag;
import dev.fedcore.engine.outbox.OutboxRelay;
import dev.fedcore.engine.outbox.Pace;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An outbox in which more has piled up than is read at once.
class OutboxBacklogTest {

  private static final String BUCKET = "bucket";
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final StreamId POISONED = new StreamId("tenant:poisoned");
  private static final StreamId OTHER = new StreamId("tenant:other");

  @ParameterizedTest
  @CsvSource({"1, PT0.01S", "100, PT10M"})
  void of_a_stream_that_is_refused_holds_up_no_other_however_long_it_is(
      int failuresToOpen, Duration wait) throws Exception {
    try (var ledger = new MemoryLedger()) {
      keep(ledger, POISONED, Ledger.ROWS_MAX + 1, "{}");
      keep(ledger, OTHER, 1, "{}");
      var receiver = new Refusing();
      var slow = new Pace(wait, wait, failuresToOpen);
      try (var _ = relay(ledger, receiver, slow)) {
        assertThat(receiver.other.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"timestamp\":\"yesterday\"}"})
  void with_a_message_that_does_not_say_when_it_was_written_is_counted(String body) {
    try (var ledger = new MemoryLedger()) {
      keep(ledger, POISONED, 3, body);
      try (var relay = relay(ledger, new Refusing(), Pace.DEFAULT)) {
        Lag lag = relay.lag().getFirst();

        assertThat(lag.undelivered()).isEqualTo(3);
        assertThat(lag.oldest()).isZero();
      }
    }
  }

  @Test
  void with_a_message_larger_than_any_body_has_its_age() {
    try (var ledger = new MemoryLedger()) {
      String items = "0,".repeat(20_000) + "0";
      String time = NOW.minus(Duration.ofMinutes(2)).toString();
      keep(ledger, POISONED, 1, "{\"items\":[%s],\"timestamp\":\"%s\"}".formatted(items, time));
      try (var relay = relay(ledger, new Refusing(), Pace.DEFAULT)) {
        assertThat(relay.lag().getFirst().oldest()).isEqualTo(Duration.ofMinutes(2));
      }
    }
  }

  private static void keep(Ledger ledger, StreamId stream, int count, String body) {
    byte[] entry = stream.value().getBytes(UTF_8);
    List<OutboxMessage> messages =
        IntStream.range(0, count)
            .mapToObj(i ->
                new OutboxMessage(
                    stream + ":" + i, BUCKET, stream, new Payload(body.getBytes(UTF_8))))
            .toList();
    ledger.append(
        new Append(
            stream,
            TenantId.DEFAULT,
            0,
            List.of(new Document(entry, Sha256.hex(entry))),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            messages,
            Optional.empty(),
            Personal.NONE));
  }

  private static OutboxRelay relay(Ledger ledger, Destination destination, Pace pace) {
    return OutboxRelay.start(
        ledger,
        new Commits(),
        List.of(destination),
        pace,
        InstantSource.fixed(NOW),
        () -> new Random(1));
  }

  /// Takes whatever is not of the poisoned stream.
  private static final class Refusing implements Destination {

    private final CountDownLatch other = new CountDownLatch(1);

    @Override
    public String name() {
      return BUCKET;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
      if (message.stream().equals(POISONED)) {
        return new Delivery.TryLater("refused");
      }
      other.countDown();
      return new Delivery.Delivered();
    }
  }
}
