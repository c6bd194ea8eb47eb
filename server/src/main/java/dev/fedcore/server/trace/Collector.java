package dev.fedcore.server.trace;

import dev.fedcore.http.trace.Spans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Sends the spans of this process to a collector, in OTLP over HTTP, in the background. Spans that
/// nobody takes are dropped; requests never wait for them.
public final class Collector implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  /// How long the last spans may take when the process ends.
  private static final Duration END_MAX = Duration.ofSeconds(2);

  private static final Duration SEND_MAX = Duration.ofSeconds(5);

  private final OpenTelemetrySdk sdk;

  private Collector(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /// Begins.
  ///
  /// @param endpoint such as `http://127.0.0.1:4318`
  /// @param service as the collector shows it
  public static Collector start(String endpoint, String service) {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base.endsWith(PATH) ? base : base + PATH)
            .setTimeout(SEND_MAX)
            .build();
    var provider =
        SdkTracerProvider.builder()
            .setIdGenerator(new GivenIds())
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), service))))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    Spans.giveTo(sdk);
    return new Collector(sdk);
  }

  /// Random ids, but for the span that stands for a whole execution: others must be able to name it
  /// who know nothing but the trace.
  private static final class GivenIds implements IdGenerator {

    @Override
    public String generateSpanId() {
      return Spans.chosenTrace().map(Spans::rootId).orElseGet(IdGenerator.random()::generateSpanId);
    }

    @Override
    public String generateTraceId() {
      return Spans.chosenTrace().orElseGet(IdGenerator.random()::generateTraceId);
    }
  }

  /// Sends what is left, for a while at most.
  @Override
  public void close() {
    Spans.giveTo(OpenTelemetry.noop());
    sdk.getSdkTracerProvider().shutdown().join(END_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
