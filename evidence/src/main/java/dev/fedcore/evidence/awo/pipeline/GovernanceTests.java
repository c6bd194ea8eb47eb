package dev.fedcore.evidence.awo.pipeline;

import static dev.fedcore.evidence.awo.pipeline.Scene.MAKER;
import static dev.fedcore.evidence.awo.pipeline.Scene.REVIEWER;
import static dev.fedcore.evidence.awo.pipeline.Scene.RUN;
import static dev.fedcore.evidence.awo.pipeline.Scene.all;
import static dev.fedcore.evidence.awo.pipeline.Scene.found;
import static dev.fedcore.evidence.awo.pipeline.Scene.published;
import static dev.fedcore.evidence.awo.pipeline.Scene.refused;
import static dev.fedcore.evidence.awo.pipeline.Scene.require;
import static dev.fedcore.evidence.awo.pipeline.Scene.unpublished;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Gate2Verdict.Status;
import dev.fedcore.evidence.awo.pipeline.Suite.Layer;
import dev.fedcore.evidence.awo.pipeline.Suite.SuiteTest;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Layers I and II: who may approve, and that nothing changes.
final class GovernanceTests {

  private static final String REPORT = "report.md";

  private GovernanceTests() {}

  static Layer governance() {
    return new Layer(
        "Governance",
        List.of(
            new SuiteTest(
                "G1", "a reviewer passes and is logged", AwoCode.STR_001, GovernanceTests::g1),
            new SuiteTest(
                "G2", "its maker may not approve a run", AwoCode.GOV_001, GovernanceTests::g2),
            new SuiteTest(
                "G3", "an override passes and is logged", AwoCode.GOV_001, GovernanceTests::g3),
            new SuiteTest(
                "G4", "an override hides no broken run", AwoCode.GOV_002, GovernanceTests::g4),
            new SuiteTest(
                "G5", "two accounts pass both gates", AwoCode.ATT_001, GovernanceTests::g5),
            new SuiteTest(
                "G6",
                "a recomputed hash that differs fails",
                AwoCode.INT_001,
                GovernanceTests::g6)));
  }

  static Layer integrity() {
    return new Layer(
        "Integrity",
        List.of(
            new SuiteTest("I1", "a changed file is found", AwoCode.INT_001, GovernanceTests::i1),
            new SuiteTest(
                "I2", "added and deleted files are found", AwoCode.INT_002, GovernanceTests::i2),
            new SuiteTest(
                "I3",
                "without integrity nothing is attested",
                AwoCode.INT_002,
                GovernanceTests::i3),
            new SuiteTest(
                "I4", "two archives are the same bytes", AwoCode.INT_001, GovernanceTests::i4),
            new SuiteTest("I5", "a copy is the same run", AwoCode.INT_001, GovernanceTests::i5)));
  }

  private static Optional<String> g1(Scene scene) {
    Workspace workspace = scene.workspace("w");
    Gate2Verdict verdict = scene.gate2(workspace, REVIEWER, false);
    return all(
        List.of(
            require(verdict.passes(), "gate 2 said " + verdict.status()),
            require(logged(workspace).equals(Optional.of(verdict.status())), "there is no log")));
  }

  private static Optional<String> g2(Scene scene) {
    Workspace workspace = scene.workspace("w");
    Gate2Verdict verdict = scene.gate2(workspace, "ALICE", false);
    return all(
        List.of(
            require(!verdict.passes(), "gate 2 let its maker approve a run"),
            found("gate 2", verdict.findings(), AwoCode.GOV_001)));
  }

  private static Optional<String> g3(Scene scene) {
    Workspace workspace = scene.workspace("w");
    Gate2Verdict verdict = scene.gate2(workspace, MAKER, true);
    return all(
        List.of(
            require(verdict.passes(), "gate 2 said " + verdict.status()),
            require(
                logged(workspace).equals(Optional.of(Status.SELF_APPROVED_WITH_OVERRIDE)),
                "the log does not say that there was an override")));
  }

