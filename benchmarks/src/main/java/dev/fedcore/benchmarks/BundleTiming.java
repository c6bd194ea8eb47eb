package dev.fedcore.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.attest.Attestor.Signer;
import dev.fedcore.evidence.awo.attest.Bundle;
import dev.fedcore.evidence.awo.attest.BundleReport;
import dev.fedcore.evidence.awo.attest.BundleVerifier;
import dev.fedcore.evidence.awo.cri.CriRunner;
import dev.fedcore.evidence.awo.cri.CriSettings;
import dev.fedcore.evidence.awo.cri.CriWorkflow;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Finalised;
import dev.fedcore.evidence.awo.pipeline.Finalizer;
import dev.fedcore.evidence.awo.pipeline.Gate2;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.awo.pipeline.Sealing;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.keys.Trust.Role;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/// One AWO run of many files, on its way through the classes behind `fedcore awo`: sealed, judged,
/// published, written as one file, and verified from that file alone.
///
/// Keys are made once, and a workspace has one run. The files that the workflow's own do not fill
/// up are JSON documents of 2 KiB, which are made canonical like the others.
final class BundleTiming {

  private static final String MAKER = "maker";
  private static final String REVIEWER = "reviewer";
  private static final String SIGNER = "https://fedcore.dev/bench/attestor";
  private static final int DOCUMENT_BYTES = 2_048;

  private static final String WORKFLOW =
      """
      {"name": "bench", "steps": [
        {"id": "scope", "op": "scope_validate", "args": {"claim": {"id": "claim-1",
          "statement": "the texts agree", "falsification_tests": [{"must_pass": true}]}}},
        {"id": "ask", "op": "fanout_generate", "models": ["echo", "upper", "reverse"],
          "prompt": "every step is a decision"},
        {"id": "agree", "op": "consensus_vote", "inputs_from": "ask"},
        {"id": "keep", "op": "write_text", "args": {"path": "agreed.txt", "from_step": "agree"}},
        {"id": "review", "op": "audit_gate"}]}
      """;

  private final int files;
  private final InstantSource clock;
  private final KeyedAttestor attestor;

  /// @param files of the run when it is made, at least; sealing and publishing add theirs
  /// @param clock for the times that a run is stamped with
  BundleTiming(int files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519);
    NoteSigner log = NoteSigner.generate("fedcore.dev/bench");
    var trust =
        new Trust(
            List.of(NoteVerifier.parse(log.verifierKey())),
            List.of(new Trust.Attestor(SIGNER, EnumSet.allOf(Role.class), key.verifyingKey())));
    this.attestor = new KeyedAttestor(new Signer(SIGNER, key), log, trust, clock);
  }

  /// How long each took once, in nanoseconds.
  ///
  /// @param seal from the run in memory to its sealed folder
  /// @param finalise what `awo finalize` does
  /// @param pack what `awo attest bundle` does, without writing the file
  /// @param verify what `verify --trust` does with the file's bytes
  /// @param files of the run when it was made
  /// @param bytes of the bundle
  record Once(long seal, long finalise, long pack, long verify, int files, long bytes) {}

  /// Takes a new run all the way, in the folder `root`, which is empty.
  ///
  /// @throws IllegalStateException if the run is not published, or its bundle does not verify
  Once once(Path root) {
    var workspace = new Workspace(root);
    RunName run = RunName.at(clock.instant());
    RunFiles made = made(run);

    long begun = System.nanoTime();
    require(Sealing.put(workspace, run, Sealing.seal(made)).isEmpty(), "sealed");
    long seal = System.nanoTime() - begun;

    var asked = new Gate2.Request(run, MAKER, REVIEWER, false);
    require(new Gate2(workspace).pass(asked, clock.instant()).passes(), "judged");
    var request = new Finalizer.Request(run, REVIEWER, "");

    begun = System.nanoTime();
    Finalised ended = new Finalizer(workspace, attestor).finalizeRun(request, clock.instant());
    long finalise = System.nanoTime() - begun;
    require(ended instanceof Finalised.Published, "published");

    begun = System.nanoTime();
    byte[] bundle = Bundle.ofRun(root, run.value()).archive();
    long pack = System.nanoTime() - begun;

    begun = System.nanoTime();
    BundleReport report = new BundleVerifier(attestor.trust(), clock.instant()).verify(bundle);
    long verify = System.nanoTime() - begun;
    require(report.verified(), "verified");
    return new Once(seal, finalise, pack, verify, made.paths().size(), bundle.length);
  }

  private RunFiles made(RunName run) {
    var settings = new CriSettings(run, MAKER, "0".repeat(40), "main", "bench");
    var workflow = CriWorkflow.parse(WORKFLOW.getBytes(UTF_8));
    var all = new TreeMap<>(CriRunner.run(workflow, settings, clock).files().asMap());
    for (int i = 0; all.size() < files; i++) {
      String text = "line %d ".formatted(i);
      JsonObject document =
          JsonObject.builder()
              .put("number", i)
              .put("text", text.repeat(DOCUMENT_BYTES / text.length()))
              .build();
      all.put("artifacts/part-%04d.json".formatted(i), document.canonicalBytes());
    }
    return RunFiles.of(all);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("the bench's own run was not " + what);
    }
  }
}
