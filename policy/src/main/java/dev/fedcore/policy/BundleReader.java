package dev.fedcore.policy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.PolicyBundle.Fallback;
import dev.fedcore.policy.cel.CelEnvironment;
import dev.fedcore.policy.cel.InputType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one bundle document, collecting what is wrong with it. For one document.
final class BundleReader {

  private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";
  private static final int TEXT_LENGTH_MAX = 1_000;
  private static final int WORKFLOWS_MAX = 100;

  /// How many people sign one bundle at most; as many as approve one gate.
  private static final int SIGNATURES_MAX = 16;

  private static final String SIGNATURES = "signatures";
  private static final String NO_MATCH = "no rule allows this step";

  private final JsonObject document;
  private final JsonFields fields;
  private final Findings findings;

  private BundleReader(JsonObject document, Findings findings) {
    this.document = document;
    this.fields = JsonFields.of(document, "");
    this.findings = findings;
  }

  /// The bundle, when nothing is wrong with it.
  static Optional<PolicyBundle> read(JsonObject document, Findings findings) {
    return new BundleReader(document, findings).bundle();
  }

  private Optional<PolicyBundle> bundle() {
    findings.attempt(() -> constant("apiVersion", PolicyBundle.API_VERSION));
    findings.attempt(() -> constant("kind", PolicyBundle.KIND));
    Optional<Metadata> metadata = findings.attempt(this::metadata);
    List<String> appliesTo = findings.attempt(this::appliesTo).orElse(List.of());
    SortedMap<Integer, Tier> tiers =
        findings
            .attempt(() -> fields.object("tiers"))
            .map(o -> TierReader.read(o, fields.pointer("tiers"), findings))
            .orElseGet(TreeMap::new);
    Optional<Fallback> fallback =
        tiers.isEmpty() ? Optional.empty() : findings.attempt(() -> fallback(tiers));
    Map<String, InputDeclaration> inputs =
        findings
            .attempt(() -> fields.optionalObject("inputs").orElse(JsonObject.EMPTY))
            .map(o -> InputReader.read(o, fields.pointer("inputs"), findings))
            .orElse(Map.of());
    var reader = new RuleReader(tiers, environment(inputs, Map.of()), findings);
    List<Rule> rules = rules(reader);
    List<Invariant> invariants = invariants(reader, inputs);
    List<BundleTest> tests = tests(appliesTo);
    List<SignatureLine> signatures = findings.attempt(this::signatures).orElse(List.of());
    findings.attempt(this::noMore);
    if (!findings.clean() || metadata.isEmpty() || fallback.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyBundle(
            metadata.get().policyId(),
            metadata.get().version(),
            metadata.get().owner(),
            metadata.get().description(),
            appliesTo,
            fallback.get(),
            tiers,
            inputs,
            rules,
            invariants,
            tests,
            signatures,
            document,
            new Digest(Sha256.hex(unsigned().canonicalBytes()))));
  }

  private String constant(String name, String expected) {
    String value = fields.string(name);
    if (!value.equals(expected)) {
      throw new MalformedInput(fields.pointer(name), "must be \"" + expected + "\"");
    }
    return value;
  }

  private Metadata metadata() {
    String place = fields.pointer("metadata");
    JsonFields metadata = JsonFields.of(fields.object("metadata"), place);
    var read =
        new Metadata(
            plain(metadata, "policy_id"),
            plain(metadata, "version"),
            metadata.optionalString("owner"),
            metadata.optionalString("description"));
    metadata.end();
    return read;
  }

  private static String plain(JsonFields fields, String name) {
    String value = fields.string(name);
    if (!value.matches(PLAIN)) {
      throw new MalformedInput(
          fields.pointer(name), "has 1 to 64 letters, digits, '_', '.' or '-'");
    }
    return value;
  }

