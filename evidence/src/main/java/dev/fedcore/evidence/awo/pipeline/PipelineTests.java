package dev.fedcore.evidence.awo.pipeline;

import static dev.fedcore.evidence.awo.pipeline.Scene.MAKER;
import static dev.fedcore.evidence.awo.pipeline.Scene.NOW;
import static dev.fedcore.evidence.awo.pipeline.Scene.REVIEWER;
import static dev.fedcore.evidence.awo.pipeline.Scene.RUN;
import static dev.fedcore.evidence.awo.pipeline.Scene.all;
import static dev.fedcore.evidence.awo.pipeline.Scene.found;
import static dev.fedcore.evidence.awo.pipeline.Scene.refused;
import static dev.fedcore.evidence.awo.pipeline.Scene.require;
import static dev.fedcore.evidence.awo.pipeline.Scene.unpublished;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Suite.Layer;
import dev.fedcore.evidence.awo.pipeline.Suite.SuiteTest;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.Standing;
import dev.fedcore.evidence.sums.HashedRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Layers V and VI: that there is one way to publication, and that every run can be found.
final class PipelineTests {

  private static final int APPROVERS = 8;

  private PipelineTests() {}

  static Layer pipeline() {
    return new Layer(
        "Pipeline",
        List.of(
            new SuiteTest(
                "P1", "gate 2 stops all that follows", AwoCode.GOV_001, PipelineTests::p1),
            new SuiteTest(
                "P2", "a commit past the pipeline is seen", AwoCode.REP_001, PipelineTests::p2),
            new SuiteTest("P3", "of many approvals one counts", AwoCode.REP_001, PipelineTests::p3),
            new SuiteTest(
                "P4", "the chain sees every broken link", AwoCode.STR_001, PipelineTests::p4)));
  }

  static Layer provenance() {
    return new Layer(
        "Structural provenance",
        List.of(
            new SuiteTest(
                "S1", "the index does not depend on order", AwoCode.STR_001, PipelineTests::s1),
            new SuiteTest(
                "S2", "a run outside of the index is found", AwoCode.STR_001, PipelineTests::s2),
            new SuiteTest("S3", "every failure has a code", AwoCode.GOV_002, PipelineTests::s3)));
  }

  private static Optional<String> p1(Scene scene) {
    Workspace workspace = scene.workspace("w");
    Gate2Verdict verdict = scene.gate2(workspace, MAKER, false);
    return all(
        List.of(
            require(!verdict.passes(), "gate 2 let its maker approve a run"),
            found("gate 3", scene.gate3(workspace, MAKER), AwoCode.GOV_001),
            refused(scene.finalise(workspace, MAKER), AwoCode.GOV_001),
            unpublished(workspace)));
  }

  private static Optional<String> p2(Scene scene) {
    Workspace real = scene.published("real");
    Workspace forged = scene.workspace("forged");
    scene.gate2(forged, REVIEWER, false);
    Workspace.write(
        forged.run(RUN).resolve(HashedRegion.APPROVAL),
        Workspace.read(real.run(RUN).resolve(HashedRegion.APPROVAL)));
    return found("the chain", scene.chain(forged).findings(), AwoCode.REP_001);
  }

