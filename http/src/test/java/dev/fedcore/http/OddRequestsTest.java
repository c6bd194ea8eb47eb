package dev.fedcore.http;

import static dev.fedcore.http.OddRouter.HALF_A_BODY;
import static dev.fedcore.http.OddRouter.HALF_A_HEAD;
import static dev.fedcore.http.OddRouter.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that few clients send, byte for byte: what RFC 9110 and 9112 ask for, and what is cut
/// off or malformed, which is the client's fault and is answered so.
class OddRequestsTest {

  private static final String CHUNKED =
      "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final AtomicInteger bodies = new AtomicInteger();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final HttpServer server =
      HttpServer.start(
          "127.0.0.1", 0, OddRouter.of(bodies, (method, _, _, _) -> methods.add(method)));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\n{", "5\r\n", "zz\r\n{}", "-5\r\n{}", "ffffffffffff\r\n{}", ""})
  void a_chunk_that_is_cut_off_is_no_fault_of_ours(String chunk) throws IOException {
    a_body_that_is_cut_off_is_no_fault_of_ours(CHUNKED + chunk);
  }

  @ParameterizedTest
  @ValueSource(strings = HALF_A_BODY)
  void a_body_that_is_cut_off_is_no_fault_of_ours(String sent) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(sent);
      client.saysNothingMore();
      assertThat(client.line()).startsWith("HTTP/1.1 400");
    }
    assertThat(bodies).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {HALF_A_HEAD, "GET /short HTTP/1.1\r\nHos", "GET /sho"})
  void a_head_that_is_cut_off_is_no_fault_of_ours(String sent) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(sent);
      client.saysNothingMore();
      assertThat(client.line()).doesNotStartWith("HTTP/1.1 5");
    }
  }

  @Test
  void who_speaks_an_older_http_is_told_so() throws IOException {
    assertThat(headOf("GET /short HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void head_is_answered_as_get_without_a_body() throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(SHORT.replace("GET", "HEAD") + SHORT);
      String both = client.until(OddRouter.SHORT_BODY);
      assertThat(both.split("HTTP/1.1 200", -1)).hasSize(3);
      assertThat(both.split("Content-Length: 1\r\n", -1)).hasSize(3);
      assertThat(both).contains("\r\n\r\nHTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @CsvSource({"/stream, GET", "/body, POST"})
  void head_of_what_it_cannot_be_had_of_is_refused(String path, String allowed) throws IOException {
    assertThat(headOf(OddRouter.get(path).replace("GET", "HEAD")))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: " + allowed + "\r\n");
  }

  @Test
  void who_wants_the_connection_closed_finds_it_closed() throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(lastRequest("/short"));
      assertThat(client.until(OddRouter.SHORT_BODY)).endsWith("!");
      assertThat(client.drain()).isZero();
    }
  }

  @Test
  void a_long_answer_comes_whole_and_says_how_long_it_is() throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(lastRequest("/long"));
      assertThat(client.head())
          .contains("Content-Length: " + OddRouter.LONG_BYTES)
          .doesNotContain("chunked");
      assertThat(client.drain()).isEqualTo(OddRouter.LONG_BYTES);
    }
  }

  /// RFC 9112 §3.2.2: a server must understand the form in which a proxy is asked.
  @ParameterizedTest
  @CsvSource({
    "http://x/short, 200",
    "HTTPS://x:9405/short?a=/b, 200",
    "http://x, 404",
    "http:///short, 404",
    "ftp://x/short, 404",
    "short, 404",
    "*, 404"
  })
  void a_request_may_name_the_whole_uri(String target, int status) throws IOException {
    assertThat(headOf(OddRouter.get(target))).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void methods_that_nobody_knows_are_counted_as_one() throws IOException {
    for (String method : new String[] {"BREW", "PROPFIND"}) {
      assertThat(headOf(SHORT.replace("GET", method)))
          .startsWith("HTTP/1.1 405")
          .contains("Allow: GET\r\n");
    }
    assertThat(headOf(SHORT)).startsWith("HTTP/1.1 200");

    assertThat(methods).containsExactlyInAnyOrder("_OTHER", "GET");
  }

  /// Of which the library would take everything before anybody sees the first byte.
  @ParameterizedTest
  @CsvSource({"/body, 413", "/nowhere, 404"})
  void a_chunk_that_is_larger_than_any_body_is_not_taken(String path, int status)
      throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(CHUNKED.replace("/body", path) + "7fffffff\r\n" + SHORT);
      assertThat(client.head()).startsWith("HTTP/1.1 " + status);
      assertThat(client.until(OddRouter.SHORT_BODY)).doesNotContain("HTTP/1.1");
    }
    assertThat(bodies).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3\r\n[1]\r\n0\r\n"})
  void a_line_beside_a_chunk_that_does_not_end_is_not_taken(String before) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(CHUNKED + before + "0".repeat(1000));
      assertThat(client.head()).startsWith("HTTP/1.1 400");
      client.drain();
    }
    assertThat(bodies).hasValue(0);
  }

  @Test
  void a_body_may_come_in_many_chunks() throws IOException {
    String chunk = "3e8\r\n" + "x".repeat(1000) + "\r\n";
    try (var client = RawClient.of(server)) {
      client.say(CHUNKED + chunk.repeat(1000) + "0\r\n\r\n" + SHORT);
      assertThat(client.head()).startsWith("HTTP/1.1 200").contains("Content-Length: 1000000");
      assertThat(client.until(OddRouter.SHORT_BODY)).startsWith("x".repeat(1000000) + "HTTP/1.1");
    }
    assertThat(bodies).hasValue(1);
  }

  private static String lastRequest(String path) {
    return OddRouter.get(path).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  }

  private String headOf(String request) throws IOException {
    try (var client = RawClient.of(server)) {
      client.say(request);
      return client.head();
    }
  }
}
