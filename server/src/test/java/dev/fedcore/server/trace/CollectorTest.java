package dev.fedcore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fedcore.http.trace.Spans;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Spans arrive at a collector, in the trace that the request came with.
class CollectorTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  @Test
  void a_span_is_sent_with_its_trace_and_the_service_that_made_it() throws Exception {
    HttpServer collector = collector();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    byte[] body;
    try {
      try (var sending = Collector.start(endpoint + "/", "fedcore-test")) {
        Span served = Spans.served("POST", "/workflows/runs", Optional.of(PARENT));
        Spans.answered(served, 201);
        served.end();

        assertThat(Spans.traceparent(served).orElseThrow())
            .startsWith("00-" + TRACE)
            .isNotEqualTo(PARENT);
        assertThat(sending).isNotNull();
      }
      // The collector must be there until the span has come, which may be after the end.
      body = received.poll(30, TimeUnit.SECONDS);
    } finally {
      collector.stop(0);
    }

    String hex = HexFormat.of().formatHex(body);
    assertThat(hex).contains(TRACE).contains(hex("fedcore-test")).contains(hex("/workflows/runs"));
  }

  private HttpServer collector() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          received.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
