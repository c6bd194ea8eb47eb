package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What gate 2 found about one run, its maker and its reviewer.
///
/// @param invariantsReasons what does not hold of the run; empty if all does
/// @param sha256Root of the sums that were judged; "" when there are none
/// @param findings why it failed; not part of the document
public record Gate2Verdict(
    RunName run,
    String orchestrator,
    String reviewer,
    boolean allowSelfApproval,
    Status status,
    List<String> invariantsReasons,
    String sha256Root,
    List<Finding> findings) {

  public Gate2Verdict {
    invariantsReasons = List.copyOf(invariantsReasons);
    findings = List.copyOf(findings);
  }

  /// How gate 2 answers.
  public enum Status {
    APPROVED_BY_INDEPENDENT_REVIEWER("reviewed by somebody else than its maker"),
    SELF_APPROVED_WITH_OVERRIDE("reviewed by its maker, which an override allowed"),
    FAILED_SELF_APPROVAL("its maker may not review it"),
    FAILED_IDENTITY("somebody is not who they should be"),
    FAILED_INVARIANTS("the run is not what a run must be");

    private final String message;

    Status(String message) {
      this.message = message;
    }

    /// Whether the run may go on.
    public boolean passes() {
      return switch (this) {
        case APPROVED_BY_INDEPENDENT_REVIEWER, SELF_APPROVED_WITH_OVERRIDE -> true;
        case FAILED_SELF_APPROVAL, FAILED_IDENTITY, FAILED_INVARIANTS -> false;
      };
    }
  }

  /// Whether the run may go on.
  public boolean passes() {
    return status.passes();
  }

  /// Where it lies in the run's folder.
  String file() {
    return "audit/" + run + "_gate2_verdict.json";
  }

  /// The verdict as it is kept: without a clock, so that judging again gives the same bytes.
  JsonObject document() {
    List<String> codes =
        findings.stream().map(Finding::code).distinct().sorted().map(AwoCode::text).toList();
    return JsonObject.builder()
        .put("run_id", run.value())
        .put("orchestrator", orchestrator)
        .put("reviewer", reviewer)
        .put("allow_self_approval", allowSelfApproval)
        .put("status", status.name())
        .put("message", status.message)
        .put("invariants_ok", invariantsReasons.isEmpty())
        .put("invariants_reasons", JsonArray.ofStrings(invariantsReasons))
        .put("codes", JsonArray.ofStrings(codes))
        .put("sha256_root", sha256Root)
        .build();
  }

  /// SHA-256 of [#document()].
  String hash() {
    return Sha256.hex(document().canonicalBytes());
  }

  /// The independence log: the verdict, and when.
  ///
  /// @param timestamp in the form of file names
  JsonObject log(String timestamp) {
    return document().with("timestamp", new JsonString(timestamp));
  }

  /// A verdict that was read back.
  ///
  /// @param codes as written down
  record Logged(Gate2Verdict verdict, List<String> codes) {}

  /// Reads an independence log.
  ///
  /// @throws MalformedInput when it is not exactly what [#log] writes
  static Logged parseLog(byte[] bytes) {
    JsonObject document = JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    var fields = JsonFields.of(document, "");
    var verdict =
        new Gate2Verdict(
            new RunName(fields.string("run_id")),
            fields.string("orchestrator"),
            fields.string("reviewer"),
            fields.bool("allow_self_approval", false),
            fields.oneOf("status", Status.class),
            fields.strings("invariants_reasons"),
            fields.string("sha256_root"),
            List.of());
    List<String> codes = fields.strings("codes");
    String timestamp = fields.string("timestamp");
    Stream.of("message", "invariants_ok").forEach(fields::has);
    fields.end();
    JsonObject expected = verdict.log(timestamp).with("codes", JsonArray.ofStrings(codes));
    if (!Arrays.equals(expected.canonicalBytes(), bytes)) {
      throw new MalformedInput("", "is not a canonical independence log");
    }
    return new Logged(verdict, codes);
  }
}
