package dev.fedcore.server.erasure;

import dev.fedcore.engine.erasure.Eraser;
import dev.fedcore.engine.erasure.ErasureOutcome;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.server.api.Accesses;
import java.util.List;

/// Erases one person from the tenant of whoever asks.
public final class ErasureRoutes {

  /// The longest name of a person, in characters: that of an e-mail address (RFC 5321).
  static final int SUBJECT_LENGTH_MAX = 320;

  /// The longest reason, in characters.
  static final int REASON_LENGTH_MAX = 2_000;

  private final Eraser eraser;
  private final List<String> outOfReach;

  /// @param outOfReach the stores that know people and are not this process's to erase from
  public ErasureRoutes(Eraser eraser, List<String> outOfReach) {
    this.eraser = eraser;
    this.outOfReach = List.copyOf(outOfReach);
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("POST", "/erasures", Accesses.ADMINISTER, this::erase));
  }

  private Response erase(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    String subject = said(fields, "subject", SUBJECT_LENGTH_MAX);
    String reason = said(fields, "reason", REASON_LENGTH_MAX);
    fields.end();
    return switch (eraser.erase(request.principal(), subject, reason)) {
      case ErasureOutcome.Erased erased -> Response.json(200, json(erased));
      case ErasureOutcome.Live live ->
          throw new ProblemFound(
              Problem.of(
                      ProblemKind.SUBJECT_IN_LIVE_RUNS,
                      "%d runs that name this subject are not over; end them first, such as %s"
                          .formatted(live.runs().size(), live.runs().getFirst()))
                  .with("run_ids", ids(live.runs())));
      case ErasureOutcome.Nobody _ ->
          throw new MalformedInput(
              fields.pointer("subject"), "is nobody's name: anonymous and fedcore are no people");
    };
  }

  private static String said(JsonFields fields, String name, int lengthMax) {
    String text = fields.string(name, lengthMax);
    if (text.isBlank()) {
      throw new MalformedInput(fields.pointer(name), "must not be empty");
    }
    return text;
  }

  private JsonObject json(ErasureOutcome.Erased erased) {
    return JsonObject.builder()
        .put("values_erased", erased.values())
        .put("runs_changed", erased.runs().size())
        .put("files_rewritten", erased.isCompacted())
        .put("not_reached", JsonArray.ofStrings(outOfReach))
        .build();
  }

  /// The first hundred.
  private static JsonArray ids(List<RunId> runs) {
    return JsonArray.ofStrings(runs.stream().limit(100).map(RunId::toString).toList());
  }
}
