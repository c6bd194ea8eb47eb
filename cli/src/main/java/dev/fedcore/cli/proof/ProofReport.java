package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.receipt.Timestamp;
import java.util.List;

/// The report that the directive asks for, as Markdown.
final class ProofReport {

  private static final int EXCERPT_LINES = 40;

  private final StringBuilder text = new StringBuilder();
  private final Proof proof;

  private ProofReport(Proof proof) {
    this.proof = proof;
  }

  static String of(Proof proof, String gitSha) {
    var report = new ProofReport(proof);
    report.head(gitSha);
    report.tests();
    report.layers();
    report.chains();
    report.claims();
    report.verdict();
    return report.text.toString();
  }

  private void head(String gitSha) {
    var server = new JsonView(proof.server());
    line("# PT-004: workflow orchestration and execution spine");
    line("");
    line("Workflows are not routed through Federation Core. They are governed by it. Every step");
    line("is a decision. This report was written by `fedcore prove`, which asked a server over");
    line("HTTP only and verified the bytes that it answered.");
    line("");
    line("| what | value |");
    line("|---|---|");
    row("timestamp", Timestamp.of(proof.at()));
    row("git SHA", gitSha.isEmpty() ? "not in a checkout" : gitSha);
    row(
        "git SHA of the server",
        server.text("git_sha").isEmpty() ? "not stated" : server.text("git_sha"));
    row("digest of the server artifact", server.text("artifact_digest"));
    row("version of the server", server.text("version"));
    line("");
  }

  private void tests() {
    line("## Tests");
    line("");
    line("| test | what | runs | claims | result |");
    line("|---|---|---|---|---|");
    for (TrialResult result : proof.results()) {
      List<String> runs =
          result.runs().stream()
              .map(run -> "`%s` %s".formatted(run.id(), StepLines.view(run).text("status")))
              .toList();
      long held = result.claims().stream().filter(Claim::holds).count();
      line(
          "| %s | %s | %s | %d of %d | %s |"
              .formatted(
                  result.trial().letter(),
                  result.trial().title(),
                  String.join("<br>", runs),
                  held,
                  result.claims().size(),
                  result.clean() ? "PASS" : "FAIL"));
    }
    line("");
  }

  private void layers() {
    line("## Layer 1: step visibility");
    spine(1).forEach(run -> excerpt(run.id(), StepLines.steps(run)));
    line("## Layer 2: policy interaction");
    spine(3).forEach(run -> excerpt(run.id(), StepLines.decisions(run)));
    line("## Layer 3: audit trail");
    spine(3).forEach(run -> excerpt(run.id(), StepLines.entries(run)));
  }

  /// The runs of the first tests.
  private List<CapturedRun> spine(int tests) {
    return proof.results().stream().limit(tests).flatMap(r -> r.runs().stream()).toList();
  }

  private void excerpt(String run, List<String> lines) {
    line("");
    line("Run `%s`:".formatted(run));
    line("");
    line("```");
    lines.stream().limit(EXCERPT_LINES).forEach(this::line);
    if (lines.size() > EXCERPT_LINES) {
      line("… and %d more".formatted(lines.size() - EXCERPT_LINES));
    }
    line("```");
    line("");
  }

  private void chains() {
    line("## Receipt chains");
    line("");
    line("| run | entries | receipts | workflow hash | audit head |");
    line("|---|---|---|---|---|");
    for (TrialResult result : proof.results()) {
      for (CapturedRun run : result.runs()) {
        JsonView view = StepLines.view(run);
        String workflowHash = view.has("workflow_hash") ? view.text("workflow_hash") : "none";
        line(
            "| `%s` | %d | %d | `%s` | `%s` |"
                .formatted(
                    run.id(),
                    run.entries().size(),
                    run.receipts().size(),
                    workflowHash,
                    view.text("audit_head")));
      }
    }
    line("");
    line("Anybody can check them again: `fedcore verify %s/receipts`, and".formatted(folder()));
    line("`sha256sum -c SHA256SUMS` in that folder; a receipt's name is its SHA-256.");
    line("");
  }

  private void claims() {
    line("## Claims");
    line("");
    line("| test | claim | result |");
    line("|---|---|---|");
    for (Claim claim : proof.claims()) {
      String word = claim.holds() ? "ok" : "**FAILED**: " + cell(claim.detail());
      line("| %s | %s | %s |".formatted(claim.trial(), cell(claim.sentence()), word));
    }
    line("");
  }

  private void verdict() {
    long failed = proof.claims().stream().filter(claim -> !claim.holds()).count();
    line("## Verdict");
    line("");
    line(
        proof.clean()
            ? "**CLEAN**: all %d claims hold.".formatted(proof.claims().size())
            : "**NOT CLEAN**: %d of %d claims failed.".formatted(failed, proof.claims().size()));
  }

  private static String folder() {
    return ProofFolder.FOLDER;
  }

  private static String cell(String content) {
    return content.replace("|", "\\|").replace('\n', ' ');
  }

  private void row(String what, String value) {
    line("| %s | `%s` |".formatted(what, cell(value)));
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
