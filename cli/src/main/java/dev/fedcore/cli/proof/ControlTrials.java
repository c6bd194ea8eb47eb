package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;

/// Pause, resume, retry and cancel, and the ways in which a gate says no.
final class ControlTrials {

  static final Trial PAUSE =
      new Trial("D", "pause_resume", "an operator pauses and resumes", ControlTrials::pause);
  static final Trial RETRY =
      new Trial("E", "retry", "a failed step is tried again", ControlTrials::retry);
  static final Trial REJECTED =
      new Trial("F", "gate_rejected", "a person rejects", ControlTrials::rejected);
  static final Trial EXPIRED =
      new Trial("G", "gate_expired", "nobody answers in time", ControlTrials::expired);
  static final Trial SELF =
      new Trial("H", "self_approval", "the requester may not approve", ControlTrials::self);
  static final Trial CANCEL =
      new Trial("I", "cancel", "a run is cancelled while it waits", ControlTrials::cancel);

  private static final int TASKS = 64;

  /// The most runs that are made for one that is paused before it is over.
  private static final int PACED_MAX = 3;

  private static final int CONFLICT = 409;
  private static final int FORBIDDEN = 403;

  /// Long enough for many tasks to be created if the pause did not hold.
  private static final Duration STANDSTILL = Duration.ofMillis(500);

  private ControlTrials() {}

  /// A run of 64 actions, and how it was when it had been asked to pause.
  private record Paced(
      String title, String run, boolean registered, boolean accepted, JsonView paused) {

    /// Whether nothing was left to be paused.
    boolean isTooLate() {
      return hasNone(paused, "PENDING") && !paused.text("status").equals("FAILED");
    }
  }

  private static void pause(Bench bench) {
    Paced paced = paused(bench, 1);
    for (int number = 2; number <= PACED_MAX && paced.isTooLate(); number++) {
      bench.move(paced.run(), "RUNNING");
      paced = paused(bench, number);
    }
    String title = paced.title();
    String id = paced.run();
    bench.claim("a definition of 64 actions is registered", paced.registered());
    bench.claim("pausing it at once is accepted", paced.accepted());
    bench.claim("the run is PAUSED", "PAUSED", paced.paused().text("status"));
    // An action that was under way may still end; after that, nothing moves.
    bench.eventually(id, run -> hasNone(run, "RUNNING"));
    long before = bench.tasks(name -> name.startsWith(title));
    bench.claim("not all tasks are there yet", before < TASKS);
    bench.watch(STANDSTILL, () -> {});
    long after = bench.tasks(name -> name.startsWith(title));
    bench.claim("no task is created while it is PAUSED", before == after);
    bench.claim("resuming it is accepted", bench.move(id, "RUNNING").succeeded());
    JsonView end = bench.settled(id, "COMPLETED", "FAILED");
    bench.claim("the run is COMPLETED", "COMPLETED", end.text("status"));
    bench.claim(
        "64 tasks were created in all", bench.tasks(name -> name.startsWith(title)) == TASKS);
    boolean once = true;
    for (int i = 1; i <= TASKS; i++) {
      String one = "%s-%02d".formatted(title, i);
      once &= bench.tasks(one::equals) == 1;
    }
    bench.claim("each task was created once", once);
  }

  private static Paced paused(Bench bench, int number) {
    String title = bench.own("paced-" + number);
    String workflow = bench.own("pt004_paced_" + number);
    Answer registered = bench.operator().post("/workflows/definitions", paced(workflow, title));
    String id = bench.start(workflow, JsonObject.EMPTY, JsonObject.EMPTY);
    boolean accepted = bench.move(id, "PAUSED").succeeded();
    JsonView paused = bench.settled(id, "PAUSED", "COMPLETED", "FAILED");
    return new Paced(title, id, registered.succeeded(), accepted, paused);
  }

  private static boolean hasNone(JsonView run, String status) {
    return run.objects("steps").stream().noneMatch(step -> step.text("status").equals(status));
  }

  private static JsonObject paced(String workflow, String title) {
    var steps = new ArrayList<JsonValue>();
    for (int i = 1; i <= TASKS; i++) {
      var parameters = JsonObject.builder().put("title", "%s-%02d".formatted(title, i)).build();
      var action = JsonObject.builder().put("type", "task").put("parameters", parameters).build();
      steps.add(
          JsonObject.builder()
              .put("id", "act_%02d".formatted(i))
              .put("type", "ACT")
              .put("action", action)
              .build());
    }
    return JsonObject.builder()
        .put("apiVersion", "fedcore.workflow/v1")
        .put("id", workflow)
        .put("version", "1.0.0")
        .put("description", "64 tasks one after the other, to be paused in between.")
        .put("execution", "managed")
        .put("steps", new JsonArray(steps))
        .build();
  }

