package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.Response;
import dev.fedcore.http.TraceId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Writes problems as Karma's clients expect them: `{status: "error", error: {code, message}, path,
/// timestamp, details}`.
final class KarmaProblems implements ProblemForm {

  private final InstantSource clock;

  KarmaProblems(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Response render(Problem problem, String path, TraceId trace) {
    var error =
        JsonObject.builder()
            .put("code", problem.kind().code())
            .put("message", wellformed(problem.detail()));
    var details = JsonObject.builder().put("trace_id", trace.value());
    if (!problem.errors().isEmpty()) {
      details.put(
          "errors", new JsonArray(problem.errors().stream().map(KarmaProblems::place).toList()));
    }
    problem.extensions().members().forEach(details::put);
    var body =
        JsonObject.builder()
            .put("status", "error")
            .put("error", error.build())
            .put("path", wellformed(path))
            .put("timestamp", clock.instant().truncatedTo(ChronoUnit.MICROS).toString())
            .put("details", details.build());
    Response response = Response.json(problem.kind().status(), body.build());
    for (Response.Field header : problem.headers()) {
      response = response.with(header.name(), header.value());
    }
    return response;
  }

  private static JsonValue place(Problem.Place place) {
    return JsonObject.builder()
        .put("pointer", wellformed(place.pointer()))
        .put("detail", wellformed(place.detail()))
        .build();
  }

  /// What came from outside may hold half a surrogate pair, which JSON cannot.
  private static String wellformed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
