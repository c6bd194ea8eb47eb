package dev.fedcore.adapters.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.HttpFake;
import dev.fedcore.adapters.HttpFake.Answer;
import dev.fedcore.adapters.HttpFake.Line;
import dev.fedcore.adapters.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonPostTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static JsonPost to(URI uri, Duration patience) {
    return new JsonPost(uri, Optional.of(new Secret("t0ken")), patience);
  }

  @Test
  void reads_the_whole_answer() {
    try (var fake = HttpFake.start(asked -> new Answer(201, asked.header("Authorization")))) {
      HttpAnswer answer = to(fake.uri(), PATIENCE).post(BODY);

      assertThat(answer)
          .isInstanceOfSatisfying(
              HttpAnswer.Complete.class,
              complete -> {
                assertThat(complete.status()).isEqualTo(201);
                assertThat(complete.body()).asString().isEqualTo("Bearer t0ken");
              });
    }
  }

  @Test
  void has_sent_nothing_to_a_host_that_does_not_exist() {
    assertThat(to(URI.create("http://no-such-host.invalid/"), PATIENCE).post(BODY))
        .isInstanceOf(HttpAnswer.NotSent.class);
  }

  @Test
  void has_sent_nothing_to_a_server_that_speaks_no_tls() {
    try (var fake = HttpFake.start(_ -> new Answer(200, "{}"))) {
      var uri = URI.create("https://localhost:" + fake.uri().getPort());

      assertThat(to(uri, PATIENCE).post(BODY)).isInstanceOf(HttpAnswer.NotSent.class);
      assertThat(fake.requests()).isZero();
    }
  }

  @Test
  void does_not_know_what_became_of_a_request_whose_answer_is_too_long() {
    try (var fake = HttpFake.start(_ -> new Answer(200, "x".repeat((1 << 20) + 1)))) {
      assertThat(to(fake.uri(), PATIENCE).post(BODY)).isInstanceOf(HttpAnswer.Lost.class);
    }
  }

  @Test
  void does_not_know_what_became_of_a_request_that_is_not_answered_in_time() {
    try (var fake = HttpFake.start(_ -> new Answer(200, "{}"))) {
      fake.line(Line.SILENT);

      assertThat(to(fake.uri(), Duration.ofMillis(200)).post(BODY))
          .isInstanceOf(HttpAnswer.Lost.class);
      assertThat(fake.requests()).isEqualTo(1);
    }
  }

  @Test
  void has_sent_nothing_that_is_more_than_may_wait() {
    try (var fake = HttpFake.start(_ -> new Answer(200, "{}"))) {
      assertThat(to(fake.uri(), PATIENCE).post(new byte[Turns.BYTES_MAX + 1]))
          .isInstanceOf(HttpAnswer.NotSent.class);
      assertThat(fake.requests()).isZero();
    }
  }

  /// The host takes the connection, and nobody behind it says a word, so TLS never comes about.
  @Test
  void has_sent_nothing_to_a_server_that_never_says_a_word() {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var uri = URI.create("https://localhost:" + silent.getLocalPort());

      assertThat(to(uri, Duration.ofMillis(200)).post(BODY)).isInstanceOf(HttpAnswer.NotSent.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void asks_once_each_time_when_many_ask_and_every_line_breaks() throws Exception {
    try (var fake = HttpFake.start(_ -> new Answer(200, "{}"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fake.line(Line.CUT);
      var post = to(fake.uri(), PATIENCE);
      Callable<HttpAnswer> asking = () -> post.post(BODY);

      var answers = threads.invokeAll(IntStream.range(0, 100).mapToObj(_ -> asking).toList());

      for (var answer : answers) {
        assertThat(answer.get()).isInstanceOf(HttpAnswer.Lost.class);
      }
      assertThat(fake.requests()).isEqualTo(100);
    }
  }
}
