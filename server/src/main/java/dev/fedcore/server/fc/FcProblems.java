package dev.fedcore.server.fc;

import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.Response;
import dev.fedcore.http.TraceId;

/// Writes problems as each contract has them: `{detail}` below `/api/fc`, RFC 9457 elsewhere.
public final class FcProblems implements ProblemForm {

  private static final String PREFIX = "/api/fc/";

  @Override
  public Response render(Problem problem, String path, TraceId trace) {
    return path.startsWith(PREFIX) ? FcShape.problem(problem) : problem.toResponse(path, trace);
  }
}
