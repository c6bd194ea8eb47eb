package dev.fedcore.engine.disclosure;

import dev.fedcore.kernel.gate.Gate;
import dev.fedcore.kernel.gate.GateRequest;
import dev.fedcore.kernel.gate.Vote;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.run.RunEvent;
import dev.fedcore.kernel.run.RunEvent.GateOverridden;
import dev.fedcore.kernel.run.RunEvent.GateRequested;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.GateResumed;
import dev.fedcore.kernel.run.RunEvent.GateVoted;
import dev.fedcore.kernel.run.RunEvent.HoldLifted;
import dev.fedcore.kernel.run.RunEvent.RunCreated;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.RunHeld;
import dev.fedcore.kernel.run.RunEvent.StatusChanged;
import dev.fedcore.kernel.run.RunEvent.StepCompleted;
import dev.fedcore.kernel.run.RunEvent.StepDecided;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import dev.fedcore.kernel.run.RunEvent.StepFailed;
import dev.fedcore.kernel.run.RunEvent.StepInDoubt;
import dev.fedcore.kernel.run.RunEvent.StepRetried;
import dev.fedcore.kernel.run.RunEvent.StepSettled;
import dev.fedcore.kernel.run.RunEvent.StepSkipped;
import dev.fedcore.kernel.run.RunEvent.StepStarted;
import dev.fedcore.kernel.run.StepResult;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The same event, gate or decision with every name and every word of people in another form:
/// sealed for what is hashed, opened for what is read. What policy says by itself is no word of
/// people; a reason that quotes what was asked may hold some.
public final class SealedEvents {

  /// WhatsApp's names of messages hold the number they went to; no other effect's name says whom it
  /// concerned.
  private static final String PERSONAL_EFFECT = "wamid.";

  private final UnaryOperator<String> persons;
  private final Texts texts;
  private final UnaryOperator<String> effects;
  private final UnaryOperator<String> reasons;

  private SealedEvents(
      UnaryOperator<String> persons,
      Texts texts,
      UnaryOperator<String> effects,
      UnaryOperator<String> reasons) {
    this.reasons = reasons;
    this.persons = persons;
    this.texts = texts;
    this.effects = effects;
  }

  /// Words in another form.
  private interface Texts {
    String of(String words, String by);
  }

  /// Seals.
  public static SealedEvents by(Sealing sealing) {
    return new SealedEvents(
        sealing::person,
        sealing::text,
        effect ->
            effect.startsWith(PERSONAL_EFFECT) ? sealing.text(effect, Principal.SYSTEM) : effect,
        sealing::reason);
  }

  /// Opens.
  public static SealedEvents openedBy(Sealing sealing) {
    return new SealedEvents(
        sealing::clear, (words, _) -> sealing.clear(words), sealing::clear, sealing::clear);
  }

  /// The event in the other form.
  public RunEvent of(RunEvent event) {
    String by = persons.apply(event.by());
    return switch (event) {
      case RunCreated e -> new RunCreated(e.at(), by, e.plan(), e.input(), e.gateTimeout());
      case StatusChanged e ->
          new StatusChanged(e.at(), by, e.from(), e.to(), e.cause(), text(e.reason(), e));
      case RunEnded e -> new RunEnded(e.at(), by, e.outcome(), text(e.reason(), e));
      case RunHeld e -> new RunHeld(e.at(), by, text(e.reason(), e));
      case HoldLifted e -> new HoldLifted(e.at(), by);
      case StepDecided e ->
          new StepDecided(
              e.at(), by, e.step(), e.attempt(), e.input(), e.action(), of(e.decision()));
      case StepStarted e -> new StepStarted(e.at(), by, e.step(), e.attempt(), e.gate());
      case StepCompleted e ->
          new StepCompleted(e.at(), by, e.step(), e.attempt(), e.output(), effect(e.effect()));
      case StepFailed e ->
          new StepFailed(e.at(), by, e.step(), e.attempt(), e.code(), text(e.message(), e));
      case StepDenied e -> new StepDenied(e.at(), by, e.step(), e.attempt(), text(e.reason(), e));
      case StepSkipped e -> new StepSkipped(e.at(), by, e.step(), e.attempt(), text(e.reason(), e));
      case StepInDoubt e -> new StepInDoubt(e.at(), by, e.step(), e.attempt(), text(e.cause(), e));
      case StepSettled e ->
          new StepSettled(e.at(), by, e.step(), e.attempt(), result(e), text(e.reason(), e));
      case StepRetried e -> new StepRetried(e.at(), by, e.step(), e.attempt());
      case GateRequested e ->
          new GateRequested(e.at(), by, request(e.request()), e.decision().map(this::of));
      case GateVoted e -> new GateVoted(e.at(), by, e.gate(), vote(e.vote()));
      case GateOverridden e -> new GateOverridden(e.at(), by, e.gate(), text(e.reason(), e));
      case GateResumed e -> new GateResumed(e.at(), by, e.gate(), e.choice(), e.input());
      case GateResolved e ->
          new GateResolved(
              e.at(),
              by,
              e.gate(),
              e.status(),
              e.vote().map(this::vote),
              e.reason().map(reason -> text(reason, e)));
    };
  }

