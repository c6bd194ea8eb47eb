package dev.fedcore.http.trace;

import dev.fedcore.evidence.hash.Sha256;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Begins spans, and carries them from one service to the next in `traceparent`.
///
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
/// @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP spans</a>
public final class Spans {

  private static final String SCOPE = "dev.fedcore";

  private static final Pattern PARENT =
      Pattern.compile("00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})");

  /// The least status that is the server's own fault.
  private static final int FAULT = 500;

  /// One for the process: spans nest across whatever happens on a thread.
  private static volatile Tracer tracer = OpenTelemetry.noop().getTracer(SCOPE);

  private static final ScopedValue<String> CHOSEN = ScopedValue.newInstance();

  private Spans() {}

  /// Gives spans to `telemetry` from now on.
  public static void giveTo(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer(SCOPE);
  }

  /// A request that is being answered.
  ///
  /// @param route the pattern, so that there are few names
  /// @param traceparent as it came
  public static Span served(String method, String route, Optional<String> traceparent) {
    return tracer()
        .spanBuilder(method + " " + route)
        .setSpanKind(SpanKind.SERVER)
        .setParent(traceparent.flatMap(Spans::context).orElse(Context.root()))
        .setAttribute("http.request.method", method)
        .setAttribute("http.route", route)
        .startSpan();
  }

  /// A request that is being sent. Belongs to what is being answered, unless the caller says that
  /// it belongs to another trace.
  ///
  /// @param traceparent the caller's own
  public static Span asked(String method, URI target, Optional<String> traceparent) {
    return tracer()
        .spanBuilder(method)
        .setSpanKind(SpanKind.CLIENT)
        .setParent(parent(traceparent))
        .setAttribute("http.request.method", method)
        .setAttribute("url.full", target.toString())
        .setAttribute("server.address", String.valueOf(target.getHost()))
        .setAttribute("server.port", (long) target.getPort())
        .startSpan();
  }

  /// Does `work` within the span that stands for everything that follows from `traceId`: the parent
  /// that [dev.fedcore.http.client.Trace] names, in whatever process. To be called once for each
  /// id.
  ///
  /// @param traceId in W3C's form
  public static <T> T root(String name, String traceId, Supplier<T> work) {
    SpanContext current = Span.current().getSpanContext();
    SpanBuilder builder = tracer().spanBuilder(name);
    if (!current.getTraceId().equals(traceId)) {
      builder.setNoParent();
      if (current.isValid()) {
        builder.addLink(current);
      }
    }
    Span span = ScopedValue.where(CHOSEN, traceId).call(builder::startSpan);
    try (Scope _ = span.makeCurrent()) {
      return work.get();
    } finally {
      span.end();
    }
  }

  /// The trace whose root span is being made; empty for every other span. For whoever draws ids.
  public static Optional<String> chosenTrace() {
    return CHOSEN.isBound() ? Optional.of(CHOSEN.get()) : Optional.empty();
  }

  /// The id of the span that stands for everything that follows from `traceId`.
  public static String rootId(String traceId) {
    return Sha256.hex(("span:" + traceId).getBytes(StandardCharsets.UTF_8))
        .substring(0, SpanId.getLength());
  }

  /// Says how a request was answered.
  public static void answered(Span span, int status) {
    span.setAttribute("http.response.status_code", (long) status);
    if (status >= FAULT) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  /// What the next service is told; empty when the span belongs to no trace.
  public static Optional<String> traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? Optional.of(
            "00-%s-%s-%s"
                .formatted(
                    context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex()))
        : Optional.empty();
  }

  /// Where a `traceparent` stands; empty for one that is not in W3C's form.
  public static Optional<Context> context(String traceparent) {
    Matcher match = PARENT.matcher(traceparent);
    if (!match.matches()) {
      return Optional.empty();
    }
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            match.group(1),
            match.group(2),
            TraceFlags.fromHex(match.group(3), 0),
            TraceState.getDefault());
    return Optional.of(Context.root().with(Span.wrap(remote)));
  }

  /// Whoever makes spans: nobody, unless the program was started with an endpoint.
  public static Tracer tracer() {
    return tracer;
  }

  private static Context parent(Optional<String> traceparent) {
    Optional<Context> stated = traceparent.flatMap(Spans::context);
    String current = Span.current().getSpanContext().getTraceId();
    return stated
        .filter(context -> !Span.fromContext(context).getSpanContext().getTraceId().equals(current))
        .orElseGet(Context::current);
  }
}
