package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.ChainReport.Link;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.List;
import java.util.Optional;

/// Puts a run into the index that went the whole way and is not in it, such as after the index was
/// lost. A run that is in it with other records is refused (REP-001).
public record Indexing(Workspace workspace, Attestor attestor) {

  /// Updates the index for one run.
  ///
  /// @return why it was not; empty when the index now has the run
  public List<Finding> update(RunName run) {
    List<Finding> broken =
        new Chain(workspace, attestor)
            .validate(run).links().stream()
                .filter(link -> !link.name().equals(ChainCheck.INDEX_LINK))
                .map(Link::findings)
                .flatMap(List::stream)
                .toList();
    if (!broken.isEmpty()) {
      return broken;
    }
    try {
      return update(run, ProvenanceIndex.read(workspace.root()));
    } catch (MalformedInput e) {
      return List.of(
          new Finding(AwoCode.STR_001, ProvenanceIndex.FILE, String.valueOf(e.getMessage())));
    }
  }

  private List<Finding> update(RunName run, ProvenanceIndex index) {
    Snapshot files = workspace.snapshot(run);
    Approval approval = Approval.parse(files.file(HashedRegion.APPROVAL).orElseThrow());
    ProvenanceEntry entry =
        ChainCheck.entryOf(run, approval, files, Snapshot.read(workspace.attestations(run)));
    Optional<ProvenanceEntry> known = index.entry(run.value());
    if (known.isPresent() && !known.get().equals(entry)) {
      return List.of(
          new Finding(
              AwoCode.REP_001, ProvenanceIndex.FILE, "the run was published with other records"));
    }
    Workspace.write(workspace.index(), index.with(entry).bytes());
    return List.of();
  }
}
