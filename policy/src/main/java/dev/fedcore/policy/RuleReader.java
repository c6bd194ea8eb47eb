package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.Rule.Mode;
import dev.fedcore.policy.Rule.Tightening;
import dev.fedcore.policy.cel.CelEnvironment;
import dev.fedcore.policy.cel.CelExpression;
import dev.fedcore.policy.cel.Compilation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;

/// Reads and compiles the rules of a bundle, and its invariants. For one bundle.
final class RuleReader {

  /// How many rules one bundle has at most. The time of a decision grows with them: 200 take about
  /// 70 microseconds.
  private static final int RULES_MAX = 200;

  /// How many invariants one bundle has at most. Each costs about what a rule costs.
  static final int INVARIANTS_MAX = 50;

  private static final String ID = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";

  private final SortedMap<Integer, Tier> tiers;
  private final CelEnvironment language;
  private final Findings findings;

  /// Of rules and invariants together, since an error is named by either.
  private final Set<String> ids = new HashSet<>();

  RuleReader(SortedMap<Integer, Tier> tiers, CelEnvironment language, Findings findings) {
    this.tiers = tiers;
    this.language = language;
    this.findings = findings;
  }

  List<Rule> read(List<JsonValue> rules, String pointer) {
    if (rules.isEmpty() || rules.size() > RULES_MAX) {
      findings.problem(pointer, "a bundle has 1 to " + RULES_MAX + " rules");
      return List.of();
    }
    return each(rules, pointer, this::rule);
  }

  /// Reads invariants, after the rules.
  ///
  /// @param answers the language of rules, and what an invariant sees of an answer
  List<Invariant> invariants(List<JsonValue> invariants, String pointer, CelEnvironment answers) {
    if (invariants.size() > INVARIANTS_MAX) {
      findings.problem(pointer, "a bundle has at most " + INVARIANTS_MAX + " invariants");
      return List.of();
    }
    return each(invariants, pointer, (fields, _) -> invariant(fields, answers));
  }

  private <T> List<T> each(
      List<JsonValue> items, String pointer, BiFunction<JsonFields, String, Optional<T>> reader) {
    var read = new ArrayList<T>();
    for (int i = 0; i < items.size(); i++) {
      String place = JsonPointers.child(pointer, i);
      JsonValue item = items.get(i);
      findings
          .attempt(() -> TierReader.object(item, place))
          .flatMap(object -> reader.apply(JsonFields.of(object, place), place))
          .ifPresent(read::add);
    }
    return read;
  }

  private Optional<Invariant> invariant(JsonFields fields, CelEnvironment answers) {
    Optional<String> id = findings.attempt(() -> id(fields));
    Optional<CelExpression> condition = condition(fields, "assert", answers);
    findings.attempt(() -> fields.optionalString("description"));
    findings.attempt(() -> {
      fields.end();
      return true;
    });
    return id.flatMap(name -> condition.map(sound -> new Invariant(name, sound)));
  }

  private Optional<Rule> rule(JsonFields fields, String pointer) {
    Optional<String> id = findings.attempt(() -> id(fields));
    Optional<Verdict> decision = findings.attempt(() -> fields.oneOf("decision", Verdict.class));
    Optional<Tier> tier = findings.attempt(() -> tier(fields));
    Optional<Mode> mode =
        findings.attempt(() -> fields.optionalOneOf("mode", Mode.class).orElse(Mode.ENFORCE));
    Optional<CelExpression> when = condition(fields, "when", language);
    Optional<CelExpression> reason = reason(fields);
    Optional<Tightening> require =
        decision.isPresent() && tier.isPresent()
            ? findings.attempt(() -> require(fields, decision.get(), tier.get(), pointer))
            : Optional.empty();
    fields.has("require");
    fields.has("description");
    findings.attempt(() -> {
      fields.end();
      return pointer;
    });
    if (id.isEmpty() || mode.isEmpty() || when.isEmpty() || reason.isEmpty() || require.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            id.get(),
            decision.orElseThrow(),
            tier.orElseThrow().number(),
            mode.get(),
            when.get(),
            reason.get(),
            require.get()));
  }

  private String id(JsonFields fields) {
    String id = fields.string("id");
    if (!id.matches(ID)) {
      throw new MalformedInput(
          fields.pointer("id"), "an id has 1 to 64 letters, digits, '_', '.' or '-'");
    }
    if (!ids.add(id)) {
      throw new MalformedInput(
          fields.pointer("id"), "there is another rule or invariant \"" + id + "\"");
    }
    return id;
  }

  private Tier tier(JsonFields fields) {
    int number = (int) fields.integer("tier", 0, PolicyDecision.TIER_MAX);
    return Optional.ofNullable(tiers.get(number))
        .orElseThrow(() ->
            new MalformedInput(
                fields.pointer("tier"),
                "tier %d is not declared; declared are %s".formatted(number, tiers.keySet())));
  }

  private static Tightening require(
      JsonFields fields, Verdict decision, Tier tier, String pointer) {
    var require = fields.optionalObject("require");
    if (decision != Verdict.FLAG) {
      if (require.isPresent()) {
        throw new MalformedInput(
            fields.pointer("require"), "only a flag asks people; leave it out or flag");
      }
      return Tightening.NONE;
    }
    ApprovalRequirement approval =
        tier.approval()
            .orElseThrow(() ->
                new MalformedInput(
                    pointer,
                    "flags with tier %d, which declares no approval".formatted(tier.number())));
    return require
        .map(o -> TierReader.tightening(o, fields.pointer("require"), approval, tier.number()))
        .orElse(Tightening.NONE);
  }

  /// `when: true` is a boolean to YAML and an expression to us.
  private Optional<CelExpression> condition(
      JsonFields fields, String name, CelEnvironment environment) {
    return findings
        .attempt(() -> source(fields, name))
        .flatMap(source -> compiled(environment.condition(source), fields.pointer(name)));
  }

  private Optional<CelExpression> reason(JsonFields fields) {
    return findings
        .attempt(() -> fields.string("reason"))
        .flatMap(source -> compiled(language.text(source), fields.pointer("reason")));
  }

  private static String source(JsonFields fields, String name) {
    return fields
        .optionalValue(name)
        .filter(JsonBoolean.class::isInstance)
        .map(value -> String.valueOf(value.equals(JsonBoolean.TRUE)))
        .orElseGet(() -> fields.string(name));
  }

  private Optional<CelExpression> compiled(Compilation compilation, String pointer) {
    return switch (compilation) {
      case Compilation.Compiled(CelExpression expression) -> Optional.of(expression);
      case Compilation.Faulty(List<String> sentences) -> {
        sentences.forEach(sentence -> findings.problem(pointer, sentence));
        yield Optional.empty();
      }
    };
  }
}
