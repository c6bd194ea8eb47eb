package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.Finding;
import java.util.List;

/// Ends a finalisation from within; never leaves this package. Carries no stack trace.
final class PipelineRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Finalizer.Stage stage;
  private final transient List<Finding> findings;

  PipelineRefused(Finalizer.Stage stage, List<Finding> findings) {
    super("refused", null, false, false);
    this.stage = stage;
    this.findings = List.copyOf(findings);
  }

  Finalised.Refused refusal() {
    return new Finalised.Refused(stage, findings);
  }
}
