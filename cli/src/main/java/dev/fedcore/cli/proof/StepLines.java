package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.verify.Exhibit;
import java.util.List;
import java.util.Locale;

/// A trial as text: requests and answers, then what the steps did, then the audit trail.
final class StepLines {

  private StepLines() {}

  static String of(TrialResult result) {
    var text = new StringBuilder();
    text.append(
        "PT-004 test %s: %s%n%n".formatted(result.trial().letter(), result.trial().title()));
    text.append("Requests and answers\n");
    result.transcript().forEach(line -> text.append("  ").append(line).append('\n'));
    for (CapturedRun run : result.runs()) {
      text.append("\nRun ").append(run.id()).append('\n');
      steps(run).forEach(line -> text.append("  ").append(line).append('\n'));
      text.append("\nAudit trail\n");
      entries(run).forEach(line -> text.append("  ").append(line).append('\n'));
    }
    text.append("\nClaims\n");
    for (Claim claim : result.claims()) {
      text.append("  %-6s %s%n".formatted(claim.word(), claim.sentence()));
    }
    return text.toString();
  }

  /// One line a step that was started: its times and hashes.
  static List<String> steps(CapturedRun run) {
    return view(run).objects("steps").stream()
        .filter(step -> step.has("started_at"))
        .map(step ->
            "Step %s started %s → %s %s  input %s  output %s  receipt %s"
                .formatted(
                    step.text("step_id"),
                    step.text("started_at"),
                    step.text("status").toLowerCase(Locale.ROOT),
                    step.text("ended_at"),
                    step.text("input_hash"),
                    orNone(step.text("output_hash")),
                    orNone(step.text("receipt_hash"))))
        .toList();
  }

  /// One line a decision: who decided what, by which rules.
  static List<String> decisions(CapturedRun run) {
    return view(run).objects("steps").stream()
        .filter(step -> step.has("decision"))
        .map(step -> line(step.text("step_id"), step.object("decision")))
        .toList();
  }

  private static String line(String step, JsonView decision) {
    return "%s: %s, tier %s, policy %s %s, rules %s: %s"
        .formatted(
            step,
            decision.text("decision"),
            decision.text("tier"),
            decision.text("policy_id"),
            decision.text("policy_version"),
            decision.joined("rules_triggered"),
            decision.text("reason"));
  }

  /// One line an entry.
  static List<String> entries(CapturedRun run) {
    return run.entries().stream().map(StepLines::entry).toList();
  }

  private static String entry(Exhibit exhibit) {
    var entry = new JsonView(JsonReader.readObject(exhibit.bytes(), Answer.LIMITS));
    return "%s %s %s by %s: %s%s  entry %s"
        .formatted(
            entry.text("seq"),
            entry.text("timestamp"),
            entry.text("event_type"),
            entry.text("actor_id"),
            entry.text("message"),
            entry.has("evidence_pack_ref") ? "  receipt " + entry.text("evidence_pack_ref") : "",
            exhibit.hash());
  }

  static JsonView view(CapturedRun run) {
    return new JsonView(JsonReader.readObject(run.json().getBytes(UTF_8), Answer.LIMITS));
  }

  private static String orNone(String hash) {
    return hash.isEmpty() ? "none" : hash;
  }
}
