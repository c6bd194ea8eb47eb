package dev.fedcore.evidence.awo.cri;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.folder.RunName;
import java.time.Instant;

/// Workflow files for tests.
public final class SampleWorkflows {

  public static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  public static final RunName RUN = new RunName("run_2026-05-04T12-00-00Z");

  private SampleWorkflows() {}

  /// Every operator once, and a gate before the last step.
  public static CriWorkflow demo() {
    return CriWorkflow.parse(
        """
        {"name": "demo", "version": "1.0", "description": "all operators", "steps": [
          {"id": "scope_1", "op": "scope_validate", "args": {"claim": {
            "id": "claim-1", "statement": "the summary mentions the battery",
            "predictions": [{"name": "battery", "tolerance": {"max": 1}}],
            "falsification_tests": [{"name": "ui", "must_pass": true}]}}},
          {"id": "fanout_1", "op": "fanout_generate", "models": ["echo", "upper", "reverse"],
            "prompt": "The battery lasts all day but the UI is confusing.", "params": {"seed": 1}},
          {"id": "texts", "op": "write_text",
            "args": {"path": "notes/fanout.txt", "from_step": "fanout_1"}},
          {"id": "consensus_1", "op": "consensus_vote", "inputs_from": "fanout_1"},
          {"id": "quality", "op": "assert_contains",
            "args": {"from_step": "consensus_1", "must_include": ["battery lasts", "UI is"]}},
          {"id": "gate", "op": "audit_gate", "args": {"checklist": "checklist.md"}},
          {"id": "late", "op": "write_text", "args": {"path": "late.txt", "text": "never"}}]}
        """
            .getBytes(UTF_8));
  }

  /// One step that is written as JSON.
  public static CriWorkflow of(String step) {
    return CriWorkflow.parse(
        "{\"name\":\"one\",\"steps\":[%s]}".formatted(step.replace('\'', '"')).getBytes(UTF_8));
  }

  public static CriSettings settings(String orchestrator) {
    return new CriSettings(RUN, orchestrator, "c0ffee", "main", "0.1.0");
  }

  public static CriRun run(CriWorkflow workflow) {
    return CriRunner.run(workflow, settings("alice"), () -> NOON);
  }
}
