package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.cel.CelExpression;
import dev.fedcore.policy.cel.CelFault;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// One question answered by one bundle. For one decision, by one thread.
///
/// Every rule is evaluated; deny over flag over allow; the highest tier wins; the first rule of
/// that tier in the bundle's order gives the reason. A rule that cannot be evaluated denies.
final class Evaluation {

  /// How long one decision may take. What a rule can do is bounded in other ways, so this is the
  /// last resort against many slow rules; it is long enough that a busy machine does not deny.
  static final Duration TIME_MAX = Duration.ofMillis(250);

  /// The longest reason that is kept, in characters; it stands in every entry and receipt.
  static final int REASON_LENGTH_MAX = 1_000;

  /// What an error is called, before the rule's id.
  static final String ERROR_PREFIX = "policy_error:";

  private final PolicyBundle bundle;
  private final LongSupplier nanos;
  private final long startedAt;
  private final Digest inputDigest;
  private final QuestionVariables variables;
  private final List<Rule> matched = new ArrayList<>();
  private final List<String> shadows = new ArrayList<>();
  private Optional<Failure> failure = Optional.empty();

  private Evaluation(PolicyBundle bundle, PolicyQuestion question, LongSupplier nanos) {
    this.bundle = bundle;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.inputDigest = question.digest();
    this.variables = new QuestionVariables(question, bundle.inputs());
  }

  /// Answers `question` by `bundle`.
  ///
  /// @param nanos a clock that only goes forward, in nanoseconds, for the time limit
  static PolicyDecision decide(PolicyBundle bundle, PolicyQuestion question, LongSupplier nanos) {
    var evaluation = new Evaluation(bundle, question, nanos);
    evaluation.enforced();
    evaluation.shadows();
    return evaluation.answer();
  }

  private void enforced() {
    bundle.rules().stream().filter(rule -> !rule.isShadow()).forEach(this::enforce);
  }

  private void enforce(Rule rule) {
    try {
      if (matches(rule)) {
        matched.add(rule);
      }
    } catch (RuleFailed e) {
      failure = failure.or(() -> Optional.of(e.failure));
    }
  }

  /// After the rules that decide, so that a shadow rule cannot even take their time.
  private void shadows() {
    bundle.rules().stream().filter(Rule::isShadow).forEach(this::observe);
  }

  private void observe(Rule rule) {
    try {
      if (matches(rule)) {
        shadows.add(rule.id());
      }
    } catch (RuleFailed e) {
      shadows.add(e.failure.error());
    }
  }

  private boolean matches(Rule rule) throws RuleFailed {
    if (nanos.getAsLong() - startedAt > TIME_MAX.toNanos()) {
      throw new RuleFailed(rule, "the decision took more than " + TIME_MAX.toMillis() + " ms");
    }
    try {
      boolean answer = rule.when().test(variables);
      failOnFault(rule);
      return answer;
    } catch (CelFault e) {
      throw new RuleFailed(rule, variables.takeFault().orElse(e.sentence()));
    }
  }

  private void failOnFault(Rule rule) throws RuleFailed {
    Optional<String> fault = variables.takeFault();
    if (fault.isPresent()) {
      throw new RuleFailed(rule, fault.get());
    }
  }

  private PolicyDecision answer() {
    if (failure.isPresent()) {
      return failed(failure.get());
    }
    Optional<Rule> winner = winner();
    if (winner.isEmpty()) {
      return decision(
          Verdict.DENY,
          bundle.fallback().tier(),
          new Reason(bundle.fallback().reason(), false),
          Optional.empty(),
          Optional.empty());
    }
    try {
      Rule rule = winner.get();
      var reason = new Reason(reason(rule), rule.isQuoting());
      return decision(rule.decision(), rule.tier(), reason, approval(rule), Optional.empty());
    } catch (RuleFailed e) {
      return failed(e.failure);
    }
  }

  private Optional<Rule> winner() {
    Optional<Rule> winner = Optional.empty();
    for (Rule rule : matched) {
      if (winner.isEmpty() || beats(rule, winner.get())) {
        winner = Optional.of(rule);
      }
    }
    return winner;
  }

  private static boolean beats(Rule rule, Rule other) {
    int stricter = rule.decision().compareTo(other.decision());
    return stricter > 0 || (stricter == 0 && rule.tier() > other.tier());
  }

  private String reason(Rule rule) throws RuleFailed {
    try {
      String text = text(rule.reason());
      failOnFault(rule);
      return text;
    } catch (CelFault e) {
      throw new RuleFailed(rule, "its reason: " + variables.takeFault().orElse(e.sentence()));
    }
  }

  private String text(CelExpression expression) throws CelFault {
    String text = expression.text(variables);
    if (text.length() <= REASON_LENGTH_MAX) {
      return text;
    }
    int end = REASON_LENGTH_MAX - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /// What the tier asks for, made stricter by every flag that matched.
  private Optional<ApprovalRequirement> approval(Rule winner) {
    if (winner.decision() != Verdict.FLAG) {
      return Optional.empty();
    }
    ApprovalRequirement approval =
        Optional.ofNullable(bundle.tiers().get(winner.tier()))
            .flatMap(Tier::approval)
            .orElseThrow();
    for (Rule rule : matched) {
      if (rule.decision() == Verdict.FLAG) {
        approval = rule.require().applyTo(approval);
      }
    }
    return Optional.of(approval);
  }

  private PolicyDecision failed(Failure failed) {
    return decision(
        Verdict.DENY,
        bundle.highestTier(),
        new Reason(failed.reason(), false),
        Optional.empty(),
        Optional.of(failed.error()));
  }

  private PolicyDecision decision(
      Verdict verdict,
      int tier,
      Reason reason,
      Optional<ApprovalRequirement> approval,
      Optional<String> error) {
    return new PolicyDecision(
        verdict,
        bundle.policyId(),
        bundle.version(),
        bundle.hash(),
        tier,
        reason.text(),
        matched.stream().map(Rule::id).toList(),
        shadows,
        inputDigest,
        approval,
        error,
        reason.isQuoting());
  }

  /// Why, and whether that quotes what was asked.
  private record Reason(String text, boolean isQuoting) {}

  /// Which rule could not be evaluated, and why.
  private record Failure(String ruleId, String sentence) {

    String error() {
      return ERROR_PREFIX + ruleId;
    }

    String reason() {
      return "rule " + ruleId + " could not be evaluated: " + sentence;
    }
  }

  /// Carries a failure out of an evaluation. No stack trace: whoever sends input may provoke it.
  private static final class RuleFailed extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final transient Failure failure;

    RuleFailed(Rule rule, String sentence) {
      super(sentence, null, false, false);
      this.failure = new Failure(rule.id(), sentence);
    }
  }
}
