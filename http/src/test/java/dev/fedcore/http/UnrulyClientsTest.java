package dev.fedcore.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who begins a request and does not end it, or does not take an answer, loses the connection; who
/// rests between requests does not.
class UnrulyClientsTest {

  private static final Duration LIMIT = Duration.ofMillis(200);
  private static final int PATIENCE_MS = 30_000;

  private static final String HALF_A_HEAD = "GET /short HTTP/1.1\r\nHost: x\r\nX-More: ";
  private static final String SHORT = "GET /short HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String HALF_A_BODY =
      "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";

  private static final String CHUNKED =
      "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

  /// More than the system keeps of what nobody reads.
  private static final int LONG_BYTES = 64 << 20;

  private final AtomicInteger bodies = new AtomicInteger();
  private final HttpServer server = HttpServer.start("127.0.0.1", 0, router(), LIMIT);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {HALF_A_HEAD, HALF_A_BODY, SHORT + HALF_A_HEAD, SHORT + HALF_A_BODY})
  void half_a_request_is_not_waited_for_for_ever(String sent) throws IOException {
    try (Socket client = client()) {
      say(client, sent);
      drain(client.getInputStream());
    }
    assertThat(bodies).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\n{", "5\r\n", "zz\r\n{}", "-5\r\n{}", "ffffffffffff\r\n{}", ""})
  void a_chunk_that_is_cut_off_is_no_fault_of_ours(String chunk) throws IOException {
    a_body_that_is_cut_off_is_no_fault_of_ours(CHUNKED + chunk);
  }

  @ParameterizedTest
  @ValueSource(strings = HALF_A_BODY)
  void a_body_that_is_cut_off_is_no_fault_of_ours(String sent) throws IOException {
    try (Socket client = client()) {
      say(client, sent);
      client.shutdownOutput();
      assertThat(line(client)).startsWith("HTTP/1.1 400");
    }
    assertThat(bodies).hasValue(0);
  }

  @Test
  void who_speaks_an_older_http_is_told_so() throws IOException {
    try (Socket client = client()) {
      say(client, "GET /short HTTP/1.0\r\n\r\n");
      assertThat(line(client)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void head_is_answered_as_get_without_a_body() throws IOException {
    try (Socket client = client()) {
      say(client, SHORT.replace("GET", "HEAD") + SHORT);
      String both = shortAnswer(client);
      assertThat(both.split("HTTP/1.1 200", -1)).hasSize(3);
      assertThat(both.split("Content-Length: 1\r\n", -1)).hasSize(3);
      assertThat(both).contains("\r\n\r\nHTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HALF_A_HEAD, "GET /short HTTP/1.1\r\nHos", "GET /sho"})
  void a_head_that_is_cut_off_is_no_fault_of_ours(String sent) throws IOException {
    try (Socket client = client()) {
      say(client, sent);
      client.shutdownOutput();
      assertThat(line(client)).doesNotStartWith("HTTP/1.1 5");
    }
  }

  @Test
  void who_wants_the_connection_closed_finds_it_closed() throws IOException {
    try (Socket client = client()) {
      say(client, SHORT.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(shortAnswer(client)).endsWith("!");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_long_answer_comes_whole_and_says_how_long_it_is() throws IOException {
    try (Socket client = client()) {
      say(client, get("/long").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      String head = head(client);
      assertThat(head).contains("Content-Length: " + LONG_BYTES).doesNotContain("chunked");
      assertThat(drain(client.getInputStream())).isEqualTo(LONG_BYTES);
    }
  }

  @Test
  void head_of_a_stream_is_refused() throws IOException {
    try (Socket client = client()) {
      say(client, get("/stream").replace("GET", "HEAD"));
      assertThat(head(client)).startsWith("HTTP/1.1 405").contains("Allow: GET");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/stream"})
  void an_answer_that_is_not_taken_is_given_up(String path) throws IOException {
    try (Socket client = client()) {
      say(client, get(path));
      assertThat(line(client)).startsWith("HTTP/1.1 200");
      awaitLimit();
      awaitLimit();
      assertThat(drain(client.getInputStream())).isLessThan(LONG_BYTES);
    }
  }

  @Test
  void a_connection_rests_between_requests_for_longer() throws IOException {
    try (Socket client = client()) {
      say(client, SHORT);
      assertThat(shortAnswer(client)).startsWith("HTTP/1.1 200").endsWith("!");
      awaitLimit();
      say(client, SHORT);
      assertThat(shortAnswer(client)).startsWith("HTTP/1.1 200").endsWith("!");
    }
  }

  /// Returns when a client that began after the call has been given up.
  private void awaitLimit() throws IOException {
    half_a_request_is_not_waited_for_for_ever(HALF_A_HEAD);
  }

  /// Reads until the server closes, in whatever way.
  ///
  /// @return how many bytes came
  private static long drain(InputStream in) throws IOException {
    long bytes = 0;
    try {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    } catch (SocketException _) {
      // What was sent and not read is answered with a reset.
    }
    return bytes;
  }

  private static String get(String path) {
    return SHORT.replace("/short", path);
  }

  private static String head(Socket client) throws IOException {
    var head = new StringBuilder();
    String line;
    do {
      line = line(client);
      head.append(line);
    } while (line.length() > "\r\n".length());
    return head.toString();
  }

  private static String line(Socket client) throws IOException {
    return until('\n', client);
  }

  /// The next answer, head and body.
  private static String shortAnswer(Socket client) throws IOException {
    return until('!', client);
  }

  private static String until(char last, Socket client) throws IOException {
    var text = new StringBuilder();
    InputStream in = client.getInputStream();
    int c = in.read();
    while (c >= 0) {
      text.append((char) c);
      c = c == last ? -1 : in.read();
    }
    return text.toString();
  }

  private Socket client() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private Router router() {
    return new Router(
        List.of(
            route("GET", "/short", _ -> Response.of(200, "text/plain", new byte[] {'!'})),
            route("GET", "/long", _ -> Response.of(200, "text/plain", new byte[LONG_BYTES])),
            route(
                "GET",
                "/stream",
                _ -> Response.stream("text/plain", out -> out.write(new byte[LONG_BYTES]))),
            route("POST", "/body", this::body)),
        (_, _) -> Principal.system(new TenantId("default")),
        (_, _, _, _) -> {},
        new SplittableRandom(1),
        System::nanoTime,
        Problem::toResponse);
  }

  private static Route route(String method, String path, Handler handler) {
    return new Route(method, path, new Access.Open(), handler);
  }

  private Response body(Request request) {
    byte[] body = request.body();
    bodies.incrementAndGet();
    return Response.of(200, "text/plain", body);
  }
}
