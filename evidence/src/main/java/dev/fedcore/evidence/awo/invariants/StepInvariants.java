package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// That `index.json` and the files in `steps/` name the same steps, each once.
record StepInvariants(RunFiles files, List<String> reasons) {

  private static final Pattern STEP_FILE = Pattern.compile("\\d{2,}_[A-Za-z0-9._-]{1,80}\\.json");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,80}");

  void check(JsonObject index) {
    Set<String> present = new TreeSet<>();
    for (String name : files.in("steps")) {
      if (STEP_FILE.matcher(name).matches()) {
        present.add(name);
      } else {
        reasons.add("step_file_name:" + name);
      }
    }
    var steps = Members.objects(index, "steps");
    if (steps.isEmpty() || steps.get().isEmpty()) {
      reasons.add("index_steps");
      return;
    }
    Set<String> named = new TreeSet<>();
    Set<Long> numbers = new HashSet<>();
    for (JsonObject step : steps.get()) {
      String id = Members.text(step, "id");
      String op = Members.text(step, "op");
      OptionalLong number = Members.integer(step, "index");
      if (!WORD.matcher(id).matches() || !WORD.matcher(op).matches() || number.isEmpty()) {
        reasons.add("index_step:" + id);
        continue;
      }
      if (number.getAsLong() < 1 || !numbers.add(number.getAsLong())) {
        reasons.add("index_step_number:" + number.getAsLong());
      }
      named.add((number.getAsLong() < 10 ? "0" : "") + number.getAsLong() + "_" + id + ".json");
      if (op.equals("scope_validate") && !files.hasFolder("scope")) {
        reasons.add("missing_dir:scope");
      }
    }
    named.stream().filter(f -> !present.contains(f)).forEach(f -> reasons.add("step_missing:" + f));
    present.stream().filter(f -> !named.contains(f)).forEach(f -> reasons.add("step_extra:" + f));
  }
}
