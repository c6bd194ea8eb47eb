package dev.fedcore.server.erasure;

import dev.fedcore.engine.erasure.Eraser;
import dev.fedcore.engine.erasure.ErasureOutcome;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.erasure.ErasureAnswer;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.server.api.Accesses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Erases one person from the tenant of whoever asks.
public final class ErasureRoutes {

  private final Eraser eraser;
  private final List<PeopleService> services;
  private final List<String> outOfReach;

  /// @param services who else is asked to erase the person
  /// @param outOfReach the stores that know people and are not this process's to erase from
  public ErasureRoutes(Eraser eraser, List<PeopleService> services, List<String> outOfReach) {
    this.eraser = eraser;
    this.services = List.copyOf(services);
    this.outOfReach = List.copyOf(outOfReach);
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("POST", ErasureRequest.PATH, Accesses.ADMINISTER, this::erase));
  }

  private Response erase(Request request) {
    ErasureRequest wanted = ErasureRequest.read(request);
    return switch (eraser.erase(request.principal(), wanted.subject(), wanted.reason())) {
      case ErasureOutcome.Erased erased ->
          Response.json(200, everywhere(request.principal(), wanted, erased));
      case ErasureOutcome.Live live ->
          throw new ProblemFound(
              Problem.of(
                      ProblemKind.SUBJECT_IN_LIVE_RUNS,
                      "%d runs that name this subject are not over; end them first, such as %s"
                          .formatted(live.runs().size(), live.runs().getFirst()))
                  .with("run_ids", ids(live.runs())));
    };
  }

  /// The services go last: whoever is interrupted, or finds one of them away, asks again.
  private JsonObject everywhere(Principal by, ErasureRequest wanted, ErasureOutcome.Erased erased) {
    var answer = new ErasureAnswer(erased.values(), erased.isCompacted());
    var away = new ArrayList<String>();
    for (PeopleService service : services) {
      Optional<ErasureAnswer> told = service.erase(by, wanted);
      if (told.isPresent()) {
        answer = answer.and(told.get());
      } else {
        away.add(service.name());
      }
    }
    return answer
        .json()
        .with("runs_changed", JsonNumber.of(erased.runs().size()))
        .with("unanswered", JsonArray.ofStrings(away))
        .with("not_reached", JsonArray.ofStrings(outOfReach));
  }

  /// The first hundred.
  private static JsonArray ids(List<RunId> runs) {
    return JsonArray.ofStrings(runs.stream().limit(100).map(RunId::toString).toList());
  }
}
