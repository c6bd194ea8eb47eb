package dev.fedcore.evidence.awo.export;

import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.ChainedReceipt;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.StepReceipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The documents around a run's entries and receipts, each made of these alone.
///
/// The run's definition stands where AWO has a commit, since it is what the run was made from.
///
/// @param summary the run's `run.json`
/// @param chain step and gate receipts, in order
record RunFrame(
    RunName run, JsonObject summary, List<AuditEntry> entries, List<ChainedReceipt> chain) {

  private static final String ENGINE = "fedcore";
  private static final String FORMAT = "1";
  private static final int TWO_DIGITS = 10;

  /// Inputs and outputs stay where they can be erased.
  private static final JsonObject NO_ARTIFACTS =
      JsonObject.builder().put("files", JsonObject.EMPTY).build();

  String status() {
    return text("status");
  }

  RunFiles around(RunFiles evidence) {
    return gates(steps(evidence))
        .with("artifacts/index.json", NO_ARTIFACTS)
        .with("environment.json", environment())
        .with("index.json", framed("steps", "index").build())
        .with("provenance.json", provenance())
        .with("randomness.json", randomness())
        .with("report.md", report().getBytes(StandardCharsets.UTF_8))
        .with("run_manifest.json", manifest())
        .with("workflow_frozen.json", workflow());
  }

  private RunFiles steps(RunFiles evidence) {
    RunFiles files = evidence;
    for (ChainedReceipt link : chain) {
      JsonObject step =
          op(link, "index").with("receipt", new JsonString("receipts/" + link.hash() + ".json"));
      files = files.with("steps/" + number(link) + "_" + id(link) + ".json", step);
    }
    return files;
  }

  private RunFiles gates(RunFiles evidence) {
    RunFiles files = evidence;
    for (ChainedReceipt link : chain) {
      if (link instanceof GateReceipt gate) {
        files = files.with("gates/" + number(link) + "_" + id(link) + ".json", gate.bytes());
      }
    }
    return files;
  }

  private JsonObject manifest() {
    return framed("ops", "idx")
        .put("workflow", workflowName())
        .put("notes", "")
        .put("env_ref", "environment.json")
        .build();
  }

  private JsonObject.Builder framed(String list, String number) {
    List<JsonValue> ops = chain.stream().<JsonValue>map(link -> op(link, number)).toList();
    return JsonObject.builder()
        .put("run_id", run.value())
        .put("status", awoStatus())
        .put("started_at", entries.getFirst().timestamp())
        .put("finished_at", entries.getLast().timestamp())
        .put(list, new JsonArray(ops));
  }

  private JsonObject op(ChainedReceipt link, String number) {
    return JsonObject.builder()
        .put(number, link.index() + 1)
        .put("id", id(link))
        .put("op", word(link))
        .build();
  }

  private JsonObject environment() {
    return JsonObject.builder()
        .put("os", "any")
        .put("platform", "java")
        .put("python", "none")
        .put(
            "git",
            JsonObject.builder()
                .put("branch", workflowName())
                .put("commit", text("definition_hash"))
                .build())
        .put("runner", named())
        .put("tools", JsonArray.of(named()))
        .build();
  }

  private static JsonObject named() {
    return JsonObject.builder().put("name", ENGINE).put("version", FORMAT).build();
  }

  private JsonObject provenance() {
    return JsonObject.builder()
        .put("run_id", run.value())
        .put("orchestrator", entries.getFirst().actorId())
        .put(
            "inputs_digest",
            JsonObject.builder()
                .put("definition", "sha256:" + text("definition_hash"))
                .put("input", "sha256:" + text("input_hash"))
                .build())
        .put("code_digest", "sha256:" + text("definition_hash"))
        .put("runtime", ENGINE)
        .put("started", entries.getFirst().timestamp())
        .put("finished", entries.getLast().timestamp())
        .build();
  }

  private JsonObject randomness() {
    return JsonObject.builder()
        .put("run_id", run.value())
        .put("seed", 0)
        .put("deterministic", true)
        .build();
  }

  private JsonObject workflow() {
    return JsonObject.builder()
        .put("workflow_id", text("workflow_id"))
        .put("workflow_version", text("workflow_version"))
        .put("definition", "sha256:" + text("definition_hash"))
        .build();
  }

  private String report() {
    var lines = new ArrayList<String>();
    for (ChainedReceipt link : chain) {
      lines.add("- `%s` (%s): %s".formatted(id(link), word(link), outcome(link)));
    }
    return """
    # AWO Run Report — %s

    Workflow: %s
    Status: %s
    Entries: %s

    ## Steps

    %s
    """
        .formatted(
            run,
            workflowName(),
            status(),
            Integer.toString(entries.size()),
            String.join("\n", lines));
  }

  private String awoStatus() {
    return status().equals("COMPLETED") ? "succeeded" : "error";
  }

  private String workflowName() {
    return text("workflow_id") + "@" + text("workflow_version");
  }

  private static String number(ChainedReceipt link) {
    long number = link.index() + 1;
    return (number < TWO_DIGITS ? "0" : "") + number;
  }

  private static String id(ChainedReceipt link) {
    return switch (link) {
      case StepReceipt step -> step.step().stepId();
      case GateReceipt gate -> gate.stepId() + ".gate";
    };
  }

  private static String word(ChainedReceipt link) {
    return switch (link) {
      case StepReceipt step -> step.step().type().toLowerCase(Locale.ROOT);
      case GateReceipt _ -> "gate_decision";
    };
  }

  private static String outcome(ChainedReceipt link) {
    return switch (link) {
      case StepReceipt step -> step.step().status();
      case GateReceipt gate -> gate.status();
    };
  }

  private String text(String name) {
    return summary.get(name).orElse(JsonNull.NULL) instanceof JsonString(String text) ? text : "";
  }
}
