package dev.fedcore.evidence.awo.provenance;

import dev.fedcore.evidence.awo.folder.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds every run of a workspace: in its folders and in its index.
public final class RunDiscovery {

  private RunDiscovery() {}

  /// How a run stands.
  public enum Standing {
    /// In the index, with its folder and its attestation.
    PUBLISHED,
    /// Made, and not approved yet.
    PENDING,
    /// Approved or attested but not in the index, or there without its folder or attestation
    /// (STR-001).
    ORPHAN
  }

  /// One run that was found.
  public record FoundRun(String runId, Standing standing, Optional<ProvenanceEntry> entry) {}

  /// All runs, by run id.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput when the index cannot be read
  public static List<FoundRun> all(Path root) {
    ProvenanceIndex index = ProvenanceIndex.read(root);
    Set<String> folders = folders(root.resolve(Workspace.RUNS));
    Set<String> attested = folders(root.resolve(Workspace.ATTESTATIONS));
    Set<String> runs = new TreeSet<>(folders);
    runs.addAll(attested);
    index.entries().forEach(entry -> runs.add(entry.runId()));
    return runs.stream()
        .map(run -> {
          Optional<ProvenanceEntry> entry = index.entry(run);
          boolean there = folders.contains(run);
          boolean approved =
              Files.exists(root.resolve(Workspace.RUNS).resolve(run).resolve("approval.json"));
          boolean whole = there && attested.contains(run) && approved;
          boolean pending = there && !attested.contains(run) && !approved;
          Standing standing =
              entry.isPresent()
                  ? (whole ? Standing.PUBLISHED : Standing.ORPHAN)
                  : (pending ? Standing.PENDING : Standing.ORPHAN);
          return new FoundRun(run, standing, entry);
        })
        .toList();
  }

  private static Set<String> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return Set.of();
    }
    try (Stream<Path> inside = Files.list(parent)) {
      return new TreeSet<>(
          inside.filter(Files::isDirectory).map(p -> String.valueOf(p.getFileName())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + parent, e);
    }
  }
}
