package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.pillars.Api.Answer;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Somebody who tells Core in words what is to be done. Core accepts and does not wait; what it
/// accepted must be a run a little later, without anybody asking again.
final class CoreUser {

  private static final String NAME = "user-0";
  private static final Duration RUNS_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Api api;
  private final Journal journal;
  private final CountDownLatch never = new CountDownLatch(1);

  CoreUser(Api api, Journal journal) {
    this.api = api;
    this.journal = journal;
  }

  /// Has so many tasks made.
  ///
  /// @param what distinguishes their titles
  void tell(String what, int times) throws IOException, InterruptedException {
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      Answer answer =
          api.handleTask("Create a task to review code %s %d".formatted(what, i), NAME)
              .orElseThrow(() -> new IOException("Core does not answer"));
      journal.took("Core decides", System.nanoTime() - begun);
      Errand errand = errand(answer);
      journal.sent(errand);
      accepted.add(errand.traceId());
    }
    awaitRuns(accepted);
  }

  private static Errand errand(Answer answer) {
    JsonFields fields = answer.fields();
    String trace = fields.string("trace_id");
    JsonFields output = JsonFields.of(fields.object("agent_output"), "/agent_output");
    JsonObject payload = output.object("workflow_payload");
    JsonObject body =
        JsonObject.builder()
            .put("trace_id", trace)
            .put("decision", "workflow")
            .put(
                "data",
                JsonObject.builder()
                    .put("workflow_type", "workflow")
                    .put("payload", payload)
                    .build())
            .build();
    String title = JsonFields.of(payload, "/workflow_payload").string("title");
    return new Errand(
        trace,
        NAME,
        Errand.Outcome.ALLOWED,
        title,
        new String(body.canonicalBytes(), StandardCharsets.UTF_8));
  }

  private void awaitRuns(List<String> traces) throws IOException, InterruptedException {
    long end = System.nanoTime() + RUNS_MAX.toNanos();
    Map<String, List<Tables.Run>> runs = Tables.runs(api);
    while (!runs.keySet().containsAll(traces) && System.nanoTime() - end < 0) {
      never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      runs = Tables.runs(api);
    }
    for (String trace : traces) {
      List<Tables.Run> found = runs.getOrDefault(trace, List.of());
      if (found.isEmpty()) {
        journal.contradicted("Core accepted %s, and no run came of it".formatted(trace));
      } else {
        journal.answered(trace, found.getFirst().id());
      }
    }
  }
}
