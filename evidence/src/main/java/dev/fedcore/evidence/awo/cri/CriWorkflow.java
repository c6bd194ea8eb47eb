package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A workflow file: a name and ordered steps, each one [Operator] with its arguments.
///
/// @param name for people
/// @param steps in order; 1 to [#STEPS_MAX]
/// @param document the file as it was read, which is frozen into the run
public record CriWorkflow(String name, List<CriStep> steps, JsonObject document) {

  /// Steps of one workflow: step files are numbered with two digits, from 04.
  public static final int STEPS_MAX = 96;

  private static final int NAME_LENGTH_MAX = 200;
  private static final int DESCRIPTION_LENGTH_MAX = 4_000;
  private static final int PROMPT_LENGTH_MAX = 100_000;
  private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9_-]{1,70}");

  public CriWorkflow {
    steps = List.copyOf(steps);
  }

  /// One step.
  ///
  /// @param arguments what the operator is told; `args` of the file
  /// @param inputsFrom the step whose output it takes; "" for none
  /// @param models the back ends to ask
  record CriStep(
      String id,
      Operator operator,
      JsonObject arguments,
      String inputsFrom,
      String prompt,
      List<String> models) {}

  /// Reads a workflow file.
  ///
  /// @throws MalformedInput when it is none, with the place and the remedy
  public static CriWorkflow parse(byte[] bytes) {
    JsonObject document = JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    var fields = JsonFields.of(document, "");
    String name = fields.string("name", NAME_LENGTH_MAX);
    fields.optionalString("version");
    fields.optionalString("description").ifPresent(text -> shorter("/description", text));
    List<JsonValue> items = fields.array("steps");
    fields.end();
    if (items.isEmpty() || items.size() > STEPS_MAX) {
      throw new MalformedInput("/steps", "must have 1 to 96 steps, has " + items.size());
    }
    var steps = new ArrayList<CriStep>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = JsonPointers.child("/steps", i);
      if (!(items.get(i) instanceof JsonObject step)) {
        throw new MalformedInput(pointer, "must be an object, is " + items.get(i).kind());
      }
      CriStep read = step(JsonFields.of(step, pointer));
      if (!ids.add(read.id())) {
        throw new MalformedInput(pointer + "/id", "is there twice; give each step its own");
      }
      steps.add(read);
    }
    return new CriWorkflow(name, steps, document);
  }

  private static CriStep step(JsonFields fields) {
    String id = fields.string("id");
    if (!STEP_ID.matcher(id).matches()) {
      throw new MalformedInput(
          fields.pointer("id"), "must be 1 to 70 of A-Z a-z 0-9 _ -; is \"" + id + "\"");
    }
    var step =
        new CriStep(
            id,
            fields.oneOf("op", Operator.class),
            fields.optionalObject("args").orElse(JsonObject.EMPTY),
            fields.optionalString("inputs_from").orElse(""),
            fields.has("prompt") ? fields.string("prompt", PROMPT_LENGTH_MAX) : "",
            fields.strings("models"));
    fields.optionalObject("params");
    fields.end();
    return step;
  }

  private static void shorter(String pointer, String text) {
    if (text.length() > DESCRIPTION_LENGTH_MAX) {
      throw new MalformedInput(pointer, "has more than 4,000 characters; shorten it");
    }
  }
}
