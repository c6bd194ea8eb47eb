package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.ActiveBundles.Layer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// Decides by the bundles that are active, in this process, in microseconds.
///
/// A question is answered by the bundle that names its workflow, else by the default one, else with
/// a denial. Activation swaps the whole set at once: a decision sees all of the old or all of the
/// new. For any number of threads.
public final class CelPolicyEngine implements PolicyEngine {

  /// What stands for the bundle in a decision that no bundle made.
  public static final String NO_POLICY = "none";

  /// The hash that stands for no bundle, or for a question that has no canonical form.
  public static final Digest NO_HASH = new Digest("0".repeat(Digest.HEX_DIGITS));

  /// The tier of a denial by nobody: the highest that the built-in bundles use.
  private static final int NO_POLICY_TIER = 4;

  private final LongSupplier nanos;
  private final Optional<Admission> admission;
  private final AtomicReference<ActiveBundles> active = new AtomicReference<>(ActiveBundles.NONE);

  /// An engine without bundles, which denies everything. It takes bundles without a signature.
  ///
  /// @param nanos a clock that only goes forward, in nanoseconds, for the time limit of a decision
  public CelPolicyEngine(LongSupplier nanos) {
    this(nanos, Optional.empty());
  }

  /// The same.
  ///
  /// @param admission what bundles that are not built in must satisfy, if anything
  public CelPolicyEngine(LongSupplier nanos, Optional<Admission> admission) {
    this.nanos = nanos;
    this.admission = admission;
  }

  /// Where a bundle came from. A later one wins over an earlier one.
  public enum Source {
    BUILT_IN,
    DIRECTORY,
    API
  }

  /// One bundle that decides now.
  public record ActiveBundle(PolicyBundle bundle, Source source) {}

  /// What came of an activation.
  public sealed interface Activation {

    /// The bundle decides from now on.
    ///
    /// @param previous what decided under this policy id until now
    record Activated(PolicyBundle bundle, Optional<PolicyBundle> previous) implements Activation {}

    /// Nothing changed.
    sealed interface Rejected extends Activation {

      /// What is in the way, where, and what to do about it.
      Problem problem();
    }

    /// The bundle is not signed as it must be, or is older than the one that decides.
    record Unadmitted(Problem problem) implements Rejected {}

    /// Another policy of the same source decides about the same workflow already.
    record Conflict(PolicyBundle bundle, PolicyBundle rival) implements Rejected {

      @Override
      public Problem problem() {
        return new Problem("/applies_to", sentence());
      }

      private String sentence() {
        String about =
            bundle.appliesTo().stream()
                .filter(rival.appliesTo()::contains)
                .findFirst()
                .map(workflow -> "workflow " + workflow)
                .orElse("every workflow that no other policy names");
        return "policy %s decides about %s already; give this bundle its policy_id to replace it"
            .formatted(rival.policyId(), about);
      }
    }
  }

  /// Activates a bundle that comes with the product, for everybody.
  public Activation activateBuiltIn(PolicyBundle bundle) {
    return activate(new Layer(Source.BUILT_IN, Optional.empty()), bundle);
  }

  /// Activates a bundle of the operator's directory, for everybody.
  public Activation activateFromDirectory(PolicyBundle bundle) {
    return activate(new Layer(Source.DIRECTORY, Optional.empty()), bundle);
  }

  /// Activates a bundle for one tenant alone.
  public Activation activate(TenantId tenant, PolicyBundle bundle) {
    return activate(new Layer(Source.API, Optional.of(tenant)), bundle);
  }

  /// What a tenant would get from activating `bundle`; changes nothing.
  public Activation rehearse(TenantId tenant, PolicyBundle bundle) {
    return activation(active.get(), new Layer(Source.API, Optional.of(tenant)), bundle);
  }

  /// The bundles that decide about the runs of a tenant.
  public List<ActiveBundle> active(TenantId tenant) {
    return active.get().seenBy(Optional.of(tenant));
  }

  @Override
  public PolicyDecision decide(PolicyQuestion question) {
    try {
      return active
          .get()
          .about(question.tenant(), question.workflow().id())
          .map(bundle -> Evaluation.decide(bundle, question, nanos))
          .orElseGet(() -> denied(question, noPolicy(question), "no_policy"));
    } catch (RuntimeException | StackOverflowError _) {
      return denied(NO_HASH, "policy could not evaluate the question", "internal");
    }
  }

  private Activation activate(Layer layer, PolicyBundle bundle) {
    while (true) {
      ActiveBundles before = active.get();
      Activation activation = activation(before, layer, bundle);
      if (activation instanceof Activation.Rejected
          || active.compareAndSet(before, before.with(layer, bundle))) {
        return activation;
      }
    }
  }

  private Activation activation(ActiveBundles now, Layer layer, PolicyBundle bundle) {
    Optional<Problem> objection = objection(now, layer, bundle);
    if (objection.isPresent()) {
      return new Activation.Unadmitted(objection.get());
    }
    Optional<PolicyBundle> rival = now.rival(layer, bundle);
    if (rival.isPresent()) {
      return new Activation.Conflict(bundle, rival.get());
    }
    return new Activation.Activated(
        bundle,
        now.seenBy(layer.tenant()).stream()
            .map(ActiveBundle::bundle)
            .filter(seen -> seen.policyId().equals(bundle.policyId()))
            .findFirst());
  }

  private Optional<Problem> objection(ActiveBundles now, Layer layer, PolicyBundle bundle) {
    return admission
        .filter(_ -> layer.source() != Source.BUILT_IN)
        .flatMap(rule ->
            rule.objection(bundle)
                .or(() ->
                    now.in(layer, bundle.policyId())
                        .flatMap(active -> rule.objection(bundle, active))));
  }

  /// The answer where no bundle can be asked.
  ///
  /// @param error names it after `policy_error:`
  public static PolicyDecision denied(PolicyQuestion question, String reason, String error) {
    return denied(question.digest(), reason, error);
  }

  private static String noPolicy(PolicyQuestion question) {
    return "no policy bundle is active for workflow " + question.workflow().id();
  }

  private static PolicyDecision denied(Digest inputDigest, String reason, String error) {
    return new PolicyDecision(
        Verdict.DENY,
        NO_POLICY,
        NO_POLICY,
        NO_HASH,
        NO_POLICY_TIER,
        reason,
        List.of(),
        List.of(),
        inputDigest,
        Optional.empty(),
        Optional.of(Evaluation.ERROR_PREFIX + error));
  }
}
