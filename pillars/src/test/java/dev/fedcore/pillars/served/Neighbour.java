package dev.fedcore.pillars.served;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Another service on loopback: takes bodies on one path, keeps what it got, and answers what it is
/// told to.
public final class Neighbour implements AutoCloseable {

  /// How long a body is waited for, in seconds.
  private static final int WAIT_SECONDS = 30;

  private final LinkedBlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final HttpServer server;

  /// A body that came, with who sent it and in which trace.
  public record Got(JsonObject body, String actor, String traceparent, String authorization) {}

  private Neighbour(String path, Function<JsonObject, Response> answer) {
    var route = new Route("POST", path, new Access.Open(), request -> take(request, answer));
    var router =
        new Router(
            List.of(route),
            (incoming, _) ->
                new Principal(
                    incoming.header("X-Actor-Id").orElse(Principal.ANONYMOUS),
                    TenantId.DEFAULT,
                    EnumSet.allOf(Role.class)),
            (_, _, _, _) -> {},
            new SplittableRandom(2),
            System::nanoTime,
            (problem, at, trace) -> problem.toResponse(at, trace));
    server = HttpServer.start("127.0.0.1", 0, router);
  }

  public static Neighbour on(String path, Function<JsonObject, Response> answer) {
    return new Neighbour(path, answer);
  }

  public URI uri() {
    return server.uri();
  }

  private Response take(Request request, Function<JsonObject, Response> answer) {
    JsonObject body = Bodies.object(request);
    got.add(
        new Got(
            body,
            request.principal().actor(),
            request.header("traceparent").orElse(""),
            request.header("Authorization").orElse("")));
    return answer.apply(body);
  }

  /// The next body that comes.
  public Got next() {
    try {
      Got next = got.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within %d seconds".formatted(WAIT_SECONDS));
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// How many bodies came that nobody asked for yet.
  public int unread() {
    return got.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
