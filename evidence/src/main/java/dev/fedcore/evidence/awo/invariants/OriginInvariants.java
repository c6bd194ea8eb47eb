package dev.fedcore.evidence.awo.invariants;

import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// That `environment.json` and `provenance.json` say where a run comes from.
record OriginInvariants(RunFiles files, List<String> reasons) {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  void environment(JsonObject environment) {
    for (String name : List.of("os", "python", "platform")) {
      require(!Members.text(environment, name).isEmpty(), "environment:" + name);
    }
    Optional<JsonObject> git = Members.object(environment, "git");
    String commit = git.map(g -> Members.text(g, "commit")).orElse("");
    require(!commit.isEmpty() && !commit.equals("unknown"), "environment:git.commit");
    require(
        git.map(g -> !Members.text(g, "branch").isEmpty()).orElse(false), "environment:git.branch");
    require(
        Members.object(environment, "runner").map(this::isNamed).orElse(false),
        "environment:runner");
    require(
        Members.objects(environment, "tools")
            .map(tools -> !tools.isEmpty() && tools.stream().allMatch(this::isNamed))
            .orElse(false),
        "environment:tools");
  }

  void provenance(JsonObject provenance) {
    require(
        Members.object(provenance, "inputs_digest")
            .map(inputs ->
                !inputs.members().isEmpty()
                    && inputs.members().values().stream()
                        .allMatch(v -> v instanceof JsonString(String s) && isDigest(s)))
            .orElse(false),
        "provenance:inputs_digest");
    require(isDigest(Members.text(provenance, "code_digest")), "provenance:code_digest");
    require(
        provenance.get("runtime").filter(v -> !(v instanceof JsonNull)).isPresent(),
        "provenance:runtime");
    require(!Members.text(provenance, "orchestrator").isEmpty(), "provenance:orchestrator");
    Optional<Instant> started = time(provenance, "started");
    Optional<Instant> finished = time(provenance, "finished");
    require(started.isPresent(), "provenance:started");
    require(finished.isPresent(), "provenance:finished");
    require(
        started.isEmpty() || finished.isEmpty() || !finished.get().isBefore(started.get()),
        "provenance:not_monotonic");
  }

  /// A time that stands in the document, or apart from it.
  private Optional<Instant> time(JsonObject provenance, String name) {
    String apart = ClockTimes.of(files, "provenance.json").getOrDefault("/" + name, "");
    String text = apart.isEmpty() ? Members.text(provenance, name) : apart;
    return ClockTimes.isTime(text) ? Optional.of(Instant.parse(text)) : Optional.empty();
  }

  private boolean isNamed(JsonObject tool) {
    return !Members.text(tool, "name").isEmpty() && !Members.text(tool, "version").isEmpty();
  }

  private static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  private void require(boolean holds, String reason) {
    if (!holds) {
      reasons.add(reason);
    }
  }
}
