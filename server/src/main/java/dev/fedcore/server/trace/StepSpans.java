package dev.fedcore.server.trace;

import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.live.StepNotes;
import dev.fedcore.http.client.Trace;
import dev.fedcore.http.trace.Spans;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A span for each step that has ended, beneath the request that made its run.
///
/// What that was is kept for the latest runs only, and not over a restart; after that, a step
/// stands in the trace that the run's correlation id names, and has no span where it names none.
/// Called under the lock of one run, for many runs at once.
public final class StepSpans implements RunWatcher {

  /// How many runs are remembered, the latest; some hundred bytes each.
  static final int RUNS_MAX = 10_000;

  private final Map<RunId, Context> made =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RunId, Context> eldest) {
              return size() > RUNS_MAX;
            }
          });

  @Override
  public void happened(LiveRun run, List<RunEvent> events) {
    RunId id = run.header().run();
    if (events.getFirst() instanceof RunEvent.RunCreated
        && Span.current().getSpanContext().isValid()) {
      made.put(id, Context.current());
    }
    Optional.ofNullable(made.get(id))
        .or(() -> correlated(run))
        .ifPresent(context -> events.forEach(event -> ended(run, context, event)));
  }

  private static Optional<Context> correlated(LiveRun run) {
    return run.header()
        .correlationId()
        .flatMap(Trace::header)
        .flatMap(field -> Spans.context(field.value()));
  }

  private static void ended(LiveRun run, Context trace, RunEvent event) {
    if (event instanceof RunEvent.StepCompleted done) {
      span(run, trace, done.step(), done.at(), true);
    } else if (event instanceof RunEvent.StepFailed failed) {
      span(run, trace, failed.step(), failed.at(), false);
    }
  }

  private static void span(LiveRun run, Context trace, StepId step, Instant end, boolean good) {
    StepNotes notes = run.notes(step);
    Span span =
        Spans.tracer()
            .spanBuilder("step " + step.value())
            .setParent(trace)
            .setStartTimestamp(notes.startedAt().orElse(end))
            .setAttribute("fedcore.run_id", run.header().run().toString())
            .setAttribute("fedcore.workflow_id", run.header().definition().ref().id())
            .startSpan();
    if (!good) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(end);
  }
}
