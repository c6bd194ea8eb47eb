package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.Finding;
import java.nio.file.Path;
import java.util.List;

/// What must hold of a run before it is attested, beyond integrity and approval.
@FunctionalInterface
public interface RunCheck {

  /// Everything that does not hold; empty when all does.
  ///
  /// @param root the folder that holds `runs/` and `governance/`
  List<Finding> check(Path root, String runId);
}
