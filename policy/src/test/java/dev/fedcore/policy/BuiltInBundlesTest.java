package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.policy.LoadResult.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BuiltInBundlesTest {

  private static final String GOLDEN = "/golden/built-in-decisions.txt";

  @Test
  void each_is_sound_without_a_warning_and_has_at_least_eight_tests() {
    for (byte[] text : BuiltInBundles.texts()) {
      assertThat(BundleLoader.load(text))
          .isInstanceOfSatisfying(
              Loaded.class,
              loaded -> {
                assertThat(loaded.warnings()).isEmpty();
                assertThat(loaded.bundle().tests()).hasSizeGreaterThanOrEqualTo(8);
              });
    }
  }

  @Test
  void one_decides_about_each_built_in_workflow_and_one_about_the_rest() {
    assertThat(BuiltInBundles.all())
        .extracting(bundle -> bundle.policyId() + " " + bundle.appliesTo())
        .containsExactly(
            "pt004-spine [pt004_execution_spine]",
            "executor-action [executor_action]",
            "default []");
  }

  @Test
  void they_may_all_be_active_together() {
    var engine = new CelPolicyEngine(() -> 0);

    for (PolicyBundle bundle : BuiltInBundles.all()) {
      assertThat(engine.activateBuiltIn(bundle))
          .isInstanceOf(CelPolicyEngine.Activation.Activated.class);
    }
  }

  /// People rely on these answers, and proofs replay them. When a bundle is changed on purpose, its
  /// version grows and the golden file changes with it; otherwise the bundle is wrong, not the
  /// file.
  @Test
  void their_decisions_are_the_golden_ones() {
    var actual = new StringBuilder();
    for (PolicyBundle bundle : BuiltInBundles.all()) {
      var engine = new CelPolicyEngine(() -> 0);
      engine.activateBuiltIn(bundle);
      actual.append(
          "%s %s %s%n"
              .formatted(bundle.policyId(), bundle.version(), bundle.hash())
              .replace("\r", ""));
      for (BundleTest test : bundle.tests()) {
        actual.append("  ").append(test.name()).append('\n');
        actual.append("    ").append(summary(engine.decide(test.question()))).append('\n');
      }
    }

    assertThat(actual.toString())
        .as("if the change is meant, raise the bundle's version and copy this text to %s", GOLDEN)
        .isEqualTo(golden());
  }

  private static String summary(PolicyDecision decision) {
    return "%s %d, %s, %s%s: %s"
        .formatted(
            decision.verdict().name().toLowerCase(Locale.ROOT),
            decision.tier(),
            decision.rulesTriggered(),
            decision.shadowRules(),
            decision
                .approval()
                .map(a -> ", quorum " + a.quorum() + " in " + a.expiresIn())
                .orElse(""),
            decision.reason());
  }

  private static String golden() {
    try (InputStream in = BuiltInBundlesTest.class.getResourceAsStream(GOLDEN)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
