package dev.fedcore.http.client;

import dev.fedcore.http.Response.Field;
import dev.fedcore.http.trace.Spans;
import java.util.Optional;
import java.util.regex.Pattern;

/// Carries a trace from one service to the next.
///
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
public final class Trace {

  private static final Pattern W3C = Pattern.compile("(?!0{32})[0-9a-f]{32}");

  private Trace() {}

  /// The `traceparent` of a request that belongs to `traceId`; empty for one that is not in W3C's
  /// form, which travels in bodies only.
  public static Optional<Field> header(String traceId) {
    if (!W3C.matcher(traceId).matches()) {
      return Optional.empty();
    }
    String root = Spans.rootId(traceId);
    return Optional.of(new Field("traceparent", "00-%s-%s-01".formatted(traceId, root)));
  }
}
