package dev.fedcore.server;

import dev.fedcore.http.Access;
import dev.fedcore.http.Authentication;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.server.metrics.ServerMetrics;
import dev.fedcore.sqlite.StoreUnavailable;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Where one pillar is listened for.
record Listener(String host, int port, Authentication authentication) {

  /// Problems as RFC 9457 has them.
  static final ProblemForm PLAIN = Problem::toResponse;

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /// Listens, with `/metrics` beside the pillar's own operations.
  ///
  /// @param closing gets what is to be closed
  URI listen(
      List<Route> routes, ProblemForm problems, ServerMetrics metrics, Deque<Runnable> closing) {
    var all = new ArrayList<Route>();
    routes.forEach(route -> all.add(guarded(route)));
    all.add(
        new Route(
            "GET",
            "/metrics",
            new Access.Open(),
            _ -> Response.of(200, METRICS, metrics.scrape())));
    var router =
        new Router(all, authentication, metrics, new SecureRandom(), System::nanoTime, problems);
    HttpServer server = HttpServer.start(host, port, router);
    closing.push(server::close);
    return server.uri();
  }

  /// A store that does not answer is nobody's fault who asks, and passes.
  private static Route guarded(Route route) {
    return new Route(
        route.method(),
        route.pattern(),
        route.access(),
        request -> {
          try {
            return route.handler().handle(request);
          } catch (StoreUnavailable unavailable) {
            throw new ProblemFound(
                Problem.of(
                        ProblemKind.LEDGER_UNAVAILABLE,
                        "the store does not answer; what was answered with success is kept")
                    .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
          }
        });
  }
}
