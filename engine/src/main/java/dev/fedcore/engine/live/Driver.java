package dev.fedcore.engine.live;

import dev.fedcore.engine.codec.DecisionJson;
import dev.fedcore.engine.definition.DefinedStep;
import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.BeginStep;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.workflow.StepType;
import java.util.List;
import java.util.Optional;

/// Moves a managed run on, step by step, for as long as steps are pure: each is decided, started
/// and finished in the turn at hand. Stops where an action starts, where people are asked, and at
/// the end.
public final class Driver {

  /// Puts a reason in the place of a policy's answer when a step cannot even be asked about.
  private static final String OWN_POLICY = "fedcore";

  private static final String OWN_POLICY_VERSION = "1";

  private final Preparer preparer;
  private final Catalog catalog;
  private final PolicyEngine policy;

  public Driver(Preparer preparer, Catalog catalog, PolicyEngine policy) {
    this.preparer = preparer;
    this.catalog = catalog;
    this.policy = policy;
  }

  /// An action that has been started, to be carried out once that is durable.
  public record Dispatch(LiveRun run, StepId step, int attempt, PreparedStep prepared) {}

  /// Goes as far as it can; says which action to carry out next, if any.
  public Optional<Dispatch> drive(Turn turn) {
    while (turn.state() instanceof RunState.Running running
        && running.course().plan().execution().isManaged()
        && !running.course().isThrough()
        && !running.course().isAtWork()) {
      StepRecord step = running.course().current().orElseThrow();
      PreparedStep prepared = begin(turn, step);
      if (!RunState.course(turn.state()).isAtWork()) {
        return Optional.empty();
      }
      if (step.step().type() == StepType.ACT) {
        return Optional.of(new Dispatch(turn.run(), step.step().id(), step.attempt(), prepared));
      }
      finish(turn, step, prepared);
    }
    return Optional.empty();
  }

  /// Asks policy about a prepared step, as it is asked about every step.
  public PolicyDecision decide(LiveRun run, StepRecord step, PreparedStep prepared) {
    try {
      return policy.decide(Preparer.question(run, step, prepared));
    } catch (RuntimeException fault) {
      return denial(run, "policy failed: " + name(fault), "policy_error");
    }
  }

  private PreparedStep begin(Turn turn, StepRecord step) {
    PreparedStep prepared;
    PolicyDecision decision;
    try {
      prepared = preparer.prepare(turn.run(), step);
      decision = decide(turn.run(), step, prepared);
    } catch (MalformedInput fault) {
      prepared = preparer.reported(turn.run(), step, JsonObject.EMPTY);
      decision = denial(turn.run(), said(fault), "invalid_action");
    } catch (RuntimeException fault) {
      prepared = preparer.reported(turn.run(), step, JsonObject.EMPTY);
      decision =
          denial(turn.run(), "the action cannot be prepared: " + name(fault), "invalid_action");
    }
    accept(
        turn.ask(
            new BeginStep(
                system(turn),
                step.step().id(),
                prepared.input().hash(),
                prepared.binding(),
                decision)));
    return prepared;
  }

  private void finish(Turn turn, StepRecord step, PreparedStep prepared) {
    StepResult result;
    try {
      Payloads.Body output = turn.run().header().payload(output(turn.run(), step, prepared));
      turn.produced(output);
      result = new StepResult.Succeeded(output.hash(), Optional.empty());
    } catch (MalformedInput fault) {
      result = new StepResult.Failed("invalid_parameter", said(fault));
    } catch (RuntimeException fault) {
      result = new StepResult.Failed("step_failed", "the step has a fault: " + name(fault));
    }
    accept(turn.ask(new FinishStep(system(turn), step.step().id(), step.attempt(), result)));
  }

  private JsonObject output(LiveRun run, StepRecord step, PreparedStep prepared) {
    Course course = RunState.course(run.state());
    DefinedStep defined = run.header().definition().steps().get(course.cursor());
    return switch (defined) {
      case DefinedStep.Observe observe -> look(run, observe, prepared);
      case DefinedStep.Decide _ -> answer(course);
      case DefinedStep.Gate _ -> approval(course, prepared);
      case DefinedStep.Transform transform -> results(run, transform);
      case DefinedStep.Act _ ->
          throw new IllegalStateException("step %s is no pure step".formatted(step.step().id()));
    };
  }

  private JsonObject look(LiveRun run, DefinedStep.Observe observe, PreparedStep prepared) {
    return catalog
        .observer(observe.source())
        .orElseThrow(() ->
            new MalformedInput(
                "/observe/source",
                "nothing is known as \"%s\"; known: %s"
                    .formatted(observe.source(), catalog.knownSources())))
        .look(run.header().tenant(), prepared.input().json());
  }

  /// What policy said about the action, in the words of its decision.
  private static JsonObject answer(Course course) {
    PolicyDecision decision = course.current().orElseThrow().decision().orElseThrow();
    return JsonObject.builder()
        .put("decision", DecisionJson.word(decision.verdict()))
        .put("policy_id", decision.policyId())
        .put("reason", decision.reason())
        .put("rules_triggered", DecisionJson.strings(decision.rulesTriggered()))
        .put("tier", decision.tier())
        .build();
  }

  /// Whether people were asked, and who approved.
  private static JsonObject approval(Course course, PreparedStep prepared) {
    Optional<Gate> gate =
        course.gates().values().stream()
            .filter(g -> g.status() == GateStatus.APPROVED && !g.consumed())
            .filter(g -> g.request().action().equals(prepared.binding().hash()))
            .findFirst();
    var json = JsonObject.builder();
    gate.ifPresent(g -> json.put("approved_by", DecisionJson.strings(g.approvedBy())));
    return json.put("required", gate.isPresent()).build();
  }

  private static JsonObject results(LiveRun run, DefinedStep.Transform transform) {
    var results = JsonObject.builder();
    for (StepId id : transform.collect()) {
      run.notes(id).output().ifPresent(o -> results.put(id.value(), o.json()));
    }
    return JsonObject.builder().put("results", results.build()).build();
  }

  private static String said(MalformedInput fault) {
    return (fault.pointer() + " " + fault.problem()).strip();
  }

  private static String name(RuntimeException fault) {
    return fault.getClass().getSimpleName();
  }

  private static PolicyDecision denial(LiveRun run, String reason, String error) {
    return new PolicyDecision(
        Verdict.DENY,
        OWN_POLICY,
        OWN_POLICY_VERSION,
        run.header().definition().ref().hash(),
        PolicyDecision.TIER_MAX,
        reason,
        List.of(),
        List.of(),
        run.header().inputHash(),
        Optional.empty(),
        Optional.of(error));
  }

  private static void accept(Optional<Refusal> refusal) {
    refusal.ifPresent(r -> {
      throw new IllegalStateException("the engine's own command was refused: " + r);
    });
  }

  private static Principal system(Turn turn) {
    return Principal.system(turn.run().header().tenant());
  }
}
