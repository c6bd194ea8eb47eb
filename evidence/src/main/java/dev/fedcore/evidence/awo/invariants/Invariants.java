package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Checks one run, and says everything that does not hold, each as a short key such as
/// `missing_file:report.md`. Never throws for what a run holds.
public final class Invariants {

  /// Where the result is kept, beside the hashed files.
  public static final String FILE = "audit/invariants.json";

  private static final List<String> FILES =
      List.of(
          "report.md", "run_manifest.json", "provenance.json", "index.json", "environment.json");
  private static final List<String> FOLDERS = List.of("steps", "artifacts");

  private final RunName run;
  private final RunFiles files;
  private final List<String> reasons = new ArrayList<>();

  private Invariants(RunName run, RunFiles files) {
    this.run = run;
    this.files = files;
  }

  /// What does not hold of the run; empty means that everything does.
  public static List<String> check(RunName run, RunFiles files) {
    return new Invariants(run, files).check();
  }

  /// The result as it is kept.
  ///
  /// @param validatedAt when, as [ClockTimes#text]
  public static JsonObject document(RunName run, List<String> reasons, String validatedAt) {
    return JsonObject.builder()
        .put("run_id", run.value())
        .put("invariants_ok", reasons.isEmpty())
        .put("reasons", JsonArray.ofStrings(reasons))
        .put("validated_at", validatedAt)
        .build();
  }

  private List<String> check() {
    if (files.paths().isEmpty()) {
      return List.of("missing_dir:runs/" + run);
    }
    FILES.stream().filter(file -> !files.has(file)).forEach(f -> reasons.add("missing_file:" + f));
    FOLDERS.stream()
        .filter(folder -> !files.hasFolder(folder))
        .forEach(folder -> reasons.add("missing_dir:" + folder));
    report();
    document("index.json").ifPresent(index -> new StepInvariants(files, reasons).check(index));
    document("run_manifest.json").ifPresent(this::manifest);
    document("environment.json").ifPresent(new OriginInvariants(files, reasons)::environment);
    document("provenance.json").ifPresent(new OriginInvariants(files, reasons)::provenance);
    new ValueInvariants(files, reasons).check();
    sealedForm();
    return List.copyOf(reasons);
  }

  private Optional<JsonObject> document(String path) {
    try {
      return files.json(path);
    } catch (MalformedInput e) {
      reasons.add("not_json:" + path);
      return Optional.empty();
    }
  }

  private void report() {
    String title = "# AWO Run Report — " + run;
    String text = files.get("report.md").map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
    if (files.has("report.md") && !text.lines().findFirst().orElse("").equals(title)) {
      reasons.add("report_title");
    }
  }

  private void manifest(JsonObject manifest) {
    new ManifestInvariants(run, reasons).check(manifest);
  }

  /// Canonical documents, and no clock in them: what sealing would change must not be there.
  private void sealedForm() {
    try {
      RunFiles isolated = ClockTimes.isolate(files);
      for (String path : files.paths()) {
        byte[] is = files.get(path).orElseThrow();
        if (!Arrays.equals(is, isolated.get(path).orElse(is)) && !path.equals(ClockTimes.FILE)) {
          reasons.add("not_canonical_or_clocked:" + path);
        }
      }
    } catch (MalformedInput e) {
      if (reasons.stream().noneMatch(reason -> reason.startsWith("not_json:"))) {
        reasons.add("not_json:" + e.problem());
      }
    }
  }
}
