package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.awo.cri.CriRun.Status;
import dev.fedcore.evidence.awo.cri.CriRunner.StepEntry;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The documents that frame a run: manifest, index, environment, provenance, report. They say
/// nothing of the machine, since the operators ask nothing of it.
///
/// @param lines of the report, one a step
record RunDocuments(
    CriSettings settings, CriWorkflow workflow, List<StepEntry> entries, List<String> lines) {

  private static final String NO_CODE = "none";

  RunFiles all(Map<String, byte[]> made, Status status, String started, String finished) {
    Map<String, byte[]> files = new TreeMap<>(made);
    files.put("artifacts/index.json", artifacts(made));
    files.put("report.md", report(status).getBytes(StandardCharsets.UTF_8));
    return RunFiles.of(files)
        .with("environment.json", environment())
        .with("index.json", index(status, started, finished))
        .with("provenance.json", provenance(made, started, finished))
        .with("randomness.json", randomness())
        .with("run_manifest.json", manifest(status, started, finished));
  }

  private JsonObject manifest(Status status, String started, String finished) {
    List<JsonValue> ops = entries.stream().<JsonValue>map(entry -> entry.of("idx")).toList();
    return JsonObject.builder()
        .put("run_id", settings.run().value())
        .put("workflow", workflow.name())
        .put("started_at", started)
        .put("finished_at", finished)
        .put("status", status.word())
        .put("ops", new JsonArray(ops))
        .put("notes", "")
        .put("env_ref", "environment.json")
        .build();
  }

  private JsonObject index(Status status, String started, String finished) {
    List<JsonValue> steps = entries.stream().<JsonValue>map(entry -> entry.of("index")).toList();
    return JsonObject.builder()
        .put("run_id", settings.run().value())
        .put("started_at", started)
        .put("finished_at", finished)
        .put("status", status.word())
        .put("steps", new JsonArray(steps))
        .build();
  }

  private JsonObject environment() {
    return JsonObject.builder()
        .put("os", "any")
        .put("platform", "java")
        .put("python", NO_CODE)
        .put(
            "git",
            JsonObject.builder()
                .put("branch", settings.branch())
                .put("commit", settings.commit())
                .build())
        .put("runner", named("fedcore", settings.version()))
        .put("tools", JsonArray.of(named("fedcore-cri", settings.version())))
        .build();
  }

  private static JsonObject named(String name, String version) {
    return JsonObject.builder().put("name", name).put("version", version).build();
  }

  private JsonObject provenance(Map<String, byte[]> made, String started, String finished) {
    var outputs = JsonObject.builder();
    made.forEach((path, bytes) -> {
      if (path.startsWith("artifacts/")) {
        outputs.put(path, digest(bytes));
      }
    });
    return JsonObject.builder()
        .put("run_id", settings.run().value())
        .put("orchestrator", settings.orchestrator())
        .put(
            "inputs_digest",
            JsonObject.builder()
                .put("workflow_frozen.json", digest(workflow.document().canonicalBytes()))
                .build())
        .put("outputs_digest", outputs.build())
        .put("code_digest", digest(code()))
        .put("runtime", "fedcore-cri " + settings.version())
        .put("started", started)
        .put("finished", finished)
        .build();
  }

  /// What names the code that ran: its version and its operators.
  private byte[] code() {
    var writer = new CanonicalWriter().beginObject().name("operators").beginArray();
    for (Operator operator : Operator.values()) {
      writer.string(operator.word());
    }
    writer.endArray().name("runtime").string("fedcore-cri");
    return writer.name("version").string(settings.version()).endObject().toBytes();
  }

  private JsonObject randomness() {
    return JsonObject.builder()
        .put("run_id", settings.run().value())
        .put("seed", 0)
        .put("deterministic", true)
        .build();
  }

  private static byte[] artifacts(Map<String, byte[]> made) {
    var writer = new CanonicalWriter().beginObject().name("files").beginObject();
    made.forEach((path, bytes) -> {
      if (path.startsWith("artifacts/")) {
        writer.name(path).string(digest(bytes));
      }
    });
    return writer.endObject().endObject().toBytes();
  }

  private String report(Status status) {
    return """
    # AWO Run Report — %s

    Workflow: %s
    Status: %s

    ## Steps

    %s
    """
        .formatted(settings.run(), workflow.name(), status.word(), String.join("\n", lines));
  }

  private static String digest(byte[] bytes) {
    return "sha256:" + Sha256.hex(bytes);
  }
}
