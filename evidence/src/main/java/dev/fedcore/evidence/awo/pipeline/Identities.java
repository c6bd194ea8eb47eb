package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.pipeline.Gate2.Request;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.Commitment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is who. Names are ASCII, so that none looks like another, and upper and lower case are one.
final class Identities {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,127}(?:\\[bot])?");

  /// Who made a run of a server, with the salt of the commitment to the name. Neither hashed nor
  /// archived, so that it can be removed.
  static final String DISCLOSURE = "audit/orchestrator.json";

  private Identities() {}

  /// That both names are names, and the orchestrator is the one whom the run itself names.
  static List<Finding> check(Request request, RunFiles run) {
    var findings = new Findings();
    name(request.orchestrator(), "orchestrator", findings);
    name(request.reviewer(), "reviewer", findings);
    String maker = maker(run);
    findings.require(
        same(maker, request.orchestrator()),
        AwoCode.ATT_001,
        "provenance.json",
        "the run was made by \"%s\", not by \"%s\"".formatted(maker, request.orchestrator()));
    return findings.all();
  }

  static boolean same(String one, String other) {
    return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  /// Whom the run names as its maker; "" when it does not say. A run of a server names its maker by
  /// a commitment; then it is whoever is disclosed beside the hashed files, if the commitment says
  /// so too, and otherwise nobody who could be asked for.
  static String maker(RunFiles run) {
    try {
      JsonObject provenance = run.json("provenance.json").orElse(JsonObject.EMPTY);
      String stated = text(provenance, "orchestrator");
      return Commitment.is(stated) ? disclosed(run, stated).orElse(stated) : stated;
    } catch (MalformedInput e) {
      return "";
    }
  }

  private static Optional<String> disclosed(RunFiles run, String commitment) {
    JsonObject disclosure = run.json(DISCLOSURE).orElse(JsonObject.EMPTY);
    String salt = text(disclosure, "salt");
    String name = text(disclosure, "value");
    boolean isGenuine =
        Sha256.isHex(salt) && Commitment.of(Sha256.parseHex(salt), name).equals(commitment);
    return isGenuine ? Optional.of(name) : Optional.empty();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonString(String text) ? text : "";
  }

  private static void name(String name, String role, Findings findings) {
    findings.require(
        NAME.matcher(name).matches(),
        AwoCode.ATT_001,
        "",
        "the %s must be 1 to 128 of A-Z a-z 0-9 . _ @ -; is \"%s\"".formatted(role, name));
  }
}
