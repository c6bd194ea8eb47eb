package dev.fedcore.http;

import static dev.fedcore.http.OddRouter.HALF_A_BODY;
import static dev.fedcore.http.OddRouter.HALF_A_HEAD;
import static dev.fedcore.http.OddRouter.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who begins a request and does not end it, or does not take an answer, loses the connection; who
/// rests between requests does not.
class UnrulyClientsTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final int ROOM_BYTES = 1 << 20;

  private final AtomicInteger bodies = new AtomicInteger();
  private final HttpServer server =
      HttpServer.start("127.0.0.1", 0, OddRouter.of(bodies, (_, _, _, _) -> {}), LIMIT, ROOM_BYTES);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {HALF_A_HEAD, HALF_A_BODY, SHORT + HALF_A_HEAD, SHORT + HALF_A_BODY})
  void half_a_request_is_not_waited_for_for_ever(String sent) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(sent);
      client.drain();
    }
    assertThat(bodies).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/stream"})
  void an_answer_that_is_not_taken_is_given_up(String path) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(OddRouter.get(path));
      assertThat(client.line()).startsWith("HTTP/1.1 200");
      awaitLimit();
      awaitLimit();
      assertThat(client.drain()).isLessThan(OddRouter.LONG_BYTES);
    }
  }

  @Test
  void a_connection_rests_between_requests_for_longer() throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(SHORT);
      assertThat(client.until(OddRouter.SHORT_BODY)).startsWith("HTTP/1.1 200").endsWith("!");
      awaitLimit();
      client.say(SHORT);
      assertThat(client.until(OddRouter.SHORT_BODY)).startsWith("HTTP/1.1 200").endsWith("!");
    }
  }

  /// Returns when a client that began after the call has been given up.
  private void awaitLimit() throws IOException {
    half_a_request_is_not_waited_for_for_ever(HALF_A_HEAD);
  }
}