  /// The gate in the other form.
  public Gate of(Gate gate) {
    String last =
        gate.votes().isEmpty() ? gate.request().requestedBy() : gate.votes().getLast().by();
    return new Gate(
        request(gate.request()),
        gate.byPolicy(),
        gate.openedAt(),
        gate.status(),
        gate.votes().stream().map(this::vote).toList(),
        gate.resolvedAt(),
        gate.reason().map(reason -> texts.of(reason, last)),
        gate.consumed());
  }

  /// The decision in the other form; one that asks nobody and quotes nothing is the same.
  public PolicyDecision of(PolicyDecision decision) {
    return decision.approval().isEmpty() && !decision.isQuoting()
        ? decision
        : new PolicyDecision(
            decision.verdict(),
            decision.policyId(),
            decision.policyVersion(),
            decision.bundleHash(),
            decision.tier(),
            decision.isQuoting() ? reasons.apply(decision.reason()) : decision.reason(),
            decision.rulesTriggered(),
            decision.shadowRules(),
            decision.inputDigest(),
            decision.approval().map(this::requirement),
            decision.error(),
            decision.isQuoting());
  }

  /// The name of whoever did something, in the other form.
  public String person(String name) {
    return persons.apply(name);
  }

  /// What the outside calls an effect, in the other form where it says whom it concerned.
  public Optional<String> effect(Optional<String> effect) {
    return effect.map(effects);
  }

  private String text(String words, RunEvent event) {
    return texts.of(words, event.by());
  }

  private StepResult result(StepSettled settled) {
    return switch (settled.result()) {
      case StepResult.Succeeded done ->
          new StepResult.Succeeded(done.output(), effect(done.effect()));
      case StepResult.Failed failed ->
          new StepResult.Failed(failed.code(), text(failed.message(), settled));
      case StepResult.Unknown unknown -> unknown;
    };
  }

  private Vote vote(Vote vote) {
    return new Vote(
        vote.at(),
        persons.apply(vote.by()),
        vote.choice(),
        vote.comment().map(words -> texts.of(words, vote.by())),
        vote.override().map(words -> texts.of(words, vote.by())));
  }

  private GateRequest request(GateRequest request) {
    return new GateRequest(
        request.id(),
        request.step(),
        request.action(),
        request.tier(),
        request.type(),
        texts.of(request.name(), request.requestedBy()),
        texts.of(request.description(), request.requestedBy()),
        persons.apply(request.requestedBy()),
        requirement(request.requirement()),
        request.expiresAt());
  }

  private ApprovalRequirement requirement(ApprovalRequirement asked) {
    return asked.approvers().isEmpty()
        ? asked
        : new ApprovalRequirement(
            asked.quorum(),
            asked.roles(),
            asked.approvers().stream().map(persons).collect(Collectors.toUnmodifiableSet()),
            asked.expiresIn(),
            asked.commentRequired(),
            asked.selfApproval());
  }
}