  private static Optional<String> g4(Scene scene) {
    var workspace = new Workspace(scene.folder().resolve("w"));
    scene.put(
        workspace, Sealing.seal(scene.made(RUN, Scene.NOW).without(REPORT), scene.defences()));
    Gate2Verdict verdict = scene.gate2(workspace, MAKER, true);
    return all(
        List.of(
            require(!verdict.passes(), "the override hid that there is no report"),
            found("gate 2", verdict.findings(), AwoCode.GOV_002)));
  }

  private static Optional<String> g5(Scene scene) {
    Workspace workspace = scene.workspace("w");
    Gate2Verdict verdict = scene.gate2(workspace, REVIEWER, false);
    return all(
        List.of(
            require(verdict.passes(), "gate 2 said " + verdict.status()),
            require(scene.gate3(workspace, REVIEWER).isEmpty(), "gate 3 refused the reviewer"),
            found("gate 3", scene.gate3(workspace, "carol"), AwoCode.ATT_001),
            published(scene.finalise(workspace, REVIEWER))));
  }

  private static Optional<String> g6(Scene scene) {
    Workspace workspace = scene.workspace("w");
    scene.tamper(workspace, REPORT);
    Gate2Verdict verdict = scene.gate2(workspace, REVIEWER, false);
    return all(
        List.of(
            require(!verdict.passes(), "gate 2 let a changed run pass"),
            found("gate 2", verdict.findings(), AwoCode.INT_001, AwoCode.GOV_002)));
  }

  private static Optional<String> i1(Scene scene) {
    Workspace workspace = scene.workspace("w");
    scene.tamper(workspace, "artifacts/agreed.txt");
    Snapshot run = workspace.snapshot(RUN);
    return found("integrity", scene.defences().integrity(run).findings(), AwoCode.INT_001);
  }

  private static Optional<String> i2(Scene scene) {
    Workspace more = scene.workspace("more");
    Workspace.write(more.run(RUN).resolve("artifacts/smuggled.txt"), bytes("smuggled"));
    Workspace fewer = scene.workspace("fewer");
    delete(fewer.run(RUN).resolve("artifacts/agreed.txt"));
    return all(
        List.of(
            found("integrity", integrity(scene, more), AwoCode.INT_002),
            found("integrity", integrity(scene, fewer), AwoCode.INT_002)));
  }

  private static Optional<String> i3(Scene scene) {
    Workspace workspace = scene.workspace("w");
    scene.gate2(workspace, REVIEWER, false);
    delete(workspace.run(RUN).resolve(HashedRegion.SUMS));
    return all(
        List.of(
            refused(scene.finalise(workspace, REVIEWER), AwoCode.INT_002), unpublished(workspace)));
  }

  private static Optional<String> i4(Scene scene) {
    byte[] one = scene.defences().archive(scene.workspace("one"), RUN);
    byte[] two = scene.defences().archive(scene.workspace("two"), RUN);
    return require(Arrays.equals(one, two), "two archives of the same run differ");
  }

  private static Optional<String> i5(Scene scene) {
    Workspace first = scene.workspace("first");
    var copy = new Workspace(scene.folder().resolve("copy"));
    for (String path : first.snapshot(RUN).files().descendingMap().keySet()) {
      Path file = copy.run(RUN).resolve(path);
      Workspace.write(file, Workspace.read(first.run(RUN).resolve(path)));
      age(file);
    }
    byte[] one = scene.defences().archive(first, RUN);
    byte[] two = scene.defences().archive(copy, RUN);
    return all(
        List.of(
            require(integrity(scene, copy).isEmpty(), "the copy is not the run"),
            require(Arrays.equals(one, two), "the archive of the copy differs")));
  }

  private static List<dev.fedcore.evidence.awo.Finding> integrity(Scene scene, Workspace at) {
    return scene.defences().integrity(at.snapshot(RUN)).findings();
  }

  private static Optional<Status> logged(Workspace workspace) {
    List<String> logs = workspace.independenceLogs(RUN);
    return logs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Gate2Verdict.parseLog(Workspace.read(workspace.logs().resolve(logs.getLast())))
                .verdict()
                .status());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + file, e);
    }
  }

  private static void age(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    } catch (IOException e) {
      throw new UncheckedIOException("ageing " + file, e);
    }
  }
}
