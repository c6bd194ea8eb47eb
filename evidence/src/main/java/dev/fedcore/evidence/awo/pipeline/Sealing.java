package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import dev.fedcore.evidence.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Gives a run its final form: canonical documents, clock times apart, `SHA256SUMS.txt`. A run that
/// has sums is never summed again, so that a change cannot be covered up.
public final class Sealing {

  private Sealing() {}

  /// The run with its sums.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput when one of its documents is no JSON
  /// @throws IllegalStateException when it has sums
  public static RunFiles seal(RunFiles run) {
    return seal(run, Defences.ALL);
  }

  /// Puts a new run into a workspace, sealed, by one rename.
  ///
  /// @return why it was not; empty when it was
  public static List<Finding> put(Workspace workspace, RunName run, RunFiles files) {
    if (Files.exists(workspace.run(run))) {
      return List.of(
          new Finding(AwoCode.REP_001, "runs/" + run, "there is such a run; runs never change"));
    }
    Workspace making = workspace.staging(run);
    Workspace.remove(making.root());
    files.write(making.run(run));
    Workspace.move(making.run(run), workspace.run(run));
    Workspace.remove(making.root());
    return List.of();
  }

  /// Seals a run from elsewhere that lies in a workspace. Its files are replaced by one rename.
  ///
  /// @return why it was not; empty when it was
  public static List<Finding> seal(Workspace workspace, RunName run) {
    Snapshot found = workspace.snapshot(run);
    if (found.files().isEmpty() || !found.findings().isEmpty()) {
      return found.findings().isEmpty()
          ? List.of(new Finding(AwoCode.STR_001, "runs/" + run, "there is no such run"))
          : found.findings();
    }
    if (found.file(HashedRegion.SUMS).isPresent()) {
      return List.of(
          new Finding(AwoCode.REP_001, HashedRegion.SUMS, "a sealed run is not sealed again"));
    }
    Workspace making = workspace.staging(run);
    Workspace.remove(making.root());
    try {
      seal(RunFiles.of(found.files())).write(making.run(run));
    } catch (MalformedInput e) {
      return List.of(new Finding(AwoCode.GOV_002, "", String.valueOf(e.getMessage())));
    }
    Workspace.move(workspace.run(run), making.root().resolve("replaced"));
    Workspace.move(making.run(run), workspace.run(run));
    Workspace.remove(making.root());
    return List.of();
  }

  static RunFiles seal(RunFiles run, Defences defences) {
    if (run.has(HashedRegion.SUMS)) {
      throw new IllegalStateException("a sealed run is not sealed again");
    }
    RunFiles canonical = defences.canonical(run);
    return canonical.with(HashedRegion.SUMS, defences.sums(canonical));
  }

  /// The archive of a sealed run: what its sums name, and the sums.
  public static byte[] archive(Snapshot run) {
    return TarWriter.write(members(run));
  }

  /// Writes the archive as it is made.
  ///
  /// @throws IOException when `out` takes no more
  public static void archive(Snapshot run, OutputStream out) throws IOException {
    TarWriter.write(members(run), out);
  }

  private static NavigableMap<String, byte[]> members(Snapshot run) {
    var members = new TreeMap<String, byte[]>(HashedRegion.of(run));
    run.file(HashedRegion.SUMS).ifPresent(sums -> members.put(HashedRegion.SUMS, sums));
    return members;
  }

  static RunFiles canonical(RunFiles run) {
    return ClockTimes.isolate(run);
  }

  static byte[] sums(RunFiles run) {
    return Sums.of(run.snapshot()).bytes();
  }
}
