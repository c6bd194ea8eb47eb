package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import dev.fedcore.evidence.tar.TarWriter;
import java.util.Map;
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

  static RunFiles seal(RunFiles run, Defences defences) {
    if (run.has(HashedRegion.SUMS)) {
      throw new IllegalStateException("a sealed run is not sealed again");
    }
    RunFiles canonical = defences.canonical(run);
    return canonical.with(HashedRegion.SUMS, defences.sums(canonical));
  }

  /// The archive of a sealed run: what its sums name, and the sums.
  public static byte[] archive(Snapshot run) {
    Map<String, byte[]> members = new TreeMap<>(HashedRegion.of(run));
    run.file(HashedRegion.SUMS).ifPresent(sums -> members.put(HashedRegion.SUMS, sums));
    return TarWriter.write(new TreeMap<>(members));
  }

  static RunFiles canonical(RunFiles run) {
    return ClockTimes.isolate(run);
  }

  static byte[] sums(RunFiles run) {
    return Sums.of(run.snapshot()).bytes();
  }
}
