package dev.fedcore.evidence.awo.pipeline;

import static dev.fedcore.evidence.awo.pipeline.Scene.MAKER;
import static dev.fedcore.evidence.awo.pipeline.Scene.REVIEWER;
import static dev.fedcore.evidence.awo.pipeline.Scene.RUN;
import static dev.fedcore.evidence.awo.pipeline.Scene.all;
import static dev.fedcore.evidence.awo.pipeline.Scene.attested;
import static dev.fedcore.evidence.awo.pipeline.Scene.found;
import static dev.fedcore.evidence.awo.pipeline.Scene.refused;
import static dev.fedcore.evidence.awo.pipeline.Scene.require;
import static dev.fedcore.evidence.awo.pipeline.Scene.unpublished;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.ChainReport.Link;
import dev.fedcore.evidence.awo.pipeline.Suite.Layer;
import dev.fedcore.evidence.awo.pipeline.Suite.SuiteTest;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.sums.HashedRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Layers III and IV: the same bytes each time, and who vouches for them.
final class DeterminismTests {

  private static final long YEARS = 20L * 365 * 86_400;

  private DeterminismTests() {}

  static Layer determinism() {
    return new Layer(
        "Determinism",
        List.of(
            new SuiteTest(
                "D1", "a run made twice is the same", AwoCode.INT_001, DeterminismTests::d1),
            new SuiteTest("D2", "JSON has one form", AwoCode.INT_001, DeterminismTests::d2),
            new SuiteTest(
                "D3", "clock times change no sum", AwoCode.INT_001, DeterminismTests::d3)));
  }

  static Layer attestation() {
    return new Layer(
        "Identity and attestation",
        List.of(
            new SuiteTest(
                "A1", "nobody passes for somebody else", AwoCode.ATT_001, DeterminismTests::a1),
            new SuiteTest(
                "A2", "an approval is bound to its files", AwoCode.ATT_002, DeterminismTests::a2),
            new SuiteTest(
                "A3", "unverified runs are not signed", AwoCode.ATT_002, DeterminismTests::a3),
            new SuiteTest(
                "A4",
                "attestations name the reviewer's hash",
                AwoCode.ATT_001,
                DeterminismTests::a4)));
  }

  private static Optional<String> d1(Scene scene) {
    RunFiles now = Sealing.seal(scene.made(RUN, Scene.NOW), scene.defences());
    RunFiles later = Sealing.seal(scene.made(RUN, Scene.NOW.plusSeconds(YEARS)), scene.defences());
    return require(
        now.withoutFolder(HashedRegion.TIMESTAMPS)
            .equals(later.withoutFolder(HashedRegion.TIMESTAMPS)),
        "the run that was made twenty years later differs");
  }

  private static Optional<String> d2(Scene scene) {
    RunFiles tidy = scene.made(RUN, Scene.NOW);
    RunFiles untidy = tidy;
    for (String path : List.of("environment.json", "index.json", "provenance.json")) {
      untidy = untidy.with(path, untidy(tidy.json(path).orElseThrow()));
    }
    RunFiles one = Sealing.seal(tidy, scene.defences());
    RunFiles two = Sealing.seal(untidy, scene.defences());
    return require(one.equals(two), "the order of members and white space made a difference");
  }

  /// The same value with its members in the other order, and white space.
  private static byte[] untidy(JsonObject object) {
    var text = new StringBuilder("{\n");
    for (String name :
        object.members().keySet().stream().sorted((a, b) -> b.compareTo(a)).toList()) {
      String value = new String(object.get(name).orElseThrow().canonicalBytes(), UTF_8);
      text.append(text.length() > 2 ? " ,\n" : "").append("  \"").append(name).append("\" : ");
      text.append(value);
    }
    return text.append("\n}\n").toString().getBytes(UTF_8);
  }

  private static Optional<String> d3(Scene scene) {
    RunFiles made = scene.made(RUN, Scene.NOW);
    JsonObject other = JsonObject.builder().put("/at", "2001-01-01T00:00:00Z").build();
    RunFiles clocked =
        made.with(ClockTimes.FILE, JsonObject.builder().put("elsewhere.json", other).build());
    RunFiles one = Sealing.seal(made, scene.defences());
    RunFiles two = Sealing.seal(clocked, scene.defences());
    return require(
        Arrays.equals(
            one.get(HashedRegion.SUMS).orElseThrow(), two.get(HashedRegion.SUMS).orElseThrow()),
        "other clock times made other sums");
  }

  private static Optional<String> a1(Scene scene) {
    Workspace workspace = scene.workspace("w");
    var maker = new Gate2.Request(RUN, "mallory", MAKER, false);
    var lookalike = new Gate2.Request(RUN, MAKER, "\u0430lice", false);
    return all(
        Stream.of(maker, lookalike)
            .map(request -> scene.gate2(workspace, request))
            .map(verdict -> found("gate 2", verdict.findings(), AwoCode.ATT_001))
            .toList());
  }

  private static Optional<String> a2(Scene scene) {
    Workspace workspace = scene.published("w");
    JsonObject approval =
        RunFiles.of(workspace.snapshot(RUN).files()).json(HashedRegion.APPROVAL).orElseThrow();
    String other = Sha256.hex("other files".getBytes(UTF_8));
    Workspace.write(
        workspace.run(RUN).resolve(HashedRegion.APPROVAL),
        approval.with("sha256_root", new JsonString(other)).canonicalBytes());
    List<Finding> findings =
        scene.chain(workspace).links().stream()
            .filter(link -> link.name().equals("approval"))
            .map(Link::findings)
            .flatMap(List::stream)
            .toList();
    return found("the chain", findings, AwoCode.ATT_002);
  }

  private static Optional<String> a3(Scene scene) {
    Workspace workspace = scene.workspace("w");
    scene.gate2(workspace, REVIEWER, false);
    scene.tamper(workspace, "report.md");
    return all(
        List.of(
            refused(scene.finalise(workspace, REVIEWER), AwoCode.INT_001), unpublished(workspace)));
  }

  private static Optional<String> a4(Scene scene) {
    Workspace workspace = scene.published("w");
    String hash = Sha256.hex(REVIEWER.getBytes(UTF_8));
    String attestation =
        attested(workspace)
            .file(Attestor.ATTESTATION)
            .map(bytes -> new String(bytes, UTF_8))
            .orElse("");
    return require(
        attestation.contains("\"reviewer_identity_sha256\":\"" + hash + "\""),
        "%s in %s does not name the reviewer's hash"
            .formatted(Attestor.ATTESTATION, Workspace.ATTESTATIONS));
  }
}
