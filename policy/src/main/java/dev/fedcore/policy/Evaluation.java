package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.cel.CelExpression;
import dev.fedcore.policy.cel.CelFault;
import dev.fedcore.policy.cel.Variables;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// One question answered by one bundle. For one decision, by one thread.
///
/// Every rule is evaluated; deny over flag over allow; the highest tier wins; the first rule of
/// that tier in the bundle's order gives the reason. A rule that cannot be evaluated denies, and so
/// does an invariant that does not hold for the answer or cannot be evaluated.
final class Evaluation {

  /// How long one decision may take. What a rule can do is bounded in other ways, so this is the
  /// last resort against many slow rules; it is long enough that a busy machine does not deny.
  static final Duration TIME_MAX = Duration.ofMillis(250);

  /// The longest reason that is kept, in characters; it stands in every entry and receipt.
  static final int REASON_LENGTH_MAX = 1_000;

  /// What an error is called, before the id of the rule or the invariant.
  static final String ERROR_PREFIX = "policy_error:";

  private static final String UNEVALUATED = " could not be evaluated: ";

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
    Answer answer = evaluation.guarded(evaluation.answer());
    evaluation.shadows();
    return evaluation.decision(answer);
  }

  private void enforced() {
    bundle.rules().stream().filter(rule -> !rule.isShadow()).forEach(this::enforce);
  }

  private void enforce(Rule rule) {
    try {
      if (holds(rule.when(), variables)) {
        matched.add(rule);
      }
    } catch (Undecided e) {
      failure = failure.or(() -> Optional.of(Failure.of(rule, e.sentence())));
    }
  }

  /// After all that decides, so that a shadow rule cannot even take its time.
  private void shadows() {
    bundle.rules().stream().filter(Rule::isShadow).forEach(this::observe);
  }

  private void observe(Rule rule) {
    try {
      if (holds(rule.when(), variables)) {
        shadows.add(rule.id());
      }
    } catch (Undecided _) {
      shadows.add(ERROR_PREFIX + rule.id());
    }
  }

  private boolean holds(CelExpression condition, Variables seen) throws Undecided {
    if (nanos.getAsLong() - startedAt > TIME_MAX.toNanos()) {
      throw new Undecided("the decision took more than " + TIME_MAX.toMillis() + " ms");
    }
    try {
      boolean answer = condition.test(seen);
      failOnFault();
      return answer;
    } catch (CelFault e) {
      throw new Undecided(variables.takeFault().orElse(e.sentence()));
    }
  }

  private void failOnFault() throws Undecided {
    Optional<String> fault = variables.takeFault();
    if (fault.isPresent()) {
      throw new Undecided(fault.get());
    }
  }

  private Answer answer() {
    if (failure.isPresent()) {
      return failed(failure.get());
    }
    Optional<Rule> winner = winner();
    if (winner.isEmpty()) {
      return new Answer(
          Verdict.DENY,
          bundle.fallback().tier(),
          bundle.fallback().reason(),
          false,
          Optional.empty(),
          Optional.empty());
    }
    Rule rule = winner.get();
    try {
      String reason = reason(rule);
      return new Answer(
          rule.decision(), rule.tier(), reason, rule.isQuoting(), approval(rule), Optional.empty());
    } catch (Undecided e) {
      return failed(Failure.of(rule, e.sentence()));
    }
  }

  /// `answer`, if it keeps to every invariant; else a denial that names the first it breaks.
  private Answer guarded(Answer answer) {
    if (bundle.invariants().isEmpty() || answer.error().isPresent()) {
      return answer;
    }
    String decision = answer.verdict().name().toLowerCase(Locale.ROOT);
    Variables seen = Invariant.seen(variables, decision, answer.tier());
    for (Invariant invariant : bundle.invariants()) {
      try {
        if (!holds(invariant.condition(), seen)) {
          return failed(Failure.brokenBy(invariant));
        }
      } catch (Undecided e) {
        return failed(Failure.of(invariant, e.sentence()));
      }
    }
    return answer;
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

  private String reason(Rule rule) throws Undecided {
    try {
      String text = text(rule.reason());
      failOnFault();
      return text;
    } catch (CelFault e) {
      throw new Undecided("its reason: " + variables.takeFault().orElse(e.sentence()));
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

  private Answer failed(Failure failed) {
    return new Answer(
        Verdict.DENY,
        bundle.highestTier(),
        failed.reason(),
        false,
        Optional.empty(),
        Optional.of(ERROR_PREFIX + failed.id()));
  }

  private PolicyDecision decision(Answer answer) {
    return new PolicyDecision(
        answer.verdict(),
        bundle.policyId(),
        bundle.version(),
        bundle.hash(),
        answer.tier(),
        answer.reason(),
        matched.stream().map(Rule::id).toList(),
        shadows,
        inputDigest,
        answer.approval(),
        answer.error(),
        answer.isQuoting());
  }

  /// What was decided, before it is said by whom and about what.
  private record Answer(
      Verdict verdict,
      int tier,
      String reason,
      boolean isQuoting,
      Optional<ApprovalRequirement> approval,
      Optional<String> error) {}

  /// What stood in the way of an answer, by the id of a rule or an invariant.
  private record Failure(String id, String reason) {

    static Failure of(Rule rule, String sentence) {
      return new Failure(rule.id(), "rule " + rule.id() + UNEVALUATED + sentence);
    }

    static Failure of(Invariant invariant, String sentence) {
      return new Failure(invariant.id(), "invariant " + invariant.id() + UNEVALUATED + sentence);
    }

    static Failure brokenBy(Invariant invariant) {
      return new Failure(
          invariant.id(), "invariant " + invariant.id() + " does not hold for this answer");
    }
  }

  /// Carries a failure out of an evaluation. No stack trace: whoever sends input may provoke it.
  private static final class Undecided extends Exception {

    @Serial private static final long serialVersionUID = 1;

    Undecided(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }
}
