package dev.fedcore.http;

import dev.fedcore.kernel.identity.Principal;
import java.util.Map;
import java.util.Optional;

/// A request that has found its route, from a principal who may use it. For one thread.
public final class Request {

  /// The largest body, in bytes: a hundred times what our own clients send.
  public static final int BODY_BYTES_MAX = 1 << 20;

  private final Incoming incoming;
  private final Route route;
  private final Map<String, String> parameters;
  private final Principal principal;
  private final TraceId trace;

  Request(
      Incoming incoming,
      Route route,
      Map<String, String> parameters,
      Principal principal,
      TraceId trace) {
    this.incoming = incoming;
    this.route = route;
    this.parameters = parameters;
    this.principal = principal;
    this.trace = trace;
  }

  public String method() {
    return incoming.method();
  }

  /// As it was sent, percent-encoded, without the query.
  public String path() {
    return incoming.path();
  }

  public Route route() {
    return route;
  }

  public Principal principal() {
    return principal;
  }

  public TraceId trace() {
    return trace;
  }

  /// A path parameter, decoded.
  ///
  /// @throws IllegalStateException if the route's pattern has no such parameter
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("no {" + name + "} in " + route.pattern());
    }
    return value;
  }

  /// The query, decoded.
  public Query query() {
    return Query.parse(incoming.query());
  }

  public Optional<String> header(String name) {
    return incoming.header(name);
  }

  /// The whole body; empty when there is none. To be called once.
  public byte[] body() {
    return body(BODY_BYTES_MAX);
  }

  /// The same for a route whose senders are known to need another limit.
  ///
  /// @param bytesMax the largest body, in bytes
  /// @throws ProblemFound 413 if it has more
  public byte[] body(int bytesMax) {
    return incoming.body(bytesMax);
  }

  /// The body's media type without parameters, in lower case; empty when none is stated.
  public String mediaType() {
    return incoming.header("Content-Type").map(MediaTypes::bare).orElse("");
  }
}
