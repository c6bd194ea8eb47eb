package dev.fedcore.http;

/// How a problem is written down. Clients of different contracts expect different documents.
@FunctionalInterface
public interface ProblemForm {

  /// The response that says what went wrong.
  ///
  /// @param path of the request, as it was sent
  Response render(Problem problem, String path, TraceId trace);
}
