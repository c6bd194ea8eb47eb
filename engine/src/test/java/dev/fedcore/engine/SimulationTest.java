package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.CAT;
import static dev.fedcore.engine.EngineRig.SPINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.LedgerLine.Fault;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.testing.ForAll;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// One run under whatever may come: people, faults of the ledger and of adapters, crashes, clocks.
/// `-Dseed=N` plays one schedule again.
class SimulationTest {

  private static final int SEEDS = 2_000;
  private static final int LENGTH_MAX = 14;
  private static final StepId ACT = new StepId("step_4");

  private static final List<String> POLICIES =
      List.of("allow", "flag", "flag_quorum", "flag_override", "flag@step_4", "deny@step_5");

  private static final List<String> BEHAVIOURS =
      List.of(
          "done",
          "not_now,done",
          "doubt_found",
          "doubt_absent,done",
          "doubt_unknowable",
          "throws,dies",
          "rejected,not_now,doubt_unasked,done");

  private static final RunQuery ALL =
      new RunQuery(
          TenantId.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          10);

  /// What happens next.
  private enum Kind {
    APPROVE,
    APPROVE_TOO,
    OVERRIDE,
    REJECT,
    PAUSE,
    RESUME,
    CANCEL,
    RETRY,
    SETTLE_AS_DONE,
    SETTLE_AS_FAILED,
    HOLD_ACTIONS,
    RELEASE_ACTION,
    LOSE_APPEND,
    LOSE_ANSWER,
    RESTART,
    CLOCK_FORWARD,
    CLOCK_BACK,
    EXPIRE_GATES,
    CHANGE_POLICY
  }

  /// One event of a schedule.
  private record Event(Kind kind, int variant) {}

  @Test
  void whatever_comes_leaves_a_run_that_verifies_and_no_effect_without_leave() {
    ForAll.listsOf(SimulationTest::event, LENGTH_MAX).seeds(SEEDS, SimulationTest::play);
  }

  private static Event event(RandomGenerator random) {
    Kind[] kinds = Kind.values();
    // What moves a run on is drawn as often as everything else together.
    Kind kind =
        random.nextBoolean()
            ? ForAll.oneOf(random, Kind.APPROVE, Kind.RESUME, Kind.RETRY, Kind.RELEASE_ACTION)
            : kinds[random.nextInt(kinds.length)];
    return new Event(kind, random.nextInt(1_000));
  }

  private static void play(List<Event> schedule) {
    int variant = schedule.isEmpty() ? 0 : schedule.getFirst().variant();
    String rules = POLICIES.get(variant % POLICIES.size());
    String behave = BEHAVIOURS.get(variant / POLICIES.size() % BEHAVIOURS.size());
    try (var rig = EngineRig.impatient()) {
      RunId run = create(rig, rules, behave);
      for (Event event : schedule) {
        long before = rig.row(run).version();
        try {
          happen(rig, run, event);
        } catch (LedgerUnavailable e) {
          // The caller hears that nobody answered, and may ask again.
        }
        rest(rig, run, behave);
        if (rig.row(run).version() > before) {
          check(rig, run);
        }
      }
      rig.adapter().release();
      rest(rig, run, behave);
      assertThat(rig.status(run)).isNotEqualTo(RunStatus.RUNNING);
    }
  }

  private static RunId create(EngineRig rig, String rules, String behave) {
    NewRun wanted = EngineRig.wanted(SPINE, EngineRig.task(rules, behave), true);
    RunId run = EngineRig.id(rig.service().create(ANN, wanted, Optional.empty()));
    rest(rig, run, behave);
    return run;
  }

