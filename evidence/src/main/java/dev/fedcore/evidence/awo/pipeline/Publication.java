package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.sums.HashedRegion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Moves what a finalisation put together to its places: attestations, approval, and last the
/// index, which is what makes a run published. Who is interrupted between two moves is finished by
/// whoever finalises next.
record Publication(Workspace workspace, RunName run) {

  private static final String READY = "READY";

  /// When it was attested, which stands apart from what is hashed.
  private static final String ATTESTED = "timestamps/attested.dsse.json";

  /// Finishes publications that were interrupted, and removes what never was ready.
  static void recover(Workspace workspace) {
    Path staged = workspace.staging(new RunName("x")).root().resolveSibling("");
    for (String name : Workspace.names(staged)) {
      var publication = new Publication(workspace, new RunName(name));
      if (Files.exists(staged.resolve(name).resolve(READY))) {
        publication.move();
      } else {
        Workspace.remove(staged.resolve(name));
      }
    }
  }

  /// Publishes; from the first line on there is no way back.
  void publish() {
    Path ready = workspace.staging(run).root().resolve(READY);
    Workspace.write(ready, "publish\n".getBytes(StandardCharsets.US_ASCII));
    move();
  }

  private void move() {
    Workspace staged = workspace.staging(run);
    move(staged.attestations(run), workspace.attestations(run));
    move(
        staged.run(run).resolve(HashedRegion.APPROVAL),
        workspace.run(run).resolve(HashedRegion.APPROVAL));
    move(staged.run(run).resolve(ATTESTED), workspace.run(run).resolve(ATTESTED));
    move(staged.index(), workspace.index());
    Workspace.remove(staged.root());
  }

  private static void move(Path from, Path to) {
    if (Files.exists(from)) {
      Workspace.move(from, to);
    }
  }
}
