package dev.fedcore.http;

import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Routes with what is odd to send or to take: answers that are short, long and of unknown length,
/// and one for bodies, which it counts.
final class OddRouter {

  /// More than the system keeps of what nobody reads.
  static final int LONG_BYTES = 64 << 20;

  static final String SHORT = "GET /short HTTP/1.1\r\nHost: x\r\n\r\n";

  /// What `/short` is answered.
  static final char SHORT_BODY = '!';

  static final String HALF_A_HEAD = "GET /short HTTP/1.1\r\nHost: x\r\nX-More: ";
  static final String HALF_A_BODY =
      "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";

  private OddRouter() {}

  static String get(String path) {
    return SHORT.replace("/short", path);
  }

  /// @param bodies counts the bodies that came whole
  static Router of(AtomicInteger bodies, Watcher watcher) {
    return of(
        watcher,
        route("GET", "/short", _ -> text(new byte[] {SHORT_BODY})),
        route("GET", "/long", _ -> text(new byte[LONG_BYTES])),
        route(
            "GET",
            "/stream",
            _ -> Response.stream("text/plain", out -> out.write(new byte[LONG_BYTES]))),
        route(
            "POST",
            "/body",
            request -> {
              byte[] body = request.body();
              bodies.incrementAndGet();
              return text(body);
            }));
  }

  /// @param routes all there are
  static Router of(Watcher watcher, Route... routes) {
    return new Router(
        List.of(routes),
        (_, _) -> Principal.system(new TenantId("default")),
        watcher,
        new SplittableRandom(1),
        System::nanoTime,
        Problem::toResponse);
  }

  static Response text(byte[] body) {
    return Response.of(200, "text/plain", body);
  }

  static Route route(String method, String path, Handler handler) {
    return new Route(method, path, new Access.Open(), handler);
  }
}
