package dev.fedcore.pillars.karma;

import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.http.erasure.ErasureAnswer;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.sqlite.StoreUnavailable;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Erases one person from the tenant of whoever asks.
final class ErasureRoutes {

  private final KarmaStore store;
  private final InstantSource clock;

  ErasureRoutes(KarmaStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(new Route("POST", ErasureRequest.PATH, ErasureRequest.ACCESS, this::erase));
  }

  /// The file is written anew even if nothing was found: that may be what did not work before.
  private Response erase(Request request) {
    ErasureRequest wanted = ErasureRequest.read(request);
    Principal by = request.principal();
    long values =
        erased(
            new Erasing.Order(
                by.tenant().value(),
                wanted.subject(),
                wanted.reason(),
                by.actor(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
    return Response.json(200, new ErasureAnswer(values, store.compacted()).json());
  }

  private long erased(Erasing.Order order) {
    try {
      return store.erase(order);
    } catch (StoreUnavailable unavailable) {
      throw new ProblemFound(
          Problem.of(
                  KarmaProblem.STORE_UNAVAILABLE,
                  "Karma's store does not answer; ask again, which finishes what was begun")
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
    }
  }
}
