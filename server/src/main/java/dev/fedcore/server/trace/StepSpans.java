package dev.fedcore.server.trace;

import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.live.StepNotes;
import dev.fedcore.http.client.Trace;
import dev.fedcore.http.trace.Spans;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A span for each step that has ended, in the trace that the run's correlation id names. Runs
/// whose correlation id is no trace id have none.
public final class StepSpans implements RunWatcher {

  @Override
  public void happened(LiveRun run, List<RunEvent> events) {
    Optional<Context> trace =
        run.header()
            .correlationId()
            .flatMap(Trace::header)
            .flatMap(field -> Spans.context(field.value()));
    trace.ifPresent(context -> events.forEach(event -> ended(run, context, event)));
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
