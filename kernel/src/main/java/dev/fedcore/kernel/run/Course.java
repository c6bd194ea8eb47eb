package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.workflow.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How far a run has come: what every state after its creation knows.
///
/// @param createdBy the requester, who may not approve (GOV-001)
/// @param gateTimeout the requester's own limit on how long its gates wait
/// @param cursor index of the step that is next, or at work; the number of steps when all are over
/// @param gates in the order they were opened
public record Course(
    Plan plan,
    String createdBy,
    Optional<Duration> gateTimeout,
    int cursor,
    List<StepRecord> steps,
    Map<GateId, Gate> gates) {

  public Course {
    steps = List.copyOf(steps);
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
  }

  static Course begin(Plan plan, String createdBy, Optional<Duration> gateTimeout) {
    List<StepRecord> steps = plan.steps().stream().map(StepRecord::planned).toList();
    return new Course(plan, createdBy, gateTimeout, 0, steps, Map.of());
  }

  public boolean isThrough() {
    return cursor == steps.size();
  }

  /// The step that is next, or at work.
  public Optional<StepRecord> current() {
    return isThrough() ? Optional.empty() : Optional.of(steps.get(cursor));
  }

  public Optional<StepRecord> step(StepId id) {
    return plan.indexOf(id).map(steps::get);
  }

  /// Whether the current step has been started and is not over.
  public boolean isAtWork() {
    return current().filter(s -> s.status() == StepStatus.RUNNING).isPresent();
  }

  public List<Gate> openGates() {
    return gates.values().stream().filter(Gate::isOpen).toList();
  }

  /// An approved gate that releases `action` as `decision` asks for it and has released nothing
  /// yet. A flag is answered only by a gate that policy asked for: what people were asked there was
  /// not the worker's to choose.
  Optional<Gate> covering(Digest action, PolicyDecision decision) {
    return gates.values().stream()
        .filter(gate -> gate.byPolicy() || decision.verdict() != Verdict.FLAG)
        .filter(gate -> gate.covers(action, decision.tier()))
        .findFirst();
  }

  Course withStep(StepId id, UnaryOperator<StepRecord> change) {
    var changed = new ArrayList<>(steps);
    int index = plan.indexOf(id).orElseThrow(() -> new IllegalStateException("no step " + id));
    changed.set(index, change.apply(changed.get(index)));
    return new Course(plan, createdBy, gateTimeout, cursor, changed, gates);
  }

  Course advanced() {
    return new Course(plan, createdBy, gateTimeout, cursor + 1, steps, gates);
  }

  Course withGate(Gate gate) {
    var changed = new LinkedHashMap<>(gates);
    changed.put(gate.request().id(), gate);
    return new Course(plan, createdBy, gateTimeout, cursor, steps, changed);
  }
}
