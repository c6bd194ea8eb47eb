package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// That `run_manifest.json` is of this run, says how it ended, and has no other members.
record ManifestInvariants(RunName run, List<String> reasons) {

  private static final Set<String> MEMBERS =
      Set.of(
          "run_id", "workflow", "started_at", "finished_at", "status", "ops", "notes", "env_ref");
  private static final Set<String> ENDED = Set.of("pending_review", "succeeded");

  void check(JsonObject manifest) {
    if (!Members.text(manifest, "run_id").equals(run.value())) {
      reasons.add("manifest_run_id");
    }
    if (!ENDED.contains(Members.text(manifest, "status"))) {
      reasons.add("run_status:" + Members.text(manifest, "status"));
    }
    manifest.members().keySet().stream()
        .filter(name -> !MEMBERS.contains(name))
        .forEach(name -> reasons.add("manifest_member:" + name));
    var ops = Members.objects(manifest, "ops");
    if (ops.isEmpty() || !ops.get().stream().allMatch(ManifestInvariants::isOp)) {
      reasons.add("manifest_ops");
    }
  }

  private static boolean isOp(JsonObject op) {
    OptionalLong number = Members.integer(op, "idx");
    return number.isPresent()
        && number.getAsLong() >= 1
        && !Members.text(op, "id").isEmpty()
        && !Members.text(op, "op").isEmpty();
  }
}
