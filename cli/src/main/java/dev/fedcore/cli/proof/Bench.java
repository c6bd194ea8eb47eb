package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Patience;
import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.evidence.verify.Exhibit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What one trial works with: two people, a record of claims, and the usual requests. Every wait
/// has a bound.
final class Bench {

  static final String WORKFLOW = "pt004_execution_spine";

  /// A run of 64 tasks on a busy host takes seconds.
  private static final Duration WAIT = Duration.ofSeconds(60);

  private static final int ENTRIES_MAX = 100_000;
  private static final int TASKS_MAX = 10_000;

  private final Trial trial;
  private final Actors actors;
  private final Patience patience;
  private final String mark;
  private final List<Claim> claims = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();

  /// @param mark makes names of this proof's tasks and definitions its own
  Bench(Trial trial, Actors actors, InstantSource clock, String mark) {
    this.trial = trial;
    this.actors = actors;
    this.patience = new Patience(clock, WAIT);
    this.mark = mark;
  }

  Actors actors() {
    return actors;
  }

  FedcoreClient operator() {
    return actors.operator();
  }

  Trial trial() {
    return trial;
  }

  /// A name that no other proof uses.
  String own(String name) {
    return name + "-" + mark;
  }

  List<Claim> claims() {
    return List.copyOf(claims);
  }

  /// The runs that were created, oldest first.
  List<String> runs() {
    return List.copyOf(runs);
  }

  /// Records whether something holds.
  void claim(String sentence, boolean holds) {
    claims.add(new Claim(trial.name(), sentence, holds, holds ? "" : "it does not"));
  }

  /// Records whether `actual` is what it should be.
  void claim(String sentence, String expected, String actual) {
    boolean holds = expected.equals(actual);
    String detail = holds ? "" : "expected %s, found %s".formatted(expected, actual);
    claims.add(new Claim(trial.name(), sentence, holds, detail));
  }

  /// Creates and starts a run; its id.
  String start(String workflow, JsonObject input, JsonObject more) {
    var body =
        JsonObject.builder()
            .put("workflow_id", workflow)
            .put("input_payload", input)
            .put("start", true);
    more.members().forEach(body::put);
    JsonView run = operator().post("/workflows/runs", body.build()).orFail().json();
    runs.add(run.text("run_id"));
    return run.text("run_id");
  }

  /// The input of a run of the spine whose action creates one task.
  static JsonObject task(String title, JsonObject parameters) {
    var all =
        JsonObject.builder()
            .put("title", title)
            .put("labels", JsonArray.ofStrings(List.of("proof")));
    parameters.members().forEach(all::put);
    var action = JsonObject.builder().put("type", "task").put("parameters", all.build());
    return JsonObject.builder()
        .put("capability", "task.create")
        .put("action", action.build())
        .build();
  }

  JsonView run(String run) {
    return operator().get("/workflows/runs/" + run).orFail().json();
  }

  /// The run as soon as it has one of these statuses, or as it is when time is up.
  JsonView settled(String run, String... statuses) {
    return eventually(run, view -> Set.of(statuses).contains(view.text("status")));
  }

  JsonView eventually(String run, Predicate<JsonView> done) {
    return patience.until(() -> run(run), done);
  }

  Answer move(String run, String status) {
    var body = JsonObject.builder().put("status", status).put("reason", "proof " + trial.letter());
    return operator().patch("/workflows/runs/" + run + "/status", body.build());
  }

  /// The run's newest gate.
  JsonView gate(String run) {
    List<JsonView> gates =
        operator().get("/workflows/runs/" + run + "/gates").orFail().json().objects("gates");
    return gates.isEmpty() ? new JsonView(JsonObject.EMPTY) : gates.getLast();
  }

  Answer vote(FedcoreClient by, JsonView gate, String status) {
    var body =
        JsonObject.builder().put("status", status).put("action_hash", gate.text("action_hash"));
    body.put(status.equals("REJECTED") ? "rejection_reason" : "comment", "proof " + trial.letter());
    String path =
        "/workflows/runs/%s/gates/%s".formatted(gate.text("run_id"), gate.text("gate_id"));
    return by.patch(path, body.build());
  }

  /// The run's entries as they were hashed, with names and words put back in as far as they fit
  /// their commitments. Anything that does not fit is a claim that did not hold.
  List<JsonView> entries(String run) {
    String path = "/workflows/runs/" + run;
    Map<String, String> names = names(path);
    var entries = new ArrayList<JsonView>();
    for (JsonObject entry : operator().all(path + "/logs?hashed=true", "logs", ENTRIES_MAX)) {
      Exhibit stored = RunCapture.entry(entry);
      if (!Sha256.hex(stored.bytes()).equals(stored.hash())) {
        claim("an entry that was read has the hash that is stated for it", false);
      }
      byte[] clear = Disclosed.read(entry.canonicalBytes(), names);
      entries.add(new JsonView(JsonReader.readObject(clear, JsonLimits.DEFAULT)));
    }
    return entries;
  }

  private Map<String, String> names(String path) {
    var names = new HashMap<String, String>();
    for (JsonObject disclosed : operator().all(path + "/disclosures", "disclosures", ENTRIES_MAX)) {
      var each = new JsonView(disclosed);
      String made = Commitment.of(Sha256.parseHex(each.text("salt")), each.text("value"));
      if (!made.equals(each.text("commitment"))) {
        claim("a name or word that was read fits its commitment", false);
      }
      names.put(made, each.text("value"));
    }
    return names;
  }

  /// How many entries of that kind the run has.
  long count(String run, String eventType) {
    return entries(run).stream().filter(e -> e.text("event_type").equals(eventType)).count();
  }

  /// How many tasks there are with a title.
  long tasks(Predicate<String> title) {
    return operator().all("/tasks", "tasks", TASKS_MAX).stream()
        .filter(task -> title.test(new JsonView(task).text("title")))
        .count();
  }

  /// Lets some time pass in which something might go wrong.
  void watch(Duration length, Runnable look) {
    Instant end = patience.clock().instant().plus(length);
    new Patience(patience.clock(), length)
        .until(
            () -> {
              look.run();
              return patience.clock().instant();
            },
            now -> !now.isBefore(end));
  }
}
