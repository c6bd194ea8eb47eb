package dev.fedcore.cli.client;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks one Federation Core as one actor. Nothing is sent twice: a request without an answer is a
/// [Failure].
public final class FedcoreClient implements AutoCloseable {

  /// How long to wait for a connection; a server on this host answers at once.
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// How long to wait for an answer: the longest `Prefer: wait` (60 s) and some more.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

  private static final int TOO_LARGE = 64 << 20;

  private final HttpClient http;
  private final Target target;
  private final Consumer<Exchange> watcher;

  /// One request and its answer, for whoever keeps a transcript.
  public record Exchange(String actor, String request, Optional<JsonObject> body, Answer answer) {}

  public FedcoreClient(Target target) {
    this(target, _ -> {});
  }

  /// @param watcher is told every exchange, after it
  public FedcoreClient(Target target, Consumer<Exchange> watcher) {
    this(
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build(),
        target,
        watcher);
  }

  private FedcoreClient(HttpClient http, Target target, Consumer<Exchange> watcher) {
    this.http = http;
    this.target = target;
    this.watcher = watcher;
  }

  public Target target() {
    return target;
  }

  /// The same server, asked by somebody else.
  public FedcoreClient as(Target other) {
    return new FedcoreClient(http, other, watcher);
  }

  /// A path segment or a query value, percent-encoded.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Answer get(String path) {
    return send("GET", path, Optional.empty(), Map.of());
  }

  public Answer post(String path, JsonObject body) {
    return send("POST", path, Optional.of(body), Map.of());
  }

  public Answer patch(String path, JsonObject body) {
    return send("PATCH", path, Optional.of(body), Map.of());
  }

  /// Sends `body` and asks the server to answer only when the run is over or paused.
  ///
  /// @param seconds how long the server is to wait at most; it allows 0 to 60
  public Answer waiting(String method, String path, JsonObject body, int seconds) {
    return send(method, path, Optional.of(body), Map.of("Prefer", "wait=" + seconds));
  }

  /// Posts a document as it is.
  public Answer postDocument(String path, byte[] document, String mediaType) {
    HttpRequest request =
        request("POST", path, BodyPublishers.ofByteArray(document), Map.of())
            .setHeader("Content-Type", mediaType)
            .build();
    return answer(request, path, Optional.empty());
  }

  private Answer send(
      String method, String path, Optional<JsonObject> body, Map<String, String> headers) {
    BodyPublisher content =
        body.map(document -> BodyPublishers.ofByteArray(document.canonicalBytes()))
            .orElse(BodyPublishers.noBody());
    var request = request(method, path, content, headers);
    body.ifPresent(_ -> request.setHeader("Content-Type", "application/json"));
    return answer(request.build(), path, body);
  }

  private HttpRequest.Builder request(
      String method, String path, BodyPublisher content, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(target.url() + path))
            .timeout(ANSWER_TIMEOUT)
            .method(method, content);
    target.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    target.actor().ifPresent(actor -> request.header("X-Actor-Id", actor));
    target.tenant().ifPresent(tenant -> request.header("X-Tenant-Id", tenant));
    headers.forEach(request::header);
    return request;
  }

  private Answer answer(HttpRequest request, String path, Optional<JsonObject> body) {
    HttpResponse<byte[]> response = exchange(request);
    if (response.body().length > TOO_LARGE) {
      throw new Failure(ExitCode.UNAVAILABLE, path + " answered more than 64 MiB");
    }
    String asked = request.method() + " " + path;
    var answer = new Answer(asked, response.statusCode(), response.body());
    String actor = target.actor().orElse("(token)");
    watcher.accept(new Exchange(actor, asked, body, answer));
    return answer;
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException _) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "no Federation Core answers at %s; start one with ./fedcore up, or give --url"
              .formatted(target.url()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNAVAILABLE, "interrupted while waiting for " + target.url());
    }
  }

  /// All items of a paged list, following its cursor.
  ///
  /// @param path with a query or without
  /// @param member the array's name
  /// @param itemsMax stops after the page that reaches it
  public List<JsonObject> all(String path, String member, int itemsMax) {
    return Pages.read(this, path, member, itemsMax);
  }

  /// Gives the connections up.
  @Override
  public void close() {
    http.close();
  }
}
