package dev.fedcore.cli.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Stands between a client and a server, hands everything on, and changes every answer to a request
/// that fits.
final class TamperingProxy implements AutoCloseable {

  private static final List<String> HANDED_ON =
      List.of("X-Actor-Id", "X-Tenant-Id", "Content-Type", "Prefer");

  private final HttpServer listener;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean changed = new AtomicBoolean();
  private final String server;
  private final Pattern request;
  private final UnaryOperator<byte[]> change;

  /// @param request method and path, such as `GET /log/key`
  TamperingProxy(String server, Pattern request, UnaryOperator<byte[]> change) throws IOException {
    this.server = server;
    this.request = request;
    this.change = change;
    this.listener =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext("/", this::handle);
    listener.setExecutor(threads);
    listener.start();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getAddress().getPort();
  }

  /// Whether an answer was changed.
  boolean hasChanged() {
    return changed.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var handedOn =
          HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      for (String name : HANDED_ON) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          handedOn.header(name, value);
        }
      }
      HttpResponse<byte[]> answer =
          http.send(handedOn.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] body = answer.body();
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      if (request.matcher(asked).matches()) {
        body = change.apply(body);
        changed.set(true);
      }
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listener.stop(0);
    threads.close();
    http.close();
  }
}
