package dev.fedcore.http;

import dev.fedcore.http.connection.ConnectionWatch;
import dev.fedcore.http.connection.WatchedConnection;
import dev.fedcore.http.connection.WatchedConnection.Waiting;
import dev.fedcore.http.connection.WatchedOutput;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens, and carries requests to a [Router] and its responses back, one virtual thread each.
/// What a route is made of knows nothing of the HTTP library.
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /// The longest request line and the largest head, in bytes: ours are below one kilobyte.
  private static final int HEAD_BYTES_MAX = 16 * 1024;

  /// Holds most answers whole, 32 KiB. What is written in two pieces waits for the client to
  /// acknowledge the first, 40 ms on a common host, unless the socket is told not to.
  private static final int WRITE_BUFFER_BYTES = 32 * 1024;

  /// A connection that says nothing for so long is closed, so that forgotten ones cost nothing.
  private static final Duration IDLE_MAX = Duration.ofMinutes(5);

  /// How long a client may take to send a request's head, to send its body, and to take 32 KiB of
  /// an answer.
  private static final Duration STALL_MAX = Duration.ofMinutes(1);

  /// What all bodies may take together until their requests are answered: 32 of the largest, or
  /// thousands of common ones. Read and parsed they take several times as much of the heap.
  private static final int ROOM_BYTES = 32 << 20;

  /// How long requests under way may take to finish when the server stops.
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

  /// Connections at once. A waiting connection costs a few kilobytes.
  private static final int CONNECTIONS_MAX = 10_000;

  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");

  private final WebServer server;
  private final ConnectionWatch watch;
  private final String host;

  private HttpServer(WebServer server, ConnectionWatch watch, String host) {
    this.server = server;
    this.watch = watch;
    this.host = host;
  }

  /// Starts to listen.
  ///
  /// @param host a name or an address of this machine
  /// @param port 0 for any that is free
  /// @throws UncheckedIOException if the address is not ours or is in use
  public static HttpServer start(String host, int port, Router router) {
    return start(host, port, router, STALL_MAX, ROOM_BYTES);
  }

  static HttpServer start(String host, int port, Router router, Duration stallMax, int roomBytes) {
    var http = Http1ConnectionSelector.builder().config(protocol()).build();
    var watch = new ConnectionWatch(http, stallMax, roomBytes);
    WebServer server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .maxTcpConnections(CONNECTIONS_MAX)
            .idleConnectionTimeout(IDLE_MAX)
            .shutdownGracePeriod(DRAIN_MAX)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .connectionOptions((SocketOptions.Builder options) -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(watch)
            .directHandlers(refusals())
            .routing(
                (HttpRouting.Builder routing) -> routing.any((in, out) -> carry(router, in, out)))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      watch.close();
      throw cannotListen(host, port, e);
    }
    // It tells its log of an address that is in use, and nobody else.
    if (!server.isRunning()) {
      watch.close();
      throw cannotListen(host, port, new IOException("the server did not start"));
    }
    return new HttpServer(server, watch, host);
  }

  private static UncheckedIOException cannotListen(String host, int port, Exception cause) {
    return new UncheckedIOException(
        "cannot listen on %s port %d: stop the program that does, or choose another host or port"
            .formatted(host, port),
        new IOException(cause));
  }

  /// The port that is listened on.
  public int port() {
    return server.port();
  }

  /// Such as `http://127.0.0.1:9405`.
  public URI uri() {
    String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create("http://" + literal + ":" + port());
  }

  /// Takes no new request, lets those under way finish, and stops listening.
  @Override
  public void close() {
    server.stop();
    watch.close();
  }

  private static Http1Config protocol() {
    return Http1Config.builder()
        .maxPrologueLength(HEAD_BYTES_MAX)
        .maxHeadersSize(HEAD_BYTES_MAX)
        .sendKeepAliveHeader(false)
        .build();
  }

  private static void carry(Router router, ServerRequest in, ServerResponse out) {
    WatchedConnection connection = WatchedConnection.CURRENT.get();
    connection.waits(Waiting.FOR_AN_ANSWER);
    var incoming = new HelidonIncoming(in, connection);
    Response response = router.answer(incoming);
    try {
      send(incoming.wantsBody() ? response : headOf(response, incoming), out, connection);
    } catch (UncheckedIOException | SocketWriterException gone) {
      throw gone;
    } catch (RuntimeException fault) {
      LOG.error("event=fault path=\"{}\"", incoming.path(), fault);
      throw fault;
    }
    connection.waits(Waiting.FOR_A_REQUEST);
    if (in.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("the client asks nothing more");
    }
  }

  /// How long a stream gets is not known before it has been written.
  private static Response headOf(Response response, Incoming incoming) {
    return response
        .withoutBody()
        .orElseGet(() ->
            Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "HEAD is not possible here, only GET")
                .withHeader("Allow", "GET")
                .toResponse(incoming.path(), traceId()));
  }

  private static void send(Response response, ServerResponse out, WatchedConnection connection) {
    out.status(response.status());
    out.header(NO_SNIFFING);
    boolean cached = false;
    for (Response.Field field : response.headers()) {
      out.header(field.name(), field.value());
      cached |= field.name().equals("Cache-Control");
    }
    if (!cached) {
      out.header(NO_STORE);
    }
    if (!response.contentType().isEmpty()) {
      out.header(HeaderNames.CONTENT_TYPE, response.contentType());
    }
    switch (response.body()) {
      case Response.Body.Bytes whole when whole.bytes().length <= WRITE_BUFFER_BYTES -> {
        connection.waits(Waiting.FOR_ITS_READER);
        out.send(whole.bytes());
      }
      case Response.Body.Bytes whole -> {
        out.contentLength(whole.bytes().length);
        stream(body -> body.write(whole.bytes()), out, connection);
      }
      case Response.Body.Stream(Response.Writing writing) -> stream(writing, out, connection);
    }
  }

  private static void stream(
      Response.Writing writing, ServerResponse out, WatchedConnection connection) {
    try (var body = new WatchedOutput(out.outputStream(), connection)) {
      writing.writeTo(body);
    } catch (IOException | UncheckedIOException | SocketWriterException e) {
      LOG.debug("event=stream_ended why=client_gone", e);
    }
  }

  /// What the library refuses by itself, before there is a request, said as a problem.
  private static DirectHandlers refusals() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, HttpServer::refusal);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse refusal(
      DirectHandler.TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Response response =
        refused(status).toResponse(Optional.ofNullable(request.path()).orElse(""), traceId());
    byte[] body =
        response.body() instanceof Response.Body.Bytes whole ? whole.bytes() : new byte[0];
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(response.status()))
        .headers(headers)
        .header(NO_SNIFFING)
        .header(NO_STORE)
        .header(HeaderNames.CONTENT_TYPE, MediaTypes.PROBLEM)
        .keepAlive(false)
        .entity(body)
        .build();
  }

  /// What goes wrong before there is a request, such as a head that breaks off, is not our fault.
  private static Problem refused(Status status) {
    if (status.code() == ProblemKind.BODY_TOO_LARGE.status()) {
      return Problem.of(ProblemKind.BODY_TOO_LARGE, "the body is too large");
    }
    boolean isAnswering =
        WatchedConnection.CURRENT.isBound() && WatchedConnection.CURRENT.get().isAnswering();
    return isAnswering && status.family() == Status.Family.SERVER_ERROR
        ? Problem.of(ProblemKind.INTERNAL_ERROR, "this is our fault")
        : Problem.of(
            ProblemKind.MALFORMED_REQUEST, "this is not an HTTP/1.1 request as we take it");
  }

  private static TraceId traceId() {
    return TraceId.from(Optional.empty(), ThreadLocalRandom.current());
  }
}
