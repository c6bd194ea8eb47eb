package dev.fedcore.policy;

import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;
import dev.fedcore.policy.BundleTest.Expectation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Reads the tests of a bundle. For one bundle.
final class TestReader {

  /// How many tests one bundle has at most: they run at every load.
  private static final int TESTS_MAX = 500;

  private static final int NAME_LENGTH_MAX = 200;
  private static final int TEXT_LENGTH_MAX = 256;
  private static final int ATTEMPT_MAX = 1_000;

  /// What stands for the hash of a definition that no test has.
  private static final Digest NO_DEFINITION = new Digest("0".repeat(Digest.HEX_DIGITS));

  private final String workflowId;
  private final Findings findings;
  private final Set<String> names = new HashSet<>();

  /// Reads tests.
  ///
  /// @param workflowId of the tests that name none
  TestReader(String workflowId, Findings findings) {
    this.workflowId = workflowId;
    this.findings = findings;
  }

  List<BundleTest> read(List<JsonValue> tests, String pointer) {
    if (tests.size() > TESTS_MAX) {
      findings.problem(pointer, "a bundle has at most " + TESTS_MAX + " tests");
      return List.of();
    }
    var read = new ArrayList<BundleTest>();
    for (int i = 0; i < tests.size(); i++) {
      String place = JsonPointers.child(pointer, i);
      JsonValue test = tests.get(i);
      findings
          .attempt(() -> test(JsonFields.of(TierReader.object(test, place), place)))
          .ifPresent(read::add);
    }
    return read;
  }

  private BundleTest test(JsonFields fields) {
    String name = fields.string("name", NAME_LENGTH_MAX);
    if (!names.add(name)) {
      throw new MalformedInput(fields.pointer("name"), "there is another test of this name");
    }
    PolicyQuestion question = question(fields);
    Expectation expect = section(fields, "expect", TestReader::expectation);
    fields.end();
    return new BundleTest(name, question, expect);
  }

  private PolicyQuestion question(JsonFields fields) {
    String actor = fields.has("actor") ? fields.string("actor", TEXT_LENGTH_MAX) : "tester";
    TenantId tenant =
        fields.has("tenant") ? valid(fields, "tenant", TenantId::new) : TenantId.DEFAULT;
    Workflow workflow = section(fields, "workflow", this::workflow);
    Step step = section(fields, "step", TestReader::step);
    Action action = section(fields, "action", given -> action(given, step.type()));
    JsonObject input = fields.optionalObject("input").orElse(JsonObject.EMPTY);
    return new PolicyQuestion(
        tenant,
        actor,
        workflow.ref(),
        workflow.execution(),
        step.id(),
        step.type(),
        step.attempt(),
        action.type(),
        action.target(),
        action.parameters(),
        ActionDigest.of(
            action.type(),
            "",
            new ActionForm.Action(action.target(), action.parameters()),
            actor,
            PayloadSalt.NONE),
        input,
        new Digest(Sha256.hex(input.canonicalBytes())),
        PayloadSalt.NONE);
  }

  private Workflow workflow(JsonFields fields) {
    var ref =
        new DefinitionRef(
            fields.optionalString("id").orElse(workflowId),
            fields.optionalString("version").orElse("1.0.0"),
            NO_DEFINITION);
    return new Workflow(
        ref, fields.optionalOneOf("execution", Execution.class).orElse(Execution.MANAGED));
  }

  private static Step step(JsonFields fields) {
    return new Step(
        fields.has("id") ? valid(fields, "id", StepId::new) : new StepId("step_1"),
        fields.optionalOneOf("type", StepType.class).orElse(StepType.ACT),
        (int) fields.optionalInteger("attempt", 1, ATTEMPT_MAX).orElse(1));
  }

  private static Action action(JsonFields fields, StepType type) {
    return new Action(
        fields.optionalString("type").orElse("step." + type.name().toLowerCase(Locale.ROOT)),
        fields.optionalString("target").orElse(""),
        fields.optionalObject("parameters").orElse(JsonObject.EMPTY));
  }

  private static Expectation expectation(JsonFields fields) {
    Verdict decision = fields.oneOf("decision", Verdict.class);
    OptionalLong tier = fields.optionalInteger("tier", 0, PolicyDecision.TIER_MAX);
    return new Expectation(
        decision,
        tier.isPresent() ? OptionalInt.of((int) tier.getAsLong()) : OptionalInt.empty(),
        optionalStrings(fields, "rules"),
        optionalStrings(fields, "shadow"),
        fields.optionalString("reason"),
        fields.optionalString("error"));
  }

  private static Optional<List<String>> optionalStrings(JsonFields fields, String name) {
    return fields.has(name) ? Optional.of(fields.strings(name)) : Optional.empty();
  }

  /// Reads one object of a test to its end; an absent one is empty.
  private static <T> T section(JsonFields fields, String name, Function<JsonFields, T> read) {
    JsonObject object = fields.optionalObject(name).orElse(JsonObject.EMPTY);
    JsonFields inner = JsonFields.of(object, fields.pointer(name));
    T value = read.apply(inner);
    inner.end();
    return value;
  }

  private static <T> T valid(JsonFields fields, String name, Function<String, T> type) {
    try {
      return type.apply(fields.string(name));
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(fields.pointer(name), String.valueOf(e.getMessage()));
    }
  }

  private record Workflow(DefinitionRef ref, Execution execution) {}

  private record Step(StepId id, StepType type, int attempt) {}

  private record Action(String type, String target, JsonObject parameters) {}
}
