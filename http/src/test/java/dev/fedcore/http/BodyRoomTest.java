package dev.fedcore.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies of requests that are not answered take no more memory together than they may.
class BodyRoomTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROOM_BYTES = 300_000;

  private static final String HELD = "x".repeat(200_000);

  /// Does not fit beside the other; fits twice without it, as a chunk and as a body.
  private static final String LARGE = "x".repeat(120_000);

  private static final String SMALL = "x".repeat(1_000);

  private final CountDownLatch holding = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final HttpServer server =
      HttpServer.start(
          "127.0.0.1",
          0,
          OddRouter.of(
              (_, _, _, _) -> {},
              OddRouter.route("POST", "/held", this::held),
              OddRouter.route("POST", "/body", request -> answer(request.body()))),
          PATIENCE,
          ROOM_BYTES);

  private final RawClient holder;

  BodyRoomTest() throws IOException {
    holder = RawClient.of(server);
  }

  @BeforeEach
  void takeRoom() throws Exception {
    holder.say(whole("/held", HELD));
    holding.await();
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    holder.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_does_not_fit_is_refused_for_now(boolean chunked) throws Exception {
    String request = chunked ? chunked("/body", LARGE) : whole("/body", LARGE);

    assertThat(headOf(request))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 1\r\n", "application/problem+json");
    thereIsRoomFor(whole("/body", SMALL));
  }

  @Test
  void who_goes_away_gives_its_room_back() throws Exception {
    try (var leaver = RawClient.of(server)) {
      leaver.say(whole("/body", LARGE).substring(0, LARGE.length() / 2));
    }
    try (var leaver = RawClient.of(server)) {
      leaver.say(chunked("/body", LARGE).substring(0, LARGE.length() / 2));
    }
    thereIsRoomFor(whole("/body", "x".repeat(ROOM_BYTES - HELD.length())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void room_is_given_back_with_the_answer(boolean chunked) throws Exception {
    release.countDown();
    assertThat(holder.head()).startsWith("HTTP/1.1 200");
    for (int i = 0; i < 10; i++) {
      thereIsRoomFor(chunked ? chunked("/body", LARGE) : whole("/body", LARGE));
    }
    thereIsRoomFor(whole("/body", "x".repeat(ROOM_BYTES)));
  }

  /// Answers reach a client a moment before the room is given back.
  private void thereIsRoomFor(String request) throws Exception {
    Eventually.holds(PATIENCE, () -> headOf(request).startsWith("HTTP/1.1 200"));
  }

  private Response held(Request request) {
    byte[] body = request.body();
    holding.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer(body);
  }

  private static Response answer(byte[] body) {
    return OddRouter.text(new byte[] {body[0]});
  }

  private static String whole(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  private static String chunked(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        .formatted(path, body.length(), body);
  }

  private String headOf(String request) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(request);
      return client.head();
    }
  }
}
