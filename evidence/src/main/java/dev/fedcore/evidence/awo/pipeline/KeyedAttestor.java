package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.attest.Attestor.Signer;
import dev.fedcore.evidence.awo.attest.BindResult;
import dev.fedcore.evidence.awo.attest.Bundle;
import dev.fedcore.evidence.awo.attest.BundleVerifier;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import java.time.InstantSource;
import java.util.List;

/// Attests with keys, and believes whom a [Trust] names.
///
/// @param signer who vouches
/// @param logSigner of the log below `governance/log`
/// @param trust whom to believe; it has to name both keys
public record KeyedAttestor(Signer signer, NoteSigner logSigner, Trust trust, InstantSource clock)
    implements Attestor {

  @Override
  public List<Finding> attest(Workspace staged, Workspace target, RunName run) {
    var attestor =
        new dev.fedcore.evidence.awo.attest.Attestor(
            staged.root(), target.root(), signer, logSigner, clock, (_, _) -> List.of());
    return switch (attestor.bind(run.value())) {
      case BindResult.Bound _ -> List.of();
      case BindResult.Refused refused -> refused.findings();
    };
  }

  @Override
  public List<Finding> verify(Workspace workspace, RunName run) {
    var verifier = new BundleVerifier(trust, clock.instant());
    return verifier.verify(Bundle.ofRun(workspace.root(), run.value())).findings();
  }

  /// Somebody who has the trust and no keys: checks attestations, and makes none.
  public static Attestor auditor(Trust trust, InstantSource clock) {
    return new Auditor(trust, clock);
  }

  private record Auditor(Trust trust, InstantSource clock) implements Attestor {

    @Override
    public List<Finding> attest(Workspace staged, Workspace target, RunName run) {
      return List.of(new Finding(AwoCode.ATT_001, "", "an auditor does not attest"));
    }

    @Override
    public List<Finding> verify(Workspace workspace, RunName run) {
      var verifier = new BundleVerifier(trust, clock.instant());
      return verifier.verify(Bundle.ofRun(workspace.root(), run.value())).findings();
    }
  }
}
