package dev.fedcore.cli.awo;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.policy.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A workflow file as GitHub reads it: its jobs, what they need, and when they run. Knows of the
/// expression language as much as the file uses: names, and comparisons joined by `&&`.
record GithubWorkflow(JsonView document) {

  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}", Pattern.DOTALL);
  private static final Pattern COMPARISON = Pattern.compile("(\\S+) == '([^']*)'");

  static GithubWorkflow read(Path file) throws IOException {
    // YAML 1.1 reads the word `on` as true; GitHub and YAML 1.2 do not.
    var document = (JsonObject) YamlDocuments.read(Files.readAllBytes(file), JsonLimits.DEFAULT);
    return new GithubWorkflow(new JsonView(document));
  }

  List<String> jobs() {
    return document.object("jobs").object().members().keySet().stream().toList();
  }

  JsonView job(String name) {
    return document.object("jobs").object(name);
  }

  List<String> needs(String job) {
    return job(job).texts("needs");
  }

  List<JsonView> steps(String job) {
    return job(job).objects("steps");
  }

  Stream<JsonView> allSteps() {
    return jobs().stream().flatMap(job -> steps(job).stream());
  }

  /// Whether the job runs when those before it ended so.
  ///
  /// @param results job to `success`, `failure`, `cancelled` or `skipped`
  boolean runs(String job, Map<String, String> results) {
    if (!job(job).has("if")) {
      return needs(job).stream().allMatch(need -> "success".equals(results.get(need)));
    }
    Matcher expression = EXPRESSION.matcher(job(job).text("if"));
    if (!expression.matches()) {
      throw new IllegalStateException("not one expression: " + job(job).text("if"));
    }
    return Stream.of(expression.group(1).split("&&"))
        .allMatch(comparison -> holds(comparison.strip(), results));
  }

  private static boolean holds(String comparison, Map<String, String> results) {
    Matcher matcher = COMPARISON.matcher(comparison);
    if (!matcher.matches()) {
      throw new IllegalStateException("not a comparison: " + comparison);
    }
    String job = matcher.group(1).replace("needs.", "").replace(".result", "");
    return matcher.group(2).equals(results.get(job));
  }

  /// `text` with its expressions filled in.
  static String filled(String text, UnaryOperator<String> value) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(value.apply(m.group(1))));
  }
}
