package dev.fedcore.benchmarks.pillars;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the services say was done, each read through its own interface.
///
/// @param runs Federation Core's runs of the executor's workflow, by trace id
/// @param events Bucket's, by trace id
/// @param deeds Karma's changes, by trace id
/// @param tasks how many there are of each title
record Tables(
    Map<String, List<Run>> runs,
    Map<String, List<Event>> events,
    Map<String, List<Event>> deeds,
    Map<String, Integer> tasks) {

  private static final String READER = "auditor_e2e";
  private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "CANCELLED");

  /// A run at Federation Core.
  ///
  /// @param error what its step failed with; empty if it did not
  record Run(String id, String status, String user, String error) {

    boolean isOver() {
      return OVER.contains(status);
    }

    boolean isSuccess() {
      return status.equals("COMPLETED");
    }
  }

  /// What Bucket or Karma was told of a run.
  record Event(String run, boolean success) {}

  /// Reads all four.
  static Tables read(Api api) throws IOException, InterruptedException {
    Map<String, List<Run>> runs = runs(api);
    return new Tables(runs, events(api), deeds(api, runs), tasks(api));
  }

  /// Whether nothing waits in Federation Core's outbox.
  static boolean isTold(Api api) throws IOException, InterruptedException {
    JsonFields status = api.get(Service.FEDERATION, "/system/status", READER).fields();
    return status.array("pillars").stream()
        .map(pillar -> JsonFields.of((JsonObject) pillar, "/pillars"))
        .flatMap(pillar -> pillar.optionalObject("outbox").stream())
        .map(outbox -> JsonFields.of(outbox, "/pillars/outbox"))
        .allMatch(outbox -> outbox.integer("undelivered", 0, Integer.MAX_VALUE) == 0);
  }

  static Map<String, List<Run>> runs(Api api) throws IOException, InterruptedException {
    var runs = new HashMap<String, List<Run>>();
    api.each(
        Service.FEDERATION,
        "/workflows/runs?workflow_id=executor_action&limit=200",
        READER,
        "runs",
        run -> {
          JsonFields metadata = JsonFields.of(run.object("metadata"), "/metadata");
          add(
              runs,
              metadata.string("trace_id"),
              new Run(
                  run.string("run_id"),
                  run.string("status"),
                  metadata.string("user_id"),
                  error(run)));
        });
    return runs;
  }

  private static String error(JsonFields run) {
    JsonFields step = JsonFields.of((JsonObject) run.array("steps").getFirst(), "/steps/0");
    return step.optionalObject("error")
        .map(error -> JsonFields.of(error, "/steps/0/error"))
        .map(error -> error.string("code") + ": " + error.optionalString("message").orElse(""))
        .orElse("");
  }

  private static Map<String, List<Event>> events(Api api) throws IOException, InterruptedException {
    var events = new HashMap<String, List<Event>>();
    api.each(
        Service.BUCKET,
        "/core/events?product_id=workflow&limit=1000",
        READER,
        "events",
        event -> {
          if (event.string("event_type").equals("workflow_execution")) {
            add(
                events,
                event.string("trace_id"),
                new Event(event.string("run_id"), event.string("status").equals("success")));
          }
        });
    return events;
  }

  /// Karma keeps them by user, and has nothing to say of one that it was never told of.
  private static Map<String, List<Event>> deeds(Api api, Map<String, List<Run>> runs)
      throws IOException, InterruptedException {
    var deeds = new HashMap<String, List<Event>>();
    Set<String> users =
        runs.values().stream()
            .flatMap(List::stream)
            .map(Run::user)
            .collect(Collectors.toUnmodifiableSet());
    for (String user : users) {
      api.each(
          Service.KARMA,
          "/api/v1/karma/%s?limit=200".formatted(user),
          READER,
          "changes",
          change -> {
            JsonFields data = JsonFields.of(change.object("data"), "/data");
            JsonFields context = JsonFields.of(data.object("context"), "/data/context");
            add(
                deeds,
                context.string("trace_id"),
                new Event(
                    context.string("run_id"), data.string("action").equals("workflow_success")));
          });
    }
    return deeds;
  }

  private static Map<String, Integer> tasks(Api api) throws IOException, InterruptedException {
    var tasks = new HashMap<String, Integer>();
    api.each(
        Service.EXECUTOR,
        "/tasks?limit=200",
        READER,
        "tasks",
        task -> tasks.merge(task.string("title"), 1, Integer::sum));
    return tasks;
  }

  private static <T> void add(Map<String, List<T>> lists, String key, T value) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
  }
}
