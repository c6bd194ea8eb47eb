package dev.fedcore.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.client.ServiceClient.Answer;
import io.helidon.webclient.api.DnsAddressLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClientTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":\"b\"}";

  @Test
  void an_answer_is_its_status_and_its_object() throws IOException {
    try (var neighbour = Neighbour.with(Neighbour.saying(OK))) {
      Answer answer = ask(neighbour.uri(), LONG);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Heard.class,
              heard -> {
                assertThat(heard.isSuccess()).isTrue();
                assertThat(heard.body().orElseThrow().canonicalBytes())
                    .asString()
                    .isEqualTo("{\"a\":\"b\"}");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
      })
  void what_is_no_object_is_an_answer_without_a_body(String text) throws IOException {
    try (var neighbour = Neighbour.with(Neighbour.saying(text))) {
      assertThat(ask(neighbour.uri(), LONG))
          .isInstanceOfSatisfying(Answer.Heard.class, heard -> assertThat(heard.body()).isEmpty());
    }
  }

  @Test
  void nobody_there_is_unreachable() throws IOException {
    URI nobody;
    try (var gone = Neighbour.with(Neighbour.saying(OK))) {
      nobody = gone.uri();
    }
    assertThat(ask(nobody, LONG)).isInstanceOf(Answer.Unreachable.class);
  }

  @Test
  void a_host_without_an_address_is_unreachable() {
    assertThat(ask(URI.create("http://nobody.invalid:80"), LONG))
        .isInstanceOf(Answer.Unreachable.class);
  }

  /// With the name of a reverse look-up, whoever answers that could show a certificate of theirs.
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void a_host_is_compared_with_its_certificate_by_the_name_that_was_asked_for(String host) {
    InetAddress found = new PlatformNames().resolveAddress(host, DnsAddressLookup.IPV4);
    assertThat(found.getHostName()).isEqualTo(host);
  }

  /// A full queue of connections drops further ones without a word.
  @Test
  void a_connection_that_is_not_made_in_time_is_unreachable() throws IOException {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var waiting = new ArrayList<Socket>();
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort());
      assertThat(ask(uri, SOON)).isInstanceOf(Answer.Unreachable.class);
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void no_answer_is_lost() throws IOException {
    var never = new CountDownLatch(1);
    Neighbour.Manners silent =
        _ -> {
          while (!awaits(never)) {}
          return false;
        };
    try (var neighbour = Neighbour.with(silent)) {
      assertThat(ask(neighbour.uri(), SOON)).isInstanceOf(Answer.Lost.class);
      never.countDown();
    }
  }

  /// The library watches a kept connection in steps of 101 ms, and with this limit gives up after
  /// one, even if it has been used meanwhile.
  @Test
  void no_answer_on_a_kept_connection_is_lost() throws IOException {
    var never = new CountDownLatch(1);
    var asked = new AtomicInteger();
    Neighbour.Manners once =
        out -> {
          boolean isFirst = asked.incrementAndGet() == 1;
          while (!isFirst && !awaits(never)) {}
          return isFirst && Neighbour.saying(OK).answer(out);
        };
    try (var neighbour = Neighbour.with(once)) {
      var client = new ServiceClient(neighbour.uri(), Duration.ofMillis(101));
      client.post("/", JsonObject.EMPTY, List.of());
      assertThat(client.post("/", JsonObject.EMPTY, List.of())).isInstanceOf(Answer.Lost.class);
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 lots OK\r\n\r\n"
      })
  void an_answer_cut_short_or_none_at_all_is_lost(String text) throws IOException {
    Neighbour.Manners rude = out -> !Neighbour.saying(text).answer(out);
    try (var neighbour = Neighbour.with(rude)) {
      assertThat(ask(neighbour.uri(), LONG)).isInstanceOf(Answer.Lost.class);
    }
  }

  /// Each byte comes in time, and the whole would not.
  @Test
  void an_answer_that_trickles_is_lost() throws IOException {
    var never = new CountDownLatch(1);
    Neighbour.Manners trickling =
        out -> {
          Neighbour.saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").answer(out);
          while (!awaits(never)) {
            out.write(' ');
          }
          return false;
        };
    try (var neighbour = Neighbour.with(trickling)) {
      assertThat(ask(neighbour.uri(), SOON)).isInstanceOf(Answer.Lost.class);
      never.countDown();
    }
  }

  @Test
  void an_answer_longer_than_an_object_may_be_is_lost() throws IOException {
    int length = JsonLimits.DEFAULT.bytesMax() + 1;
    String text =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(length, " ".repeat(length));
    try (var neighbour = Neighbour.with(Neighbour.saying(text))) {
      assertThat(ask(neighbour.uri(), LONG)).isInstanceOf(Answer.Lost.class);
    }
  }

  /// Otherwise the first request after a restart would be lost, and a step with it in doubt.
  @Test
  void a_service_that_was_started_again_is_asked_on_a_new_connection() throws IOException {
    ServiceClient client;
    int port;
    try (var neighbour = Neighbour.with(once(OK))) {
      port = neighbour.port();
      client = new ServiceClient(neighbour.uri(), LONG);
      assertThat(client.get("/", List.of())).isInstanceOf(Answer.Heard.class);
    }
    try (var again = Neighbour.at(port, once(OK))) {
      assertThat(client.get("/", List.of())).isInstanceOf(Answer.Heard.class);
      assertThat(again.requests()).isOne();
    }
  }

  @Test
  void what_is_closed_instead_of_answered_is_asked_once_more_if_that_changes_nothing()
      throws IOException {
    try (var neighbour = Neighbour.with(secondTime(OK))) {
      assertThat(new ServiceClient(neighbour.uri(), LONG).get("/", List.of()))
          .isInstanceOf(Answer.Heard.class);
      assertThat(neighbour.requests()).isEqualTo(2);
    }
    try (var neighbour = Neighbour.with(secondTime(OK))) {
      var client = new ServiceClient(neighbour.uri(), LONG);
      assertThat(client.post("/", JsonObject.EMPTY, List.of())).isInstanceOf(Answer.Lost.class);
      assertThat(neighbour.requests()).isOne();
    }
  }

  private static Neighbour.Manners secondTime(String text) {
    var asked = new AtomicInteger();
    return out -> asked.incrementAndGet() > 1 && Neighbour.saying(text).answer(out);
  }

  private static Neighbour.Manners once(String text) {
    return out -> !Neighbour.saying(text).answer(out);
  }

  private static Answer ask(URI uri, Duration limit) {
    return new ServiceClient(uri, limit).get("/", List.of());
  }

  /// Waits a part of the client's patience.
  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(SOON.toMillis() / 4, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
