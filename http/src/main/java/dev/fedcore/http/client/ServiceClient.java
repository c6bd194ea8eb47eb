package dev.fedcore.http.client;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Response;
import dev.fedcore.http.trace.Spans;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks one other service, over HTTP/1.1, with one time limit for each exchange. Follows no
/// redirect and tries nothing twice. Safe for use by many threads.
public final class ServiceClient {

  private static final String TRACEPARENT = "traceparent";

  private final HttpClient http;
  private final URI base;
  private final Duration limit;

  /// A client of the service at `base`.
  ///
  /// @param base such as `http://127.0.0.1:8001`, without a path
  /// @param limit from the connection to the last byte of the answer
  public ServiceClient(URI base, Duration limit) {
    this.base = base;
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// What came of asking.
  public sealed interface Answer {

    /// A whole answer was read.
    ///
    /// @param body the answer's object; empty when its body is none
    record Heard(int status, Optional<JsonObject> body) implements Answer {

      /// Whether the status is one of the 200s.
      public boolean isSuccess() {
        return status / 100 == 2;
      }
    }

    /// Nothing was sent: the service cannot be reached.
    record Unreachable(String why) implements Answer {}

    /// Something was sent, and no whole answer came in time.
    record Lost(String why) implements Answer {}
  }

  /// Where the service is.
  public URI base() {
    return base;
  }

  public Answer get(String path, List<Response.Field> headers) {
    return exchange("GET", path, BodyPublishers.noBody(), headers);
  }

  public Answer post(String path, JsonObject body, List<Response.Field> headers) {
    return exchange("POST", path, BodyPublishers.ofByteArray(body.canonicalBytes()), headers);
  }

  private Answer exchange(
      String method, String path, BodyPublisher body, List<Response.Field> headers) {
    URI target = base.resolve(path);
    Span span = Spans.asked(method, target, value(headers, TRACEPARENT));
    var request = HttpRequest.newBuilder(target).timeout(limit).method(method, body);
    request.header("Content-Type", MediaTypes.JSON);
    headers.stream()
        .filter(field -> !field.name().equals(TRACEPARENT))
        .forEach(field -> request.header(field.name(), field.value()));
    Spans.traceparent(span).ifPresent(value -> request.header(TRACEPARENT, value));
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      Spans.answered(span, response.statusCode());
      return new Answer.Heard(response.statusCode(), object(response.body()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Answer.Unreachable(base + " cannot be reached");
    } catch (IOException e) {
      return new Answer.Lost("%s gave no answer within %s".formatted(base, limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Lost("interrupted while waiting for " + base);
    } finally {
      span.end();
    }
  }

  private static Optional<String> value(List<Response.Field> headers, String name) {
    return headers.stream()
        .filter(field -> field.name().equals(name))
        .map(Response.Field::value)
        .findFirst();
  }

  private static Optional<JsonObject> object(byte[] body) {
    try {
      return Optional.of(JsonReader.readObject(body, JsonLimits.DEFAULT));
    } catch (MalformedInput _) {
      return Optional.empty();
    }
  }
}
