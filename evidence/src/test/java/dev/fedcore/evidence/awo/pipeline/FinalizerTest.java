package dev.fedcore.evidence.awo.pipeline;

import static dev.fedcore.evidence.awo.pipeline.Scene.REVIEWER;
import static dev.fedcore.evidence.awo.pipeline.Scene.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.sums.HashedRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the suite does not ask: interruptions, and records that somebody swapped.
class FinalizerTest {

  @TempDir Path folder = Path.of("");

  private Scene scene = new Scene(folder, new PlainAttestor(true), Defences.ALL);

  @BeforeEach
  void here() {
    scene = new Scene(folder, new PlainAttestor(true), Defences.ALL);
  }

  private List<AwoCode> chain(Workspace workspace) {
    return scene.chain(workspace).findings().stream().map(Finding::code).distinct().toList();
  }

  @Test
  void a_publication_that_was_interrupted_is_finished_by_the_next_one() throws IOException {
    Workspace whole = scene.published("whole");
    Workspace cut = scene.workspace("cut");
    scene.gate2(cut, REVIEWER, false);
    Workspace staged = cut.staging(RUN);
    copy(whole.attestations(RUN), cut.attestations(RUN));
    copy(
        whole.run(RUN).resolve(HashedRegion.APPROVAL),
        staged.run(RUN).resolve(HashedRegion.APPROVAL));
    copy(whole.index(), staged.index());
    Workspace.write(staged.root().resolve("READY"), "publish\n".getBytes(UTF_8));

    Finalised next = scene.finalise(cut, new RunName("another"), REVIEWER);

    assertThat(next).isInstanceOf(Finalised.Refused.class);
    assertThat(scene.chain(cut).findings()).isEmpty();
    assertThat(staged.root()).doesNotExist();
  }

  @Test
  void what_never_was_ready_is_forgotten() {
    Workspace workspace = scene.workspace("w");
    scene.gate2(workspace, REVIEWER, false);
    Workspace.write(workspace.staging(RUN).index(), "half an index".getBytes(UTF_8));

    assertThat(scene.finalise(workspace, REVIEWER)).isInstanceOf(Finalised.Published.class);
    assertThat(chain(workspace)).isEmpty();
  }

  @Test
  void a_stage_that_refuses_leaves_a_reason_and_nothing_else() {
    Workspace workspace = scene.workspace("w");

    Finalised ended = scene.finalise(workspace, REVIEWER);

    assertThat(ended).isInstanceOf(Finalised.Refused.class);
    assertThat(Workspace.names(workspace.root())).containsExactly(".awo", "governance", "runs");
    assertThat(Workspace.names(workspace.logs()))
        .containsExactly("failure_" + RUN + "_2026-01-01_09-30-00Z.json");
    assertThat(Workspace.names(workspace.staging(RUN).root())).isEmpty();
  }

  @Test
  void a_log_of_another_run_is_a_replay() throws IOException {
    Workspace workspace = scene.published("w");
    Path log = workspace.logs().resolve(workspace.independenceLogs(RUN).getFirst());
    String text = Files.readString(log).replace(RUN.value(), "run_other");
    Workspace.write(log, text.getBytes(UTF_8));

    assertThat(chain(workspace)).contains(AwoCode.REP_001);
  }

  @Test
  void a_verdict_that_was_rewritten_does_not_pass() throws IOException {
    Workspace workspace = scene.workspace("w");
    scene.gate2(workspace, Scene.MAKER, false);
    Path log = workspace.logs().resolve(workspace.independenceLogs(RUN).getFirst());
    String text =
        Files.readString(log)
            .replace("FAILED_SELF_APPROVAL", "APPROVED_BY_INDEPENDENT_REVIEWER")
            .replace("its maker may not review it", "reviewed by somebody else than its maker")
            .replace("[\"GOV-001\"]", "[]");
    Workspace.write(log, text.getBytes(UTF_8));

    Finalised ended = scene.finalise(workspace, Scene.MAKER);

    assertThat(ended).isInstanceOf(Finalised.Refused.class);
    assertThat(((Finalised.Refused) ended).findings())
        .extracting(Finding::code)
        .contains(AwoCode.GOV_001);
  }

  @Test
  void records_that_are_not_those_that_were_published_are_a_replay() {
    Workspace workspace = scene.published("w");
    var index = ProvenanceIndex.read(workspace.root());
    var entry = index.entry(RUN.value()).orElseThrow();
    var other =
        new dev.fedcore.evidence.awo.provenance.ProvenanceEntry(
            entry.runId(),
            "another commit",
            entry.workflowRunUrl(),
            entry.approvedBy(),
            entry.attestationPath(),
            entry.sha256Root(),
            entry.approvalSha256(),
            entry.attestationSha256());
    Workspace.write(workspace.index(), index.with(other).bytes());

    assertThat(chain(workspace)).containsExactly(AwoCode.REP_001);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling(""));
    if (Files.isDirectory(from)) {
      for (String name : Workspace.names(from)) {
        copy(from.resolve(name), to.resolve(name));
      }
    } else {
      Files.copy(from, to);
    }
  }
}
