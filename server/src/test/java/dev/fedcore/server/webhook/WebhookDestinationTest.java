package dev.fedcore.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.outbox.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookDestinationTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
  private static final OutboxMessage MESSAGE =
      new OutboxMessage(
          "run:7:webhook",
          WebhookDestination.NAME,
          new StreamId("run"),
          new Payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));

  private static final Delivery NO_ANSWER = new Delivery.TryLater("the receiver gave no answer");

  /// Each takes two seconds at most.
  private static final int TRIES_MAX = 10;

  @Test
  void sends_the_entry_signed_under_the_messages_own_id() throws Exception {
    try (var receiver = new Receiver(204)) {
      var webhook = new WebhookDestination(receiver.uri(), Optional.of("a secret"), NOON);

      assertThat(heard(webhook)).isInstanceOf(Delivery.Delivered.class);

      Received received = receiver.received.remove();
      assertThat(received.id()).isEqualTo("run:7:webhook");
      assertThat(received.body()).isEqualTo("{\"a\":1}");
      assertThat(received.signature())
          .isEqualTo("v1," + hmac("a secret", "run:7:webhook.1767268800.{\"a\":1}"));
    }
  }

  @Test
  void is_not_signed_without_a_secret() throws Exception {
    try (var receiver = new Receiver(200)) {
      var webhook = new WebhookDestination(receiver.uri(), Optional.empty(), NOON);

      assertThat(heard(webhook)).isInstanceOf(Delivery.Delivered.class);

      assertThat(receiver.received.remove().signature()).isEmpty();
    }
  }

  @Test
  void comes_again_when_the_receiver_does_not_acknowledge_it() throws Exception {
    try (var receiver = new Receiver(503)) {
      var webhook = new WebhookDestination(receiver.uri(), Optional.empty(), NOON);

      assertThat(heard(webhook)).isEqualTo(new Delivery.TryLater("the receiver answered 503"));
    }
  }

  @Test
  void follows_no_redirect() throws Exception {
    try (var receiver = new Receiver(302)) {
      var webhook = new WebhookDestination(receiver.uri(), Optional.empty(), NOON);

      assertThat(heard(webhook)).isEqualTo(new Delivery.TryLater("the receiver answered 302"));
    }
  }

  @Test
  void comes_again_when_nobody_listens() throws Exception {
    URI gone;
    try (var receiver = new Receiver(200)) {
      gone = receiver.uri();
    }
    var webhook = new WebhookDestination(gone, Optional.empty(), NOON);

    assertThat(webhook.deliver(MESSAGE)).isEqualTo(NO_ANSWER);
  }

  /// What the receiver answers, be it slow to do so.
  private static Delivery heard(WebhookDestination webhook) {
    Delivery delivery = webhook.deliver(MESSAGE);
    for (int tries = 1; tries < TRIES_MAX && delivery.equals(NO_ANSWER); tries++) {
      delivery = webhook.deliver(MESSAGE);
    }
    return delivery;
  }

  private static String hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private record Received(String id, String signature, String body) {}

  /// A real HTTP server that remembers what it was sent.
  private static final class Receiver implements AutoCloseable {

    private final BlockingQueue<Received> received = new ArrayBlockingQueue<>(10);
    private final HttpServer server;
    private final int status;

    Receiver(int status) throws IOException {
      this.status = status;
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::take);
      server.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    @Override
    public void close() {
      server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
      try (exchange) {
        received.add(
            new Received(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("webhook-signature"))
                    .orElse(""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
      }
    }
  }
}
