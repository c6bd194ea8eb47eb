package dev.fedcore.http;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.trace.Spans;
import dev.fedcore.kernel.identity.Principal;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request off the wire to a response: finds the route, asks who it is, calls the handler,
/// and turns whatever goes wrong into a problem. Safe for use by many threads.
public final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /// How long a client is asked to wait before it tries a busy server again, in seconds.
  public static final String RETRY_AFTER_SECONDS = "1";

  private static final String UNKNOWN = "unknown";

  /// The methods of RFC 9110 §9 and RFC 5789.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /// Any other method.
  ///
  /// @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP spans</a>
  private static final String OTHER_METHOD = "_OTHER";

  private final RouteTable table;
  private final Authentication authentication;
  private final Watcher watcher;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final ProblemForm form;

  /// A router over these routes.
  ///
  /// @param random for trace ids; used by many threads at once
  /// @param nanoTime a clock that only runs forward
  public Router(
      List<Route> routes,
      Authentication authentication,
      Watcher watcher,
      RandomGenerator random,
      LongSupplier nanoTime,
      ProblemForm form) {
    this.table = new RouteTable(routes);
    this.authentication = authentication;
    this.watcher = watcher;
    this.random = random;
    this.nanoTime = nanoTime;
    this.form = form;
  }

  /// Answers. Throws nothing but errors of the machine.
  public Response answer(Incoming incoming) {
    long start = nanoTime.getAsLong();
    Optional<String> traceparent = incoming.header("traceparent");
    RouteTable.Match match = table.find(incoming.method(), incoming.path());
    String method = counted(incoming.method());
    Span span = Spans.served(method, pattern(match), traceparent);
    TraceId trace = TraceId.from(Spans.traceparent(span).or(() -> traceparent), random);
    try (Scope _ = span.makeCurrent()) {
      Response response = answer(incoming, match, trace);
      Spans.answered(span, response.status());
      watcher.answered(method, pattern(match), response.status(), nanoTime.getAsLong() - start);
      return response;
    } finally {
      span.end();
    }
  }

  private Response answer(Incoming incoming, RouteTable.Match match, TraceId trace) {
    try {
      return switch (match) {
        case RouteTable.Match.Found(Route route, var parameters) -> {
          Principal principal = authentication.authenticate(incoming, route.access());
          yield route.handler().handle(new Request(incoming, route, parameters, principal, trace));
        }
        case RouteTable.Match.WrongMethod(List<String> allowed) ->
            problem(incoming, trace, wrongMethod(incoming.method(), allowed));
        case RouteTable.Match.Unknown _ ->
            problem(
                incoming, trace, Problem.of(ProblemKind.UNKNOWN_ROUTE, "no route has this path"));
      };
    } catch (ProblemFound found) {
      return problem(incoming, trace, found.problem());
    } catch (MalformedInput malformed) {
      return problem(incoming, trace, malformed(malformed));
    } catch (LedgerUnavailable unavailable) {
      LOG.warn("event=ledger_unavailable trace_id={} why=\"{}\"", trace, unavailable.getMessage());
      return problem(incoming, trace, unavailable());
    } catch (RuntimeException fault) {
      LOG.error("event=fault trace_id={} path=\"{}\"", trace, incoming.path(), fault);
      return problem(incoming, trace, fault());
    }
  }

  private Response problem(Incoming incoming, TraceId trace, Problem problem) {
    return form.render(problem, incoming.path(), trace);
  }

  private static Problem wrongMethod(String method, List<String> allowed) {
    String methods = String.join(", ", allowed);
    return Problem.of(
            ProblemKind.METHOD_NOT_ALLOWED, method + " is not possible here, only " + methods)
        .withHeader("Allow", methods);
  }

  private static Problem malformed(MalformedInput malformed) {
    return Problem.at(ProblemKind.MALFORMED_REQUEST, malformed.pointer(), malformed.problem());
  }

  private static Problem unavailable() {
    return Problem.of(
            ProblemKind.LEDGER_UNAVAILABLE,
            "the ledger does not answer; nothing that was answered with success is lost")
        .withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }

  private static Problem fault() {
    return Problem.of(
        ProblemKind.INTERNAL_ERROR, "this is our fault; the log has more under the trace id");
  }

  /// A client can make up as many methods as it likes, and whatever is counted by one stays.
  private static String counted(String method) {
    return METHODS.contains(method) ? method : OTHER_METHOD;
  }

  private static String pattern(RouteTable.Match match) {
    return match instanceof RouteTable.Match.Found(Route route, var _) ? route.pattern() : UNKNOWN;
  }
}
