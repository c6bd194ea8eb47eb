package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.keys.Trust;
import java.time.InstantSource;
import java.util.List;

/// Checks attestations and has no key to make any.
///
/// @param trust whom to believe
public record Auditor(Trust trust, InstantSource clock) implements Attestor {

  @Override
  public List<Finding> attest(Workspace staged, Workspace target, RunName run) {
    return List.of(new Finding(AwoCode.ATT_001, "", "an auditor does not attest"));
  }

  @Override
  public List<Finding> verify(Workspace workspace, RunName run) {
    return KeyedAttestor.verify(trust, clock, workspace, run);
  }
}