  private static Optional<String> p3(Scene scene) {
    Workspace workspace = scene.workspace("w");
    scene.gate2(workspace, REVIEWER, false);
    List<Finalised> ended = Collections.synchronizedList(new ArrayList<>());
    List<Thread> approvers =
        IntStream.range(0, APPROVERS)
            .mapToObj(
                _ -> Thread.ofVirtual().start(() -> ended.add(scene.finalise(workspace, REVIEWER))))
            .toList();
    approvers.forEach(PipelineTests::join);
    ended.add(scene.finalise(workspace, REVIEWER));
    var losers = ended.stream().filter(Finalised.Refused.class::isInstance).toList();
    var problems = new ArrayList<Optional<String>>();
    problems.add(
        require(
            losers.size() == APPROVERS,
            (APPROVERS + 1 - losers.size()) + " approvals counted, of " + (APPROVERS + 1)));
    losers.forEach(loser -> problems.add(refused(loser, AwoCode.REP_001)));
    problems.add(require(scene.chain(workspace).holds(), "the run is not whole"));
    return all(problems);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a test", e);
    }
  }

  private static Optional<String> p4(Scene scene) {
    var problems = new ArrayList<Optional<String>>();
    problems.add(
        require(scene.chain(scene.published("whole")).holds(), "a whole chain does not hold"));
    problems.add(broken(scene, "integrity", AwoCode.INT_001, at -> scene.tamper(at, "index.json")));
    problems.add(
        broken(
            scene,
            "independence_logs",
            AwoCode.STR_001,
            at ->
                at.independenceLogs(RUN)
                    .forEach(log -> GovernanceTests.delete(at.logs().resolve(log)))));
    problems.add(
        broken(
            scene,
            "approval",
            AwoCode.STR_001,
            at -> GovernanceTests.delete(at.run(RUN).resolve(HashedRegion.APPROVAL))));
    problems.add(
        broken(
            scene, "attestation", AwoCode.STR_001, at -> Workspace.remove(at.attestations(RUN))));
    problems.add(
        broken(
            scene, "provenance_index", AwoCode.STR_001, at -> GovernanceTests.delete(at.index())));
    return all(problems);
  }

  private static Optional<String> broken(
      Scene scene, String link, AwoCode code, Consumer<Workspace> breakage) {
    Workspace workspace = scene.published(link);
    breakage.accept(workspace);
    var findings =
        scene.chain(workspace).links().stream()
            .filter(looked -> looked.name().equals(link))
            .flatMap(looked -> looked.findings().stream())
            .toList();
    return found("the chain's link " + link, findings, code);
  }

  private static Optional<String> s1(Scene scene) {
    List<RunName> runs = List.of(new RunName("run_a"), new RunName("run_b"), new RunName("run_c"));
    byte[] up = index(scene, "up", runs);
    byte[] down = index(scene, "down", runs.reversed());
    return require(Arrays.equals(up, down), "runs published in another order give another index");
  }

  private static byte[] index(Scene scene, String name, List<RunName> runs) {
    var workspace = new Workspace(scene.folder().resolve(name));
    var index = ProvenanceIndex.EMPTY;
    for (RunName run : runs) {
      Sealing.seal(scene.made(run, NOW), scene.defences()).write(workspace.run(run));
      var approval =
          new Approval(
              run.value(),
              REVIEWER,
              MAKER,
              root(workspace, run),
              root(workspace, run),
              "c0ffee",
              "");
      var entry =
          ChainCheck.entryOf(run, approval, workspace.snapshot(run), RunFiles.NONE.snapshot());
      index = scene.defences().indexed(index, entry);
    }
    return index.bytes();
  }

  private static String root(Workspace workspace, RunName run) {
    return dev.fedcore.evidence.sums.Integrity.verify(workspace.snapshot(run)).root();
  }

  private static Optional<String> s2(Scene scene) {
    Workspace workspace = scene.published("w");
    Workspace.write(workspace.index(), ProvenanceIndex.EMPTY.bytes());
    boolean flagged =
        scene.defences().runs(workspace).stream()
            .anyMatch(run -> run.runId().equals(RUN.value()) && run.standing() == Standing.ORPHAN);
    return all(
        List.of(
            require(flagged, "nobody noticed that the index lacks a run"),
            found("the chain", scene.chain(workspace).findings(), AwoCode.STR_001)));
  }

  private static Optional<String> s3(Scene scene) {
    List<Consumer<Workspace>> mishaps =
        List.of(
            at -> Workspace.remove(at.run(RUN)),
            at -> Workspace.write(at.index(), "no index".getBytes(UTF_8)),
            at -> Workspace.write(at.run(RUN).resolve("index.json"), "{".getBytes(UTF_8)),
            at -> Workspace.write(at.run(RUN).resolve(HashedRegion.SUMS), new byte[0]),
            at ->
                Workspace.write(
                    at.logs().resolve(RUN + "_independence_9999.json"), "{}".getBytes(UTF_8)));
    var problems = new ArrayList<Optional<String>>();
    for (int i = 0; i < mishaps.size(); i++) {
      Workspace workspace = scene.workspace("mishap-" + i);
      scene.gate2(workspace, REVIEWER, false);
      mishaps.get(i).accept(workspace);
      Finalised ended = scene.finalise(workspace, REVIEWER);
      boolean coded = ended instanceof Finalised.Refused(_, var found) && !found.isEmpty();
      problems.add(require(coded, "mishap %s ended without a code".formatted(i + 1)));
    }
    return all(problems);
  }
}