  private static void retry(Bench bench) {
    String child = bench.own("child");
    String parent = bench.own("parent");
    var orphan = JsonObject.builder().put("parent_key", parent).build();
    String id = bench.start(Bench.WORKFLOW, Bench.task(child, orphan), JsonObject.EMPTY);
    JsonView failed = bench.settled(id, "FAILED", "COMPLETED", "PAUSED");
    bench.claim("the run is FAILED, its task's parent is unknown", "FAILED", failed.text("status"));
    bench.claim("nothing was created", bench.tasks(child::equals) == 0);
    var keyed = JsonObject.builder().put("key", parent).build();
    String other = bench.start(Bench.WORKFLOW, Bench.task(parent, keyed), JsonObject.EMPTY);
    bench.claim(
        "another run creates the parent",
        "COMPLETED",
        bench.settled(other, "COMPLETED", "FAILED", "PAUSED").text("status"));
    bench.claim(
        "a retry is accepted",
        bench.operator().post("/workflows/runs/" + id + "/retry", JsonObject.EMPTY).succeeded());
    JsonView end = bench.eventually(id, run -> run.text("status").equals("COMPLETED"));
    bench.claim("the run is COMPLETED", "COMPLETED", end.text("status"));
    bench.claim("the retry is in the audit trail", bench.count(id, "FC-STEP-008") == 1);
    bench.claim(
        "the step's second attempt succeeded",
        end.objects("steps").stream()
            .anyMatch(
                step -> step.text("step_id").equals("step_4") && step.text("attempt").equals("2")));
    bench.claim("exactly one task was created", bench.tasks(child::equals) == 1);
  }

  private static void rejected(Bench bench) {
    String title = bench.own("rejected");
    String id = bench.start(Bench.WORKFLOW, SpineTrials.flagged(title), JsonObject.EMPTY);
    bench.settled(id, "PAUSED", "FAILED", "COMPLETED");
    Answer vote = bench.vote(bench.actors().approver(), bench.gate(id), "REJECTED");
    bench.claim("the rejection is accepted", vote.succeeded());
    JsonView run = bench.settled(id, "FAILED", "COMPLETED");
    bench.claim("the run is FAILED", "FAILED", run.text("status"));
    bench.claim("the gate is REJECTED", "REJECTED", bench.gate(id).text("status"));
    bench.claim("a step is DENIED", anyDenied(run));
    bench.claim("nothing was created", bench.tasks(title::equals) == 0);
  }

  private static void expired(Bench bench) {
    String title = bench.own("expired");
    var soon = JsonObject.builder().put("gate_timeout_seconds", 1).build();
    String id = bench.start(Bench.WORKFLOW, SpineTrials.flagged(title), soon);
    JsonView run = bench.settled(id, "FAILED", "COMPLETED");
    bench.claim("the run is FAILED", "FAILED", run.text("status"));
    JsonView gate = bench.gate(id);
    bench.claim("the gate is EXPIRED", "EXPIRED", gate.text("status"));
    bench.claim(
        "a late vote is refused (409)",
        bench.vote(bench.actors().approver(), gate, "APPROVED").status() == CONFLICT);
    bench.claim("nothing was created", bench.tasks(title::equals) == 0);
  }

  private static void self(Bench bench) {
    String title = bench.own("self");
    String id = bench.start(Bench.WORKFLOW, SpineTrials.flagged(title), JsonObject.EMPTY);
    bench.settled(id, "PAUSED", "FAILED", "COMPLETED");
    Answer vote = bench.vote(bench.operator(), bench.gate(id), "APPROVED");
    bench.claim("the requester's own approval is refused (403)", vote.status() == FORBIDDEN);
    bench.claim("the refusal names GOV-001", "GOV-001", vote.json().text("code"));
    bench.claim("the run stays PAUSED", "PAUSED", bench.run(id).text("status"));
    bench.claim("the gate stays PENDING", "PENDING", bench.gate(id).text("status"));
    bench.claim("nothing was created", bench.tasks(title::equals) == 0);
    bench.claim(
        "the refusal is audited",
        bench.operator().all("/audit", "entries", 10_000).stream()
            .map(JsonView::new)
            .anyMatch(entry ->
                entry.text("event_type").startsWith("FC-REFUSAL-")
                    && entry.object("details").object().toString().contains(id)));
    bench.claim("the run is put away", bench.move(id, "CANCELLED").succeeded());
  }

  private static void cancel(Bench bench) {
    String title = bench.own("cancelled");
    String id = bench.start(Bench.WORKFLOW, SpineTrials.flagged(title), JsonObject.EMPTY);
    bench.settled(id, "PAUSED", "FAILED", "COMPLETED");
    JsonView gate = bench.gate(id);
    bench.claim("cancelling is accepted", bench.move(id, "CANCELLED").succeeded());
    bench.claim("the run is CANCELLED", "CANCELLED", bench.run(id).text("status"));
    bench.claim(
        "a late vote is refused (409)",
        bench.vote(bench.actors().approver(), gate, "APPROVED").status() == CONFLICT);
    bench.claim("nothing was created", bench.tasks(title::equals) == 0);
  }

  private static boolean anyDenied(JsonView run) {
    return run.objects("steps").stream().anyMatch(step -> step.text("status").equals("DENIED"));
  }
}