  private List<String> appliesTo() {
    List<String> workflows = fields.strings("applies_to");
    String place = fields.pointer("applies_to");
    if (fields.has("applies_to") && workflows.isEmpty()) {
      throw new MalformedInput(place, "names no workflow; leave it out for a default bundle");
    }
    if (workflows.size() > WORKFLOWS_MAX) {
      throw new MalformedInput(place, "names more than " + WORKFLOWS_MAX + " workflows");
    }
    if (workflows.stream().distinct().count() != workflows.size()) {
      throw new MalformedInput(place, "names a workflow twice");
    }
    return workflows;
  }

  private Fallback fallback(SortedMap<Integer, Tier> tiers) {
    Optional<JsonObject> given = fields.optionalObject("default");
    if (given.isEmpty()) {
      return new Fallback(tiers.lastKey(), NO_MATCH);
    }
    JsonFields fallback = JsonFields.of(given.get(), fields.pointer("default"));
    if (fallback.oneOf("decision", Verdict.class) != Verdict.DENY) {
      throw new MalformedInput(
          fallback.pointer("decision"), "must be deny; to allow the rest, add a rule that says so");
    }
    int tier = (int) fallback.integer("tier", 0, PolicyDecision.TIER_MAX);
    if (!tiers.containsKey(tier)) {
      throw new MalformedInput(
          fallback.pointer("tier"),
          "tier %d is not declared; declared are %s".formatted(tier, tiers.keySet()));
    }
    String reason = fallback.has("reason") ? fallback.string("reason", TEXT_LENGTH_MAX) : NO_MATCH;
    fallback.end();
    return new Fallback(tier, reason);
  }

  private static CelEnvironment environment(
      Map<String, InputDeclaration> inputs, Map<String, InputType> more) {
    var variables = new HashMap<String, InputType>(QuestionVariables.ALWAYS);
    inputs.forEach((name, declaration) -> variables.put(name, declaration.type()));
    variables.putAll(more);
    return CelEnvironment.of(variables);
  }

  private List<Rule> rules(RuleReader reader) {
    return findings
        .attempt(() -> fields.array("rules"))
        .map(rules -> reader.read(rules, fields.pointer("rules")))
        .orElse(List.of());
  }

  private List<Invariant> invariants(RuleReader reader, Map<String, InputDeclaration> inputs) {
    List<JsonValue> given =
        findings
            .attempt(() -> fields.optionalArray("invariants").orElse(List.of()))
            .orElse(List.of());
    return given.isEmpty()
        ? List.of()
        : reader.invariants(
            given, fields.pointer("invariants"), environment(inputs, Invariant.OF_THE_ANSWER));
  }

  private List<BundleTest> tests(List<String> appliesTo) {
    String workflow = appliesTo.isEmpty() ? "any_workflow" : appliesTo.getFirst();
    return findings
        .attempt(() -> fields.optionalArray("tests").orElse(List.of()))
        .map(tests -> new TestReader(workflow, findings).read(tests, fields.pointer("tests")))
        .orElse(List.of());
  }

  private List<SignatureLine> signatures() {
    List<String> lines = fields.strings(SIGNATURES);
    String place = fields.pointer(SIGNATURES);
    if (fields.has(SIGNATURES) && (lines.isEmpty() || lines.size() > SIGNATURES_MAX)) {
      throw new MalformedInput(
          place, "a bundle has 1 to %d signatures, or no such key".formatted(SIGNATURES_MAX));
    }
    var read = new ArrayList<SignatureLine>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        read.add(SignatureLine.parse(lines.get(i)));
      } catch (EvidenceRejected e) {
        throw new MalformedInput(
            JsonPointers.child(place, i), e.reason() + "; let fedcore policy sign write it");
      }
    }
    return read;
  }

  private JsonObject unsigned() {
    var members = new LinkedHashMap<>(document.members());
    members.remove(SIGNATURES);
    return JsonObject.of(members);
  }

  private boolean noMore() {
    fields.has("default");
    fields.end();
    return true;
  }

  private record Metadata(
      String policyId, String version, Optional<String> owner, Optional<String> description) {}
}
