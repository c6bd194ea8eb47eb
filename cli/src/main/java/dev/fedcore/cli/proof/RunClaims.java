package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.offline.ViewContents;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.Finding;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.evidence.verify.RunVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What must hold of every run, whatever happened in it. Checked from the fetched bytes alone.
final class RunClaims {

  private final String trial;
  private final CapturedRun run;
  private final List<Claim> claims = new ArrayList<>();

  private RunClaims(String trial, CapturedRun run) {
    this.trial = trial;
    this.run = run;
  }

  static List<Claim> of(String trial, CapturedRun run) {
    var claims = new RunClaims(trial, run);
    claims.evidence();
    claims.log();
    claims.order();
    return List.copyOf(claims.claims);
  }

  /// Hashes, chains, genesis, receipts and the workflow hash, by the evidence module.
  private void evidence() {
    List<Exhibit> contents = ViewContents.of(run.json().getBytes(UTF_8));
    VerificationReport report =
        RunVerifier.verify(new RunEvidence(run.id(), run.entries(), run.receipts(), contents));
    claim(
        "%d entries and %d receipts verify: hashes, chains, genesis, inputs and outputs"
            .formatted(report.entries(), report.receipts()),
        report.verified() && report.entries() > 0,
        report.findings().stream().map(RunClaims::text).collect(Collectors.joining("; ")));
    var view = view();
    claim(
        "the run's audit head is its last entry",
        !run.entries().isEmpty() && view.text("audit_head").equals(run.entries().getLast().hash()),
        view.text("audit_head"));
    claim(
        "the run names as many entries as there are",
        view.integer("version").orElse(-1) == run.entries().size(),
        view.text("version"));
    List<String> kept = run.receipts().stream().map(Exhibit::hash).toList();
    claim(
        "every receipt that the run names is there",
        kept.containsAll(view.texts("receipt_chain"))
            && (!view.has("workflow_receipt_hash")
                || kept.contains(view.text("workflow_receipt_hash"))),
        "missing among " + kept.size());
  }

  /// The signed checkpoint and each entry's place under it.
  private void log() {
    String problem = "";
    try {
      List<NoteVerifier> verifiers = List.of(NoteVerifier.parse(run.key()));
      for (int i = 0; i < run.proofs().size(); i++) {
        byte[] entry = Sha256.parseHex(run.entries().get(i).hash());
        TlogProof.parse(run.proofs().get(i).getBytes(UTF_8)).verify(entry, verifiers);
      }
    } catch (EvidenceRejected | IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    boolean all = !run.proofs().isEmpty() && run.proofs().size() == run.entries().size();
    claim(
        "the checkpoint's signature holds, and every entry is in the log under it",
        all && problem.isEmpty(),
        problem.isEmpty() ? "the tiles give no proofs" : problem);
  }

  /// Nothing is started before it was decided, and every entry says who and when.
  private void order() {
    List<JsonView> entries =
        run.entries().stream()
            .map(exhibit -> new JsonView(JsonReader.readObject(exhibit.bytes(), Answer.LIMITS)))
            .toList();
    var decided = new HashSet<String>();
    String early = "";
    String before = "";
    boolean complete = true;
    boolean ascending = true;
    for (JsonView entry : entries) {
      String attempt = entry.text("step_id") + "/" + entry.object("details").text("attempt");
      switch (entry.text("event_type")) {
        case "FC-POLICY-001" -> decided.add(attempt);
        case "FC-STEP-001" -> early = decided.contains(attempt) ? early : attempt;
        default -> {}
      }
      complete &= !entry.text("actor_id").isEmpty() && !entry.text("timestamp").isEmpty();
      ascending &= before.compareTo(entry.text("timestamp")) <= 0;
      before = entry.text("timestamp");
    }
    claim("no step was started before it was decided", early.isEmpty(), early);
    claim("every entry names its actor and its time, in order", complete && ascending, before);
  }

  private JsonView view() {
    return new JsonView(JsonReader.readObject(run.json().getBytes(UTF_8), Answer.LIMITS));
  }

  private void claim(String sentence, boolean holds, String otherwise) {
    claims.add(new Claim(trial, sentence, holds, holds ? "" : otherwise));
  }

  private static String text(Finding finding) {
    return "%s %s: %s".formatted(finding.code(), finding.where(), finding.what());
  }
}
