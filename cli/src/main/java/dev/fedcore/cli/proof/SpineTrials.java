package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonObject;
import java.util.List;

/// The directive's three trials: all is allowed, something is flagged, something is denied. The
/// server's own policy bundle decides which is which, from the run's input.
final class SpineTrials {

  static final Trial HAPPY =
      new Trial("A", "happy_path", "policy allows every step", SpineTrials::happy);
  static final Trial FLAG =
      new Trial(
          "B", "policy_flag", "policy flags the action, a person approves", SpineTrials::flag);
  static final Trial DENY =
      new Trial("C", "policy_deny", "policy denies the action", SpineTrials::deny);

  /// Above what the built-in bundle allows without a person, in minor units.
  static final long FLAGGED_AMOUNT = 250_000;

  private static final List<String> STEPS =
      List.of("step_1", "step_2", "step_3", "step_4", "step_5");

  private SpineTrials() {}

  private static void happy(Bench bench) {
    String title = bench.own("happy");
    String id = bench.start(Bench.WORKFLOW, Bench.task(title, JsonObject.EMPTY), JsonObject.EMPTY);
    JsonView run = bench.settled(id, "COMPLETED", "FAILED", "PAUSED");
    bench.claim("the run is COMPLETED", "COMPLETED", run.text("status"));
    bench.claim("all five steps are COMPLETED", steps(run, "COMPLETED").equals(STEPS));
    bench.claim(
        "policy allowed every step, and says which policy, tier and rules",
        run.objects("steps").stream().allMatch(SpineTrials::allowedByName));
    bench.claim("no gate was opened", bench.count(id, "FC-GATE-001") == 0);
    bench.claim("exactly one task was created", bench.tasks(title::equals) == 1);
    bench.claim(
        "every step has times, input, output and receipt hashes",
        run.objects("steps").stream().allMatch(SpineTrials::isVisible));
    bench.claim("five steps were started, then completed, in order", inOrder(bench, id));
  }

  private static void flag(Bench bench) {
    String title = bench.own("flag");
    String id = bench.start(Bench.WORKFLOW, flagged(title), JsonObject.EMPTY);
    JsonView run = bench.settled(id, "PAUSED", "FAILED", "COMPLETED");
    bench.claim("the run is PAUSED", "PAUSED", run.text("status"));
    bench.claim("it is paused for a gate", "GATE", run.joined("paused_for"));
    bench.claim("step_2 was flagged", "flag", decision(run, "step_2").text("decision"));
    bench.claim("nothing was created while it waited", bench.tasks(title::equals) == 0);
    JsonView gate = bench.gate(id);
    bench.claim("a gate is PENDING", "PENDING", gate.text("status"));
    bench.claim(
        "the gate is bound to the action's digest", gate.text("action_hash").length() == 64);
    JsonView approved = bench.vote(bench.actors().approver(), gate, "APPROVED").orFail().json();
    bench.claim("a second person approved it", "APPROVED", approved.text("status"));
    JsonView end = bench.settled(id, "COMPLETED", "FAILED");
    bench.claim("the run is COMPLETED", "COMPLETED", end.text("status"));
    bench.claim(
        "it went PENDING, RUNNING, PAUSED, RUNNING, COMPLETED",
        "RUNNING PAUSED RUNNING COMPLETED",
        course(bench, id));
    bench.claim("the approval was used up", bench.gate(id).isTrue("consumed"));
    bench.claim("exactly one task was created", bench.tasks(title::equals) == 1);
    bench.claim(
        "a second vote is refused (409)",
        bench.vote(bench.actors().approver(), gate, "REJECTED").status() == 409);
  }

  private static void deny(Bench bench) {
    String title = bench.own("deny");
    JsonObject payroll = JsonObject.builder().put("list", "payroll").build();
    String id = bench.start(Bench.WORKFLOW, Bench.task(title, payroll), JsonObject.EMPTY);
    JsonView run = bench.settled(id, "FAILED", "COMPLETED", "PAUSED");
    bench.claim("the run is FAILED", "FAILED", run.text("status"));
    bench.claim("step_2 was denied", "deny", decision(run, "step_2").text("decision"));
    bench.claim("step_2 is DENIED", steps(run, "DENIED").equals(List.of("step_2")));
    bench.claim(
        "no later step was started",
        bench.entries(id).stream()
            .filter(entry -> entry.text("event_type").equals("FC-STEP-001"))
            .allMatch(entry -> entry.text("step_id").equals("step_1")));
    String reason = decision(run, "step_2").text("reason");
    bench.claim(
        "the audit trail shows the reason",
        !reason.isEmpty()
            && bench.entries(id).stream()
                .filter(entry -> entry.text("step_id").equals("step_2"))
                .anyMatch(entry -> entry.object("details").toString().contains(reason)));
    bench.claim("nothing was created", bench.tasks(title::equals) == 0);
    bench.claim(
        "it cannot be retried (409)",
        bench.operator().post("/workflows/runs/" + id + "/retry", JsonObject.EMPTY).status()
            == 409);
  }

  /// The input of a run whose action the built-in bundle flags.
  static JsonObject flagged(String title) {
    return Bench.task(title, JsonObject.builder().put("amount_minor", FLAGGED_AMOUNT).build());
  }

  /// The statuses that a run went through after PENDING, as its audit trail has them.
  static String course(Bench bench, String run) {
    List<String> statuses =
        bench.entries(run).stream()
            .filter(entry -> entry.text("event_type").equals("FC-RUN-002"))
            .map(entry -> entry.text("new_status"))
            .toList();
    return String.join(" ", statuses);
  }

  static JsonView decision(JsonView run, String step) {
    return run.objects("steps").stream()
        .filter(candidate -> candidate.text("step_id").equals(step))
        .map(candidate -> candidate.object("decision"))
        .findFirst()
        .orElse(new JsonView(JsonObject.EMPTY));
  }

  private static List<String> steps(JsonView run, String status) {
    return run.objects("steps").stream()
        .filter(step -> step.text("status").equals(status))
        .map(step -> step.text("step_id"))
        .toList();
  }

  private static boolean allowedByName(JsonView step) {
    JsonView decision = step.object("decision");
    return decision.text("decision").equals("allow")
        && decision.has("policy_id")
        && decision.has("tier")
        && !decision.texts("rules_triggered").isEmpty();
  }

  private static boolean isVisible(JsonView step) {
    return List.of("started_at", "ended_at", "input_hash", "output_hash", "receipt_hash").stream()
        .allMatch(step::has);
  }

  private static boolean inOrder(Bench bench, String run) {
    List<String> expected =
        STEPS.stream()
            .flatMap(step -> List.of(step + " FC-STEP-001", step + " FC-STEP-002").stream())
            .toList();
    List<String> actual =
        bench.entries(run).stream()
            .filter(entry -> entry.text("event_type").startsWith("FC-STEP-"))
            .map(entry -> entry.text("step_id") + " " + entry.text("event_type"))
            .toList();
    return expected.equals(actual);
  }
}
