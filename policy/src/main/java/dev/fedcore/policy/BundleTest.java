package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.kernel.policy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A question with the answer that a bundle's author expects, part of the bundle.
public record BundleTest(String name, PolicyQuestion question, Expectation expect) {

  /// What the answer must be. Whatever is absent may be anything, but an error must be expected.
  ///
  /// @param rules all rules that match, in the bundle's order
  /// @param shadow all shadow rules that match, in the bundle's order
  /// @param error such as `policy_error:RULE`; absent when there must be none
  public record Expectation(
      Verdict decision,
      OptionalInt tier,
      Optional<List<String>> rules,
      Optional<List<String>> shadow,
      Optional<String> reason,
      Optional<String> error) {}
}
