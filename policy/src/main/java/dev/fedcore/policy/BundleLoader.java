package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.policy.BundleTest.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The only way to a bundle that may be activated: parse, check, compile, lint, and run the
/// bundle's own tests.
///
/// Loading reads nothing but its argument, so the same bytes always get the same answer.
public final class BundleLoader {

  /// 1 MiB, 32 deep, 20,000 members and items: two hundred rules with five hundred tests fit.
  public static final JsonLimits LIMITS = new JsonLimits(1 << 20, 32, 20_000);

  private BundleLoader() {}

  /// Loads a bundle from its YAML or JSON text.
  public static LoadResult load(byte[] utf8) {
    try {
      return load(YamlDocuments.read(utf8, LIMITS));
    } catch (MalformedInput e) {
      return new LoadResult.Rejected(List.of(new Problem(e.pointer(), e.problem())));
    }
  }

  /// Loads a bundle from its document.
  public static LoadResult load(JsonValue document) {
    if (!(document instanceof JsonObject object)) {
      return new LoadResult.Rejected(
          List.of(new Problem("", "a bundle is an object, this is " + document.kind())));
    }
    var findings = new Findings();
    Optional<PolicyBundle> bundle = BundleReader.read(object, findings);
    bundle.ifPresent(sound -> Lint.inspect(sound, findings));
    bundle.ifPresent(sound -> runTests(sound, findings));
    return bundle.isPresent() && findings.clean()
        ? new LoadResult.Loaded(bundle.get(), findings.warnings())
        : new LoadResult.Rejected(findings.problems());
  }

  private static void runTests(PolicyBundle bundle, Findings findings) {
    if (bundle.tests().isEmpty()) {
      findings.warning("/tests", "the bundle has no tests");
      return;
    }
    var decisions = new ArrayList<PolicyDecision>();
    for (int i = 0; i < bundle.tests().size(); i++) {
      BundleTest test = bundle.tests().get(i);
      PolicyDecision decision = answer(bundle, test);
      decisions.add(decision);
      List<String> differences = differences(test.expect(), decision);
      if (!differences.isEmpty()) {
        findings.problem(
            "/tests/" + i,
            "test \"%s\" fails: %s; it was decided because %s"
                .formatted(test.name(), String.join(", ", differences), decision.reason()));
      }
    }
    Lint.untestedRules(bundle, decisions, findings);
  }

  /// Without the time limit: how busy a machine is must not reject a bundle.
  private static PolicyDecision answer(PolicyBundle bundle, BundleTest test) {
    return Evaluation.decide(bundle, test.question(), () -> 0L);
  }

  private static List<String> differences(Expectation expected, PolicyDecision actual) {
    var differences = new ArrayList<String>();
    if (expected.decision() != actual.verdict()) {
      differences.add(expectedBut("decision", lower(expected.decision()), lower(actual.verdict())));
    }
    if (expected.tier().isPresent() && expected.tier().getAsInt() != actual.tier()) {
      differences.add(expectedBut("tier", expected.tier().getAsInt(), actual.tier()));
    }
    differing("rules", expected.rules(), actual.rulesTriggered()).ifPresent(differences::add);
    differing("shadow", expected.shadow(), actual.shadowRules()).ifPresent(differences::add);
    differing("reason", expected.reason(), actual.reason()).ifPresent(differences::add);
    if (!expected.error().equals(actual.error())) {
      differences.add(
          expectedBut("error", expected.error().orElse("none"), actual.error().orElse("none")));
    }
    return differences;
  }

  private static <T> Optional<String> differing(String what, Optional<T> expected, T actual) {
    return expected
        .filter(value -> !value.equals(actual))
        .map(value -> expectedBut(what, value, actual));
  }

  private static String expectedBut(String what, Object expected, Object actual) {
    return "%s should be %s, is %s".formatted(what, expected, actual);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