  private static void happen(EngineRig rig, RunId run, Event event) {
    switch (event.kind()) {
      case APPROVE -> vote(rig, run, BEN, Choice.APPROVE, Optional.empty());
      case APPROVE_TOO -> vote(rig, run, CAT, Choice.APPROVE, Optional.empty());
      case OVERRIDE -> vote(rig, run, ANN, Choice.APPROVE, Optional.of("urgent"));
      case REJECT -> vote(rig, run, CAT, Choice.REJECT, Optional.empty());
      case PAUSE -> rig.ask(ANN, run, new Request.Pause("wait"));
      case RESUME -> rig.ask(ANN, run, new Request.Resume());
      case CANCEL -> rig.ask(ANN, run, new Request.Cancel("not wanted"));
      case RETRY -> rig.ask(ANN, run, new Request.Retry(Optional.empty()));
      case SETTLE_AS_DONE -> settle(rig, run, true);
      case SETTLE_AS_FAILED -> settle(rig, run, false);
      case HOLD_ACTIONS -> {
        if (!rig.adapter().isHolding()) {
          rig.adapter().hold();
        }
      }
      case RELEASE_ACTION -> rig.adapter().release();
      case LOSE_APPEND -> rig.line().scriptRuns(Fault.LOST);
      case LOSE_ANSWER -> rig.line().scriptRuns(Fault.ANSWER_LOST);
      case RESTART -> rig.restart();
      case CLOCK_FORWARD -> rig.advance(Duration.ofMinutes(event.variant()));
      case CLOCK_BACK -> rig.advance(Duration.ofSeconds(-event.variant()));
      case EXPIRE_GATES -> rig.service().expireGates();
      case CHANGE_POLICY -> rig.policy().changeTo(POLICIES.get(event.variant() % POLICIES.size()));
    }
  }

  private static void vote(
      EngineRig rig, RunId run, Principal by, Choice choice, Optional<String> override) {
    if (!rig.disk().gates(run).isEmpty()) {
      rig.ask(by, run, GateTest.vote(rig, run, choice, Optional.of("seen"), override));
    }
  }

  private static void settle(EngineRig rig, RunId run, boolean happened) {
    rig.ask(
        ANN,
        run,
        new Request.Settle(ACT, happened, JsonObject.EMPTY, Optional.empty(), "seen by hand"));
  }

  /// Waits until the engine has nothing to do by itself.
  private static void rest(EngineRig rig, RunId run, String behave) {
    rig.until(() -> isAtRest(rig, run, behave));
  }

  private static boolean isAtRest(EngineRig rig, RunId run, String behave) {
    RunRow row = rig.row(run);
    JsonObject act = act(rig, run);
    String status = text(act, "status");
    if (status.equals("RUNNING")) {
      return rig.adapter().isHolding();
    }
    int attempt = Math.toIntExact(JsonFields.of(act, "").integer("attempt", 1, 100));
    boolean isLookedUp =
        status.equals("IN_DOUBT")
            && row.status() == RunStatus.PAUSED
            && !Set.of("doubt_unknowable", "doubt_unasked")
                .contains(ScriptedAdapter.behaviour(behave, attempt));
    return row.status() != RunStatus.RUNNING && !isLookedUp;
  }

  private static JsonObject act(EngineRig rig, RunId run) {
    return (JsonObject) JsonFields.of(rig.view(run), "").array("steps").get(3);
  }

  private static void check(EngineRig rig, RunId run) {
    rig.checkLedger();
    assertThat(rig.disk().runs(ALL)).hasSize(1);
    assertThat(released(rig.entries(run)))
        .as("actions that were started with leave")
        .containsAll(rig.world().keySet().stream().map(key -> attemptOf(key, run)).toList());
  }

  /// The attempts at the action that were started, each after an allowing decision or with an
  /// approved gate.
  private static Set<String> released(List<AuditEntry> entries) {
    var released = new HashSet<String>();
    var approved = new HashSet<String>();
    String decision = "";
    for (AuditEntry entry : entries) {
      JsonFields details = JsonFields.of(entry.details(), "/details");
      switch (entry.eventType()) {
        case "FC-POLICY-001" -> decision = entry.decision().orElseThrow();
        case "FC-GATE-002" -> {
          if (entry.decision().orElseThrow().equals("approved")) {
            approved.add(details.string("gate_id"));
          }
        }
        case "FC-STEP-001" -> {
          boolean isApproved =
              details.optionalString("gate_id").filter(approved::remove).isPresent();
          if (decision.equals("allow") || isApproved) {
            released.add(entry.stepId().orElseThrow() + "-" + details.integer("attempt", 1, 100));
          }
        }
        default -> {
          // Says nothing about leave.
        }
      }
    }
    return released;
  }

  private static String attemptOf(String effectKey, RunId run) {
    return effectKey.substring(("fedcore-" + run + "-").length());
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).orElseThrow() instanceof JsonString(String value) ? value : "";
  }
}
