package dev.fedcore.adapters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// An HTTP server on loopback that answers what a test wants, or hangs up.
public final class HttpFake implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Line> line = new AtomicReference<>(Line.WHOLE);
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// What becomes of an answer on its way.
  public enum Line {
    WHOLE,
    /// The request is read and handled, and no byte of the answer is sent.
    CUT,
    /// Half of the answer is sent.
    CUT_HALFWAY,
    /// The answer never comes, and nobody hangs up.
    SILENT
  }

  /// What was asked.
  public record Asked(String method, String path, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  /// What is answered.
  public record Answer(int status, String body, Map<String, String> headers) {

    public Answer(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /// Answers what was asked.
  @FunctionalInterface
  public interface Handling {
    Answer answer(Asked asked);
  }

  private HttpFake(HttpServer server) {
    this.server = server;
  }

  public static HttpFake start(Handling handling) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
      var fake = new HttpFake(server);
      server.setExecutor(fake.threads);
      server.createContext("/", exchange -> fake.handle(exchange, handling));
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public void line(Line next) {
    line.set(next);
  }

  /// How often it was asked.
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Handling handling) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      var asked =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      answer(exchange, handling.answer(asked));
    }
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    switch (line.get()) {
      case WHOLE -> {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
      case CUT -> {}
      case CUT_HALFWAY -> {
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
      }
      case SILENT -> awaitClose();
    }
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
