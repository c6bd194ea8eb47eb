package dev.fedcore.http.client;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Response;
import dev.fedcore.http.trace.Spans;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.opentelemetry.api.trace.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks one other service, over HTTP/1.1, with a time limit. Follows no redirect. Connections are
/// kept, and one that the service has closed meanwhile is not used again. What it closes in the
/// very moment in which it is used is asked once more if it is a GET (RFC 9110, section 9.2.2);
/// nothing else is tried twice. Each exchange runs on its caller's thread. Safe for use by many
/// threads.
public final class ServiceClient {

  private static final String TRACEPARENT = "traceparent";

  /// The most connections that are kept open while nothing is asked.
  private static final int IDLE_CONNECTIONS_MAX = 64;

  private static final int CHUNK_BYTES = 8 << 10;

  /// What the platform says of a connection that was not made in time.
  private static final String CONNECT_TIMED_OUT = "Connect timed out";

  private final WebClient http;
  private final URI base;
  private final Duration limit;

  /// A client of the service at `base`.
  ///
  /// @param base such as `http://127.0.0.1:8001`, without a path
  /// @param limit of the connection, of every wait for a part of the answer, and after which no
  ///   further part is waited for
  public ServiceClient(URI base, Duration limit) {
    this.base = base;
    this.limit = limit;
    // Java's own look-up, which forgets: a service that moved is found at its new address.
    this.http =
        WebClient.builder()
            .baseUri(base)
            .connectTimeout(limit)
            .readTimeout(limit)
            .followRedirects(false)
            .dnsResolver(new PlatformNames())
            .shareConnectionCache(false)
            .connectionCacheSize(IDLE_CONNECTIONS_MAX)
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
    Answer answer = exchange(Method.GET, path, new byte[0], headers);
    return answer.equals(broken()) ? exchange(Method.GET, path, new byte[0], headers) : answer;
  }

  public Answer post(String path, JsonObject body, List<Response.Field> headers) {
    return exchange(Method.POST, path, body.canonicalBytes(), headers);
  }

  private Answer exchange(Method method, String path, byte[] body, List<Response.Field> headers) {
    long end = System.nanoTime() + limit.toNanos();
    URI target = base.resolve(path);
    Span span = Spans.asked(method.text(), target, value(headers, TRACEPARENT));
    HttpClientRequest request =
        http.method(method).uri(target).header(HeaderNames.CONTENT_TYPE, MediaTypes.JSON);
    headers.stream()
        .filter(field -> !field.name().equals(TRACEPARENT))
        .forEach(field -> request.header(HeaderNames.create(field.name()), field.value()));
    Spans.traceparent(span)
        .ifPresent(value -> request.header(HeaderNames.create(TRACEPARENT), value));
    try (HttpClientResponse response = request.submit(body)) {
      Spans.answered(span, response.status().code());
      return new Answer.Heard(response.status().code(), object(whole(response.inputStream(), end)));
    } catch (IOException | RuntimeException e) {
      // The library says in many ways that an exchange failed, a bare RuntimeException among them
      // (https://github.com/helidon-io/helidon/issues/12339), and wraps what went wrong.
      return failed(e);
    } finally {
      span.end();
    }
  }

  private Answer failed(Exception failure) {
    Throwable why = failure;
    while (why.getCause() != null) {
      why = why.getCause();
    }
    if (isUnconnected(why)) {
      return new Answer.Unreachable(base + " cannot be reached");
    }
    return switch (why) {
      case SocketTimeoutException _ ->
          new Answer.Lost("%s gave no answer within %s".formatted(base, limit));
      case ProtocolException wrong -> new Answer.Lost(base + " gave " + wrong.getMessage());
      default -> broken();
    };
  }

  private Answer.Lost broken() {
    return new Answer.Lost(base + " gave no whole answer before the connection was closed");
  }

  private static boolean isUnconnected(Throwable why) {
    return switch (why) {
      case ConnectException _, UnknownHostException _ -> true;
      case SocketTimeoutException late -> CONNECT_TIMED_OUT.equals(late.getMessage());
      default -> false;
    };
  }

  /// Reads to the end, unless that is further than an object may be long, or takes too long.
  private static byte[] whole(InputStream body, long end) throws IOException {
    var read = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
      read.write(chunk, 0, count);
      if (read.size() > JsonLimits.DEFAULT.bytesMax()) {
        throw new ProtocolException("an answer that is too long");
      }
      if (System.nanoTime() - end > 0) {
        throw new SocketTimeoutException("the answer takes too long");
      }
    }
    return read.toByteArray();
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
