package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import java.util.List;

/// The last validator: whether a run went the whole way, and nothing was changed or put in by hand
/// on it. Reads everything afresh, and believes nobody.
public final class Chain {

  private final Workspace workspace;
  private final Attestor attestor;
  private final Defences defences;

  public Chain(Workspace workspace, Attestor attestor) {
    this(workspace, attestor, Defences.ALL);
  }

  Chain(Workspace workspace, Attestor attestor, Defences defences) {
    this.workspace = workspace;
    this.attestor = attestor;
    this.defences = defences;
  }

  /// What has to hold before a run is attested: its integrity, its logs, gate 2 and its approval.
  public List<Finding> beforeAttestation(RunName run) {
    return new ChainCheck(run, workspace, attestor, defences).approved();
  }

  /// Looks at every link: integrity, independence logs, gate 2, approval, attestation, index.
  public ChainReport validate(RunName run) {
    return new ChainCheck(run, workspace, attestor, defences).report();
  }
}
