package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.policy.Admission;
import dev.fedcore.policy.BundleTest;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.Problem;
import java.util.List;
import java.util.Optional;

/// What loading a bundle came to, for people and for programs.
record BundleReport(Terminal terminal) {

  /// @param admission whose signatures count, if that is known
  void check(LoadResult result, Optional<Admission> admission) {
    switch (result) {
      case LoadResult.Loaded(PolicyBundle bundle, List<Problem> warnings) -> {
        terminal.line(
            "%s  %s %s, %d rules, %d invariants, %d tests"
                .formatted(
                    terminal.tinted("ok"),
                    bundle.policyId(),
                    bundle.version(),
                    bundle.rules().size(),
                    bundle.invariants().size(),
                    bundle.tests().size()));
        terminal.line("  hash  " + bundle.hash());
        signatures(bundle, admission);
        warnings.forEach(warning -> place("warning", warning));
      }
      case LoadResult.Rejected(List<Problem> problems) -> rejected(problems);
    }
  }

  private void signatures(PolicyBundle bundle, Optional<Admission> admission) {
    if (admission.isPresent()) {
      String names = String.join(", ", admission.get().signers(bundle));
      terminal.line("  signed by  " + Terminal.printable(names));
    } else if (!bundle.signatures().isEmpty()) {
      terminal.line(
          "  %d signatures, not verified: give --policy-keys FILE"
              .formatted(bundle.signatures().size()));
    }
  }

  void tests(LoadResult result) {
    switch (result) {
      case LoadResult.Loaded(PolicyBundle bundle, _) -> {
        for (BundleTest test : bundle.tests()) {
          terminal.line(terminal.tinted("ok") + "  " + Terminal.printable(test.name()));
        }
        terminal.line("%d tests passed".formatted(bundle.tests().size()));
      }
      case LoadResult.Rejected(List<Problem> problems) -> rejected(problems);
    }
  }

  static JsonObject json(LoadResult result, Optional<Admission> admission) {
    return switch (result) {
      case LoadResult.Loaded(PolicyBundle bundle, List<Problem> warnings) ->
          JsonObject.builder()
              .put("ok", true)
              .put("policy_id", bundle.policyId())
              .put("version", bundle.version())
              .put("bundle_hash", bundle.hash().toString())
              .put("signatures", bundle.signatures().size())
              .put(
                  "signed_by",
                  strings(admission.map(rule -> rule.signers(bundle)).orElse(List.of())))
              .put("invariants", bundle.invariants().size())
              .put("tests", bundle.tests().size())
              .put("warnings", json(warnings))
              .build();
      case LoadResult.Rejected(List<Problem> problems) ->
          JsonObject.builder().put("ok", false).put("errors", json(problems)).build();
    };
  }

  private void rejected(List<Problem> problems) {
    problems.forEach(problem -> place("FAILED", problem));
    terminal.line("%d problems; this bundle cannot be activated".formatted(problems.size()));
  }

  private void place(String word, Problem problem) {
    String where = problem.pointer().isEmpty() ? "" : problem.pointer() + "  ";
    terminal.line(terminal.tinted(word) + "  " + Terminal.printable(where + problem.sentence()));
  }

  private static JsonArray strings(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static JsonArray json(List<Problem> problems) {
    return new JsonArray(
        problems.stream()
            .<JsonValue>map(problem ->
                JsonObject.builder()
                    .put("pointer", problem.pointer())
                    .put("detail", problem.sentence())
                    .build())
            .toList());
  }
}
