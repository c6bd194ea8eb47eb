package dev.fedcore.engine.definition;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.Plan;
import dev.fedcore.kernel.workflow.PlannedStep;
import dev.fedcore.kernel.workflow.StepType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a workflow definition document, format `fedcore.workflow/v1`; `docs/workflows.md` shows
/// it.
///
/// Every fault is a [MalformedInput] that points at it: an unknown member, a step id used twice, a
/// DECIDE without an action after it, a reference to a step that has not run by then.
public final class DefinitionReader {

  /// The one format there is.
  public static final String API_VERSION = "fedcore.workflow/v1";

  /// The longest description, in characters.
  private static final int DESCRIPTION_LENGTH_MAX = 2_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_.+-]{1,32}");

  private DefinitionReader() {}

  /// Reads `document`.
  ///
  /// @param builtIn whether it came with the program
  public static WorkflowDefinition read(JsonObject document, boolean builtIn) {
    JsonFields fields = JsonFields.of(document, "");
    if (!fields.string("apiVersion").equals(API_VERSION)) {
      throw new MalformedInput("/apiVersion", "must be " + API_VERSION);
    }
    String id = matching(fields, "id", ID);
    String version = matching(fields, "version", VERSION);
    String description = fields.optionalString("description").orElse("");
    if (description.length() > DESCRIPTION_LENGTH_MAX) {
      throw new MalformedInput("/description", "has at most 2,000 characters");
    }
    Execution execution =
        fields.optionalOneOf("execution", Execution.class).orElse(Execution.MANAGED);
    List<DefinedStep> steps = steps(fields.array("steps"));
    fields.end();
    checkOrder(steps);
    var hash = new Digest(Sha256.hex(document.canonicalBytes()));
    var ref = new DefinitionRef(id, version, hash);
    return new WorkflowDefinition(ref, execution, description, steps, document, builtIn);
  }

  private static List<DefinedStep> steps(List<JsonValue> items) {
    if (items.size() > Plan.STEPS_MAX) {
      throw new MalformedInput("/steps", "has at most %d steps".formatted(Plan.STEPS_MAX));
    }
    var steps = new ArrayList<DefinedStep>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = "/steps/" + i;
      if (!(items.get(i) instanceof JsonObject step)) {
        throw new MalformedInput(pointer, "must be an object");
      }
      steps.add(step(JsonFields.of(step, pointer)));
    }
    List<PlannedStep> planned =
        steps.stream().map(s -> new PlannedStep(s.id(), WorkflowDefinition.typeOf(s))).toList();
    Plan.unsoundness(planned)
        .ifPresent(why -> {
          throw new MalformedInput("/steps", why);
        });
    return steps;
  }

  private static DefinedStep step(JsonFields fields) {
    StepId id = new StepId(matching(fields, "id", ID));
    DefinedStep step =
        switch (fields.oneOf("type", StepType.class)) {
          case OBSERVE -> observe(id, fields);
          case DECIDE -> new DefinedStep.Decide(id);
          case GATE -> new DefinedStep.Gate(id);
          case ACT -> act(id, fields);
          case TRANSFORM -> transform(id, fields);
        };
    fields.end();
    return step;
  }

  private static DefinedStep observe(StepId id, JsonFields fields) {
    JsonFields look = JsonFields.of(fields.object("observe"), fields.pointer("observe"));
    String source = look.string("source");
    JsonObject parameters = look.optionalObject("parameters").orElse(JsonObject.EMPTY);
    look.end();
    return new DefinedStep.Observe(id, source, parameters);
  }

  private static StepId stepId(String text, String pointer) {
    if (!ID.matcher(text).matches()) {
      throw new MalformedInput(pointer, "names steps, whose ids match " + ID.pattern());
    }
    return new StepId(text);
  }

  private static DefinedStep act(StepId id, JsonFields fields) {
    JsonFields inner = JsonFields.of(fields.object("action"), fields.pointer("action"));
    String type = inner.string("type");
    JsonValue parameters = inner.optionalValue("parameters").orElse(JsonObject.EMPTY);
    if (!(parameters instanceof JsonObject) && !(parameters instanceof JsonString)) {
      throw new MalformedInput(
          inner.pointer("parameters"), "must be an object, or a reference such as $/input/action");
    }
    inner.end();
    return new DefinedStep.Act(id, type, parameters);
  }

  private static DefinedStep transform(StepId id, JsonFields fields) {
    JsonFields inner = JsonFields.of(fields.object("transform"), fields.pointer("transform"));
    List<StepId> collect =
        inner.strings("collect").stream()
            .map(step -> stepId(step, inner.pointer("collect")))
            .toList();
    inner.end();
    return new DefinedStep.Transform(id, collect);
  }

  /// What a step takes from others must be there when it is needed: for an action, when the first
  /// DECIDE or GATE step asks about it.
  private static void checkOrder(List<DefinedStep> steps) {
    var over = new HashSet<String>();
    var overWhenAsked = Set.<String>of();
    boolean asked = false;
    for (int i = 0; i < steps.size(); i++) {
      DefinedStep step = steps.get(i);
      String pointer = "/steps/" + i;
      switch (step) {
        case DefinedStep.Observe observe -> checkReferences(observe.parameters(), over, pointer);
        case DefinedStep.Decide _, DefinedStep.Gate _ -> {
          overWhenAsked = asked ? overWhenAsked : Set.copyOf(over);
          asked = true;
        }
        case DefinedStep.Act act -> {
          Set<String> known = asked ? overWhenAsked : over;
          checkReferences(new JsonString(act.actionType()), known, pointer + "/action");
          checkReferences(act.parameters(), known, pointer + "/action");
          asked = false;
        }
        case DefinedStep.Transform transform ->
            transform.collect().forEach(id -> checkOver(id.value(), over, pointer));
      }
      over.add(step.id().value());
    }
  }

  private static void checkReferences(JsonValue template, Set<String> over, String pointer) {
    References.visit(
        template,
        reference -> {
          if (!References.isIntoInput(reference)) {
            String step =
                References.stepOf(reference)
                    .orElseThrow(() ->
                        new MalformedInput(
                            pointer,
                            "%s is no reference; write $/input/… or $/steps/STEP/output/…"
                                .formatted(reference)));
            checkOver(step, over, pointer);
          }
        });
  }

  private static void checkOver(String step, Set<String> over, String pointer) {
    if (!over.contains(step)) {
      throw new MalformedInput(
          pointer, "step %s is not over when its output is needed here".formatted(step));
    }
  }

  private static String matching(JsonFields fields, String name, Pattern pattern) {
    String text = fields.string(name);
    if (!pattern.matcher(text).matches()) {
      throw new MalformedInput(fields.pointer(name), "must match " + pattern.pattern());
    }
    return text;
  }
}
