package dev.fedcore.engine.live;

import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.definition.DefinedStep;
import dev.fedcore.engine.definition.References;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.run.ActionBinding;
import dev.fedcore.kernel.run.Course;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fills a step's references in and brings its action into the normal form that is decided,
/// approved, permitted and executed: one form for all four.
public final class Preparer {

  /// Steps without a real-world action are bound to themselves, in this form's version.
  private static final String STEP_FORM = "1";

  private final Catalog catalog;

  public Preparer(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Prepares the managed step at the cursor.
  ///
  /// @throws MalformedInput if a reference finds nothing, no adapter carries the action out, or its
  ///   parameters are not the adapter's
  public PreparedStep prepare(LiveRun run, StepRecord step) {
    Course course = RunState.course(run.state());
    DefinedStep defined = run.header().definition().steps().get(course.cursor());
    return switch (defined) {
      case DefinedStep.Observe observe ->
          itself(run, step, resolved(observe.parameters(), run, "/observe/parameters"));
      case DefinedStep.Transform transform -> itself(run, step, collected(run, transform));
      case DefinedStep.Decide _, DefinedStep.Gate _, DefinedStep.Act _ ->
          action(run, course.plan().actionIndex(course.cursor()));
    };
  }

  /// Checks, when a run is made, every action whose parameters come from the run's input alone, so
  /// that whoever made a mistake hears of it at once.
  ///
  /// @throws MalformedInput with a pointer below `/input_payload`
  public void check(LiveRun run) {
    List<DefinedStep> steps = run.header().definition().steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof DefinedStep.Act act && References.needInputOnly(act)) {
        action(run, i);
      }
    }
  }

  /// Prepares a step that a worker reports. Its action is what the worker says it is about to do.
  public PreparedStep reported(LiveRun run, JsonObject input, String type, Action action) {
    Payloads.Body body = run.header().payload(input);
    var hash = digest(run, type, STEP_FORM, action);
    return new PreparedStep(body, new ActionBinding(hash, type), action);
  }

  /// Prepares a step that a worker reports without naming an action.
  public PreparedStep reported(LiveRun run, StepRecord step, JsonObject input) {
    return itself(run, step, input);
  }

  /// What policy is asked about a prepared step.
  public static PolicyQuestion question(LiveRun run, StepRecord step, PreparedStep prepared) {
    Course course = RunState.course(run.state());
    DefinitionRef workflow = course.plan().definition();
    Execution execution = course.plan().execution();
    boolean acts = !prepared.binding().type().equals(typeOf(step.step().type()));
    return new PolicyQuestion(
        run.header().tenant(),
        run.header().actor(),
        workflow,
        execution,
        step.step().id(),
        step.step().type(),
        step.attempt(),
        prepared.binding().type(),
        prepared.action().target(),
        acts ? prepared.action().parameters() : JsonObject.EMPTY,
        prepared.binding().hash(),
        run.header().input().json(),
        run.header().inputHash(),
        run.header().salt());
  }

  /// The outputs of the steps before the cursor, by step id, and the input: what references see.
  static JsonObject scope(LiveRun run) {
    var steps = JsonObject.builder();
    for (DefinedStep step : run.header().definition().steps()) {
      run.notes(step.id())
          .output()
          .ifPresent(o ->
              steps.put(step.id().value(), JsonObject.builder().put("output", o.json()).build()));
    }
    return JsonObject.builder()
        .put("input", run.header().input().json())
        .put("steps", steps.build())
        .build();
  }

  private PreparedStep action(LiveRun run, int index) {
    return run.prepared(index, () -> actionAfresh(run, index));
  }

  private PreparedStep actionAfresh(LiveRun run, int index) {
    var act = (DefinedStep.Act) run.header().definition().steps().get(index);
    JsonObject scope = scope(run);
    String type = typeOf(act, scope);
    Adapter adapter =
        catalog
            .adapter(type)
            .orElseThrow(() ->
                new MalformedInput(
                    inputPointer(new JsonString(act.actionType()), "/action/type"),
                    "no adapter carries out \"%s\"; known: %s"
                        .formatted(type, catalog.knownAdapters())));
    JsonObject parameters = parametersOf(act, scope);
    Payloads.requireBounded(parameters);
    Action action = normalised(adapter, act, parameters);
    Payloads.Body input =
        run.header()
            .payload(
                JsonObject.builder()
                    .put("action_type", type)
                    .put("parameters", action.parameters())
                    .put("target", action.target())
                    .build());
    var hash = digest(run, type, adapter.version(), action);
    return new PreparedStep(input, new ActionBinding(hash, type), action);
  }

  private static Action normalised(Adapter adapter, DefinedStep.Act act, JsonObject parameters) {
    try {
      return adapter.normalise(parameters);
    } catch (MalformedInput fault) {
      String within = fault.pointer().replaceFirst("^/parameters", "");
      throw new MalformedInput(
          inputPointer(act.parameters(), "/action/parameters") + within, fault.problem());
    }
  }

  private static String typeOf(DefinedStep.Act act, JsonObject scope) {
    Optional<JsonValue> type = References.resolve(new JsonString(act.actionType()), scope);
    if (type.isPresent() && type.get() instanceof JsonString text) {
      return text.value();
    }
    throw new MalformedInput(
        inputPointer(new JsonString(act.actionType()), "/action/type"), "must be a string");
  }

  private static JsonObject parametersOf(DefinedStep.Act act, JsonObject scope) {
    JsonValue parameters = References.resolve(act.parameters(), scope).orElse(JsonObject.EMPTY);
    if (parameters instanceof JsonObject object) {
      return object;
    }
    throw new MalformedInput(
        inputPointer(act.parameters(), "/action/parameters"), "must be an object");
  }

  private static JsonObject resolved(JsonObject template, LiveRun run, String pointer) {
    return References.resolve(template, scope(run)).orElse(JsonObject.EMPTY)
            instanceof JsonObject object
        ? object
        : mustBeObject(pointer);
  }

  private static JsonObject mustBeObject(String pointer) {
    throw new MalformedInput(pointer, "must be an object");
  }

  /// Where the author's reference points, so that an error names the caller's own field.
  private static String inputPointer(JsonValue template, String otherwise) {
    return template instanceof JsonString text && text.value().startsWith("$/input")
        ? text.value().replace("?", "").replaceFirst("^\\$/input", "/input_payload")
        : otherwise;
  }

  private static JsonObject collected(LiveRun run, DefinedStep.Transform transform) {
    var hashes = JsonObject.builder();
    for (var id : transform.collect()) {
      run.notes(id).output().ifPresent(o -> hashes.put(id.value(), o.hash().hex()));
    }
    return hashes.build();
  }

  private PreparedStep itself(LiveRun run, StepRecord step, JsonObject input) {
    Payloads.Body body = run.header().payload(input);
    String type = typeOf(step.step().type());
    var action =
        new Action(
            step.step().id().value(),
            JsonObject.builder().put("input_hash", body.hash().hex()).build());
    var hash = digest(run, type, STEP_FORM, action);
    return new PreparedStep(body, new ActionBinding(hash, type), action);
  }

  private static Digest digest(LiveRun run, String type, String version, Action action) {
    return ActionDigest.of(type, version, action, run.header().actor(), run.header().salt());
  }

  private static String typeOf(StepType type) {
    return "step." + type.name().toLowerCase(Locale.ROOT);
  }
}
